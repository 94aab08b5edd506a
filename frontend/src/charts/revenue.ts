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
const NARROW_STEP = 3;

/** Columns of the rows in their order; a click carries `dataIndex` (the row). */
export function revenueOption(chart: RevenueChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  const labels = monthLabels(chart, isNarrow ? NARROW_STEP : 1);
  return {
    animation: theme.animation,
    animationDuration: 250,
    textStyle: { fontFamily: theme.font, color: theme.text },
    legend: { ...legendLook(theme), selectedMode: false },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => monthTooltip(chart, given) },
    grid: { left: 0, right: 14, top: 34, bottom: 6, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: chart.rows.map((row) => String(row['month'])),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), interval: isNarrow ? (at: number) => labels.has(monthAt(chart, at)) : 'auto', lineHeight: 15, formatter: (month: string) => labels.get(month) ?? '' },
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

const monthAt = (chart: RevenueChart, at: number): string => String(chart.rows[at]?.['month']);

/**
 * What stands under the months: every `step`th and always the running one, which is called so here, where no mark can
 * cross the word. The year stands under the first and wherever it changes.
 */
function monthLabels(chart: RevenueChart, step: number): Map<string, string> {
  const months = chart.rows.map((_, at) => monthAt(chart, at));
  const anchor = Math.max(0, chart.running === null ? 0 : months.indexOf(chart.running));
  const shown = months.filter((_, at) => (at - anchor) % step === 0);
  const year = (month: string | undefined): string => (month ?? '').slice(0, 4);
  const lines = (month: string, at: number): string[] => [
    chart.month(month, true),
    ...(year(month) === year(shown[at - 1]) ? [] : [year(month)]),
    ...(month === chart.running ? [chart.titles.running] : []),
  ];
  return new Map(shown.map((month, at) => [month, lines(month, at).join('\n')]));
}

function series(chart: RevenueChart, theme: ChartTheme, size: ChartSize): (BarSeriesOption | LineSeriesOption)[] {
  const drawn: (BarSeriesOption | LineSeriesOption)[] = [columns(chart, theme)];
  if (chart.hasYear) drawn.push(lastYear(chart, theme, size));
  if (chart.hasPlan) drawn.push(planLine(chart, theme));
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
