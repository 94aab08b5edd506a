// Revenue by month: columns, the plan as a line and last year's revenue as marks.

import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import type { Row } from '../api/types.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { numberOf } from '../overview/figures.ts';
import { axisText, legendLook, tooltipLook, tooltipRows } from './look.ts';

/** `running` is the month that is not over, written as the rows' `month`; null where there is none. */
export type RevenueChart = {
  rows: Row[];
  running: string | null;
  hasPlan: boolean;
  hasYear: boolean;
  titles: { fact: string; plan: string; year: string; running: string };
  money: (value: number | null, isShort: boolean) => string;
  month: (month: string, isShort: boolean) => string;
};

const NARROW = 480;

/** Columns of the rows in their order; a click carries `dataIndex` (the row). */
export function revenueOption(chart: RevenueChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  return {
    animation: theme.animation,
    animationDuration: 250,
    textStyle: { fontFamily: theme.font, color: theme.text },
    legend: { ...legendLook(theme), selectedMode: false, data: named(chart) },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => monthTooltip(chart, given) },
    grid: { left: 0, right: 14, top: 34, bottom: 6, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: chart.rows.map((row) => String(row['month'])),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), interval: isNarrow ? 2 : 'auto', lineHeight: 15, formatter: (month: string) => monthLabel(chart, month) },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), formatter: (value: number) => chart.money(value, true) },
    },
    series: series(chart, theme, size),
  };
}

const named = ({ titles, hasPlan, hasYear }: RevenueChart): string[] => [titles.fact, ...(hasYear ? [titles.year] : []), ...(hasPlan ? [titles.plan] : [])];

/** The year stands under the first month and under each January. */
function monthLabel(chart: RevenueChart, month: string): string {
  const isYearShown = month === chart.rows[0]?.['month'] || month.endsWith('-01');
  return chart.month(month, true) + (isYearShown ? `\n${month.slice(0, 4)}` : '');
}

function series(chart: RevenueChart, theme: ChartTheme, size: ChartSize): (BarSeriesOption | LineSeriesOption)[] {
  const drawn: (BarSeriesOption | LineSeriesOption)[] = [columns(chart, theme)];
  if (chart.hasYear) drawn.push(lastYear(chart, theme, size));
  if (chart.hasPlan) drawn.push(planLine(chart, theme));
  if (chart.rows.some((row) => row['month'] === chart.running)) drawn.push(runningWord(chart, theme));
  return drawn;
}

function columns(chart: RevenueChart, theme: ChartTheme): BarSeriesOption {
  const hatch = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: theme.surface };
  return {
    id: 'revenue',
    name: chart.titles.fact,
    type: 'bar',
    barMaxWidth: 44,
    cursor: 'pointer',
    itemStyle: { color: theme.accent, borderRadius: [3, 3, 0, 0] },
    data: chart.rows.map((row) => {
      const value = numberOf(row, 'revenue');
      return row['month'] === chart.running ? { value, itemStyle: { decal: hatch } } : value;
    }),
  };
}

function lastYear(chart: RevenueChart, theme: ChartTheme, size: ChartSize): LineSeriesOption {
  return {
    id: 'revenue_previous',
    name: chart.titles.year,
    type: 'line',
    symbol: 'rect',
    symbolSize: [size.width < NARROW ? 13 : 36, 4],
    lineStyle: { width: 0 },
    itemStyle: { color: theme.text, borderColor: theme.surface, borderWidth: 1 },
    data: chart.rows.map((row) => numberOf(row, 'revenue_previous')),
  };
}

/** The word over the running month, above whatever is highest there: no mark crosses it. */
function runningWord(chart: RevenueChart, theme: ChartTheme): LineSeriesOption {
  const drawn = ['revenue', ...(chart.hasYear ? ['revenue_previous'] : []), ...(chart.hasPlan ? ['revenue_plan'] : [])];
  const highest = (row: Row): number => Math.max(0, ...drawn.map((name) => numberOf(row, name) ?? 0));
  return {
    id: 'running',
    type: 'line',
    silent: true,
    symbol: 'circle',
    symbolSize: 4,
    lineStyle: { width: 0 },
    itemStyle: { opacity: 0 },
    label: { show: true, position: 'top', distance: 3, formatter: chart.titles.running, color: theme.muted, fontFamily: theme.font, fontSize: 11 },
    data: chart.rows.map((row) => (row['month'] === chart.running ? highest(row) : null)),
  };
}

function planLine(chart: RevenueChart, theme: ChartTheme): LineSeriesOption {
  return {
    id: 'revenue_plan',
    name: chart.titles.plan,
    type: 'line',
    step: 'middle',
    symbol: 'none',
    lineStyle: { width: 2, type: [5, 3], color: theme.warn },
    itemStyle: { color: theme.warn },
    data: chart.rows.map((row) => numberOf(row, 'revenue_plan')),
  };
}

function monthTooltip(chart: RevenueChart, given: unknown): string {
  const points = (Array.isArray(given) ? given : [given]) as { dataIndex: number }[];
  const row = chart.rows[points[0]?.dataIndex ?? -1];
  if (!row) return '';
  const month = String(row['month']);
  const lines: [string, string][] = [[chart.titles.fact, chart.money(numberOf(row, 'revenue'), false)]];
  if (chart.hasPlan) lines.push([chart.titles.plan, chart.money(numberOf(row, 'revenue_plan'), false)]);
  if (chart.hasYear) lines.push([chart.titles.year, chart.money(numberOf(row, 'revenue_previous'), false)]);
  const running = month === chart.running ? ` (${chart.titles.running})` : '';
  return tooltipRows(chart.month(month, false) + running, lines);
}
