// What was done over time: a bar for each day, week or month, a colour for each kind.

import type { EChartsOption } from 'echarts';
import type { Row } from '../api/types.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { numberOf } from '../overview/figures.ts';
import { legendLines } from './activity.ts';
import { axisText, legendLook, tooltipLook, tooltipRows } from './look.ts';

export type CourseChart = {
  rows: Row[];
  /** What each row's day, week or month is called, in their order: short on the axis, in full in the tooltip. */
  labels: { short: string; long: string }[];
  kinds: { name: string; title: string; colour: number }[];
  /** What the sum of the kinds is called; null where there is but one. */
  total: string | null;
  number: (value: number | null) => string;
};

const LEGEND_LINE = 26;
const PLOT = 220;

/** Height in pixels with the lines that the legend takes. */
export function courseHeight(titles: string[], width: number): number {
  return PLOT + (titles.length > 1 ? legendLines(titles, width) * LEGEND_LINE : 0);
}

/** Bars from the left; a click carries `seriesId` (the kind) and `dataIndex` (the row). */
export function courseOption(chart: CourseChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const hasLegend = chart.kinds.length > 1;
  const legendHeight = hasLegend ? legendLines(chart.kinds.map((kind) => kind.title), size.width) * LEGEND_LINE : 0;
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    legend: { ...legendLook(theme), width: size.width, show: hasLegend },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => told(chart, given) },
    grid: { left: 0, right: 8, top: legendHeight + 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'category', data: chart.labels.map((label) => label.short), axisTick: { show: false }, axisLine: { lineStyle: { color: theme.grid } }, axisLabel: axisText(theme) },
    yAxis: { type: 'value', minInterval: 1, splitNumber: 4, splitLine: { lineStyle: { color: theme.grid } }, axisLabel: { ...axisText(theme), formatter: (value: number) => chart.number(value) } },
    series: chart.kinds.map((kind) => ({
      id: kind.name,
      name: kind.title,
      type: 'bar' as const,
      stack: 'all',
      barMaxWidth: 28,
      cursor: 'pointer',
      itemStyle: { color: theme.series[kind.colour % theme.series.length] ?? theme.accent },
      emphasis: { focus: 'none' as const },
      data: chart.rows.map((row) => numberOf(row, kind.name) ?? 0),
    })),
  };
}

function told(chart: CourseChart, given: unknown): string {
  const points = (Array.isArray(given) ? given : [given]) as { dataIndex: number; seriesId: string }[];
  const at = points[0]?.dataIndex ?? -1;
  const row = chart.rows[at];
  if (!row) return '';
  const shown = chart.kinds.filter((kind) => points.some((point) => point.seriesId === kind.name));
  const lines = shown.map((kind): [string, string] => [kind.title, chart.number(numberOf(row, kind.name))]);
  const sum = shown.reduce((all, kind) => all + (numberOf(row, kind.name) ?? 0), 0);
  return tooltipRows(chart.labels[at]?.long ?? '', chart.total ? [...lines, [chart.total, chart.number(sum)]] : lines);
}
