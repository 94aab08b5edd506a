// The stacked bars of activity: a bar for each person, a colour for each kind of action.

import type { BarSeriesOption, EChartsOption } from 'echarts';
import type { Row } from '../api/types.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { numberOf } from '../overview/figures.ts';
import { axisText, legendLook, tooltipLook, tooltipRows } from './look.ts';

/** `kinds` are drawn in their order; `colour` is the place in the theme's palette, the same whatever else is loaded. */
export type ActivityChart = {
  rows: Row[];
  /** What each row is called, in their order. */
  names: string[];
  kinds: { name: string; title: string; colour: number }[];
  total: string;
  number: (value: number | null) => string;
};

const ROW = 25;
const LEGEND_LINE = 26;
const LETTER = 7.6;
const MARK = 36;
const TALL_ROW = 36;
const AXIS = 38;
const NARROW = 560;

/** Height in pixels at which every name can be read; long names take two lines on a narrow chart. */
export function activityHeight(people: number, titles: string[], width: number): number {
  return people * (width < NARROW ? TALL_ROW : ROW) + AXIS + legendLines(titles, width) * LEGEND_LINE;
}

/** Lines that the legend takes; reckoned with wide letters, because what is too high is better than what overlaps. */
export function legendLines(titles: string[], width: number): number {
  let [lines, used] = [1, 0];
  for (const title of titles) {
    const needed = title.length * LETTER + MARK;
    if (used > 0 && used + needed > width) [lines, used] = [lines + 1, 0];
    used += needed;
  }
  return lines;
}

/**
 * Bars of the rows from the top. A click on a bar carries `seriesId` (the metric) and `dataIndex` (the row), one on a
 * name `dataIndex` alone.
 */
export function activityOption(chart: ActivityChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  const legendHeight = legendLines(chart.kinds.map((kind) => kind.title), size.width) * LEGEND_LINE;
  return {
    animation: theme.animation,
    animationDuration: 250,
    textStyle: { fontFamily: theme.font, color: theme.text },
    legend: { ...legendLook(theme), width: size.width },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => personTooltip(chart, given) },
    grid: { left: 0, right: 16, top: legendHeight + 4, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      splitNumber: isNarrow ? 3 : 6,
      minInterval: 1,
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), formatter: (value: number) => chart.number(value) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      triggerEvent: true,
      data: chart.names,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...axisText(theme), color: theme.text, width: isNarrow ? 116 : 200, overflow: 'break', interval: 0, lineHeight: 14 },
    },
    series: chart.kinds.map((kind) => bars(chart, kind, theme)),
  };
}

function bars(chart: ActivityChart, kind: ActivityChart['kinds'][number], theme: ChartTheme): BarSeriesOption {
  return {
    id: kind.name,
    name: kind.title,
    type: 'bar',
    stack: 'all',
    barWidth: 15,
    cursor: 'pointer',
    itemStyle: { color: theme.series[kind.colour % theme.series.length] ?? theme.accent, borderColor: theme.surface, borderWidth: 0.5 },
    emphasis: { focus: 'none' },
    data: chart.rows.map((row) => numberOf(row, kind.name) ?? 0),
  };
}

function personTooltip(chart: ActivityChart, given: unknown): string {
  const points = (Array.isArray(given) ? given : [given]) as { dataIndex: number; seriesId: string }[];
  const at = points[0]?.dataIndex ?? -1;
  const row = chart.rows[at];
  if (!row) return '';
  const shown = chart.kinds.filter((kind) => points.some((point) => point.seriesId === kind.name));
  const lines = shown.map((kind): [string, string] => [kind.title, chart.number(numberOf(row, kind.name))]);
  const total = shown.reduce((sum, kind) => sum + (numberOf(row, kind.name) ?? 0), 0);
  return tooltipRows(chart.names[at] ?? '', [...lines, [chart.total, chart.number(total)]]);
}
