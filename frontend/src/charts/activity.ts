// The stacked bars of activity: a bar for each person, a colour for each kind of action.

import type { EChartsOption } from 'echarts';
import type { Row } from '../api/types.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { numberOf, textOf } from '../overview/figures.ts';
import { axisText, tooltipLook, tooltipRows } from './look.ts';

/** `kinds` are drawn in their order; `colour` is the place in the theme's palette, kept while others are hidden. */
export type ActivityChart = {
  rows: Row[];
  kinds: { name: string; title: string; colour: number }[];
  nobody: string;
  total: string;
  number: (value: number | null) => string;
};

const ROW = 25;
const TALL_ROW = 36;
const AXIS = 30;
const NARROW = 560;

/** Height in pixels at which every name can be read; long names take two lines on a narrow chart. */
export function activityHeight(people: number, width: number): number {
  return people * (width < NARROW ? TALL_ROW : ROW) + AXIS;
}

/** Bars of the rows from the top; a click carries `seriesId` (the metric) and `dataIndex` (the row). */
export function activityOption(chart: ActivityChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  return {
    animation: theme.motion,
    animationDuration: 250,
    textStyle: { fontFamily: theme.font, color: theme.text },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => personTooltip(chart, given) },
    grid: { left: 0, right: 16, top: 4, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      splitNumber: isNarrow ? 3 : 6,
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { ...axisText(theme), formatter: (value: number) => chart.number(value) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      triggerEvent: true,
      data: chart.rows.map((row) => textOf(row, 'employee') ?? chart.nobody),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...axisText(theme), color: theme.text, width: isNarrow ? 116 : 200, overflow: 'break', interval: 0, lineHeight: 14 },
    },
    series: chart.kinds.map((kind) => bars(chart, kind, theme)),
  };
}

function bars(chart: ActivityChart, kind: ActivityChart['kinds'][number], theme: ChartTheme): NonNullable<EChartsOption['series']> & object {
  return {
    id: kind.name,
    name: kind.title,
    type: 'bar',
    stack: 'all',
    barWidth: 15,
    cursor: 'pointer',
    itemStyle: { color: theme.palette[kind.colour % theme.palette.length] ?? theme.accent, borderColor: theme.surface, borderWidth: 0.5 },
    emphasis: { focus: 'none' },
    data: chart.rows.map((row) => numberOf(row, kind.name) ?? 0),
  };
}

function personTooltip(chart: ActivityChart, given: unknown): string {
  const points = (Array.isArray(given) ? given : [given]) as { dataIndex: number }[];
  const row = chart.rows[points[0]?.dataIndex ?? -1];
  if (!row) return '';
  const lines = chart.kinds.map((kind): [string, string] => [kind.title, chart.number(numberOf(row, kind.name))]);
  const total = chart.kinds.reduce((sum, kind) => sum + (numberOf(row, kind.name) ?? 0), 0);
  return tooltipRows(textOf(row, 'employee') ?? chart.nobody, [...lines, [chart.total, chart.number(total)]]);
}
