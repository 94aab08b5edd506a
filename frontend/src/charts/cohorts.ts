// Leads of each month: how many came, and how many of them were qualified and bought.

import type { BarSeriesOption, EChartsOption } from 'echarts';
import type { Row } from '../api/types.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { numberOf } from '../overview/figures.ts';
import { legendLines } from './activity.ts';
import { axisText, legendLook, tooltipLook, tooltipRows } from './look.ts';

/** Pixels of a line of the legend, and what stands between it and the columns. */
const LEGEND_LINE = 26;
const GAP = 8;

export type CohortChart = {
  rows: Row[];
  series: { name: string; title: string }[];
  /** Whether a month's leads are still in work, so that its columns will grow. */
  isRipening: (row: Row) => boolean;
  ripening: string;
  month: (month: string, isShort: boolean) => string;
  number: (value: number | null) => string;
};

/** Columns one before the other, the largest behind; a click carries `dataIndex` (the row). */
export function cohortOption(chart: CohortChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const months = chart.rows.map((row) => String(row['month']));
  const legendHeight = legendLines(chart.series.map((one) => one.title), size.width) * LEGEND_LINE;
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    legend: { ...legendLook(theme), width: size.width, selectedMode: false },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => tooltip(chart, given) },
    grid: { left: 0, right: 8, top: legendHeight + GAP, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: months,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), interval: size.width < 480 ? 2 : 0, formatter: (month: string) => chart.month(month, true) },
    },
    yAxis: { type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: theme.grid } }, axisLabel: { ...axisText(theme), formatter: (value: number) => chart.number(value) } },
    series: chart.series.map((one, at) => columns(chart, one, at, theme)),
  };
}

function columns(chart: CohortChart, one: CohortChart['series'][number], at: number, theme: ChartTheme): BarSeriesOption {
  const hatch = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: theme.surface };
  return {
    id: one.name,
    name: one.title,
    type: 'bar',
    barGap: '-100%',
    barMaxWidth: 44,
    z: 2 + at,
    cursor: 'pointer',
    itemStyle: { color: [theme.series[6], theme.series[0], theme.series[1]][at] ?? theme.accent },
    data: chart.rows.map((row) => {
      const value = numberOf(row, one.name);
      return chart.isRipening(row) ? { value, itemStyle: { decal: hatch } } : value;
    }),
  };
}

function tooltip(chart: CohortChart, given: unknown): string {
  const points = (Array.isArray(given) ? given : [given]) as { dataIndex: number }[];
  const row = chart.rows[points[0]?.dataIndex ?? -1];
  if (!row) return '';
  const title = chart.month(String(row['month']), false) + (chart.isRipening(row) ? ` (${chart.ripening})` : '');
  return tooltipRows(title, chart.series.map((one): [string, string] => [one.title, chart.number(numberOf(row, one.name))]));
}
