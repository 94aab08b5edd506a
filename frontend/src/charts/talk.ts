// Hours of talk on a worked day, a bar for each person, over the band of what is expected.

import type { EChartsOption } from 'echarts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { axisText, tooltipLook, tooltipRows } from './look.ts';

export type TalkBar = { name: string; hours: number; days: number; total: number; verdict: 'below' | 'inside' | 'above' | null };
export type TalkChart = {
  bars: TalkBar[];
  low: number;
  high: number;
  band: string;
  words: { hours: string; days: string; total: string; verdict: (bar: TalkBar) => string };
  hoursText: (value: number | null) => string;
  daysText: (value: number | null) => string;
};

const ROW = 25;
const TALL_ROW = 36;
const TOP = 24;
const AXIS = 34;
const NARROW = 560;

/** Height in pixels at which every name can be read; long names take two lines on a narrow chart. */
export function talkHeight(people: number, width: number): number {
  return people * (width < NARROW ? TALL_ROW : ROW) + TOP + AXIS;
}

/** Where the axis ends: past the band's beginning always, past its end where somebody reaches it. */
export function axisEnd(chart: Pick<TalkChart, 'bars' | 'low' | 'high'>): number {
  const longest = Math.max(0, ...chart.bars.map((bar) => bar.hours));
  return Math.ceil(Math.max(longest * 1.05, Math.min(chart.high, chart.low * 2, Number.MAX_SAFE_INTEGER)));
}

/** Bars from the top; a click carries `dataIndex`. Leading people are drawn grey: the band is not for them. */
export function talkOption(chart: TalkChart, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  const colours = { below: theme.warn, inside: theme.accent, above: theme.series[5] ?? theme.accent };
  const end = axisEnd(chart);
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (given) => told(chart, given) },
    grid: { left: 0, right: 16, top: TOP, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      min: 0,
      max: end,
      splitNumber: isNarrow ? 3 : 6,
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), formatter: (value: number) => chart.hoursText(value) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      triggerEvent: true,
      data: chart.bars.map((bar) => bar.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...axisText(theme), color: theme.text, width: isNarrow ? 116 : 200, overflow: 'break', interval: 0, lineHeight: 14 },
    },
    series: [
      {
        id: 'talk_per_day',
        type: 'bar',
        barWidth: 15,
        cursor: 'pointer',
        data: chart.bars.map((bar) => ({ value: bar.hours, itemStyle: { color: bar.verdict ? colours[bar.verdict] : (theme.series[6] ?? theme.muted) } })),
        markArea: {
          silent: true,
          itemStyle: { color: theme.good, opacity: 0.13 },
          label: { color: theme.muted, fontFamily: theme.font, fontSize: 12, position: 'top' },
          data: [[{ xAxis: chart.low, name: chart.band }, { xAxis: Math.min(chart.high, end) }]],
        },
      },
    ],
  };
}

function told(chart: TalkChart, given: unknown): string {
  const [point] = (Array.isArray(given) ? given : [given]) as { dataIndex: number }[];
  const bar = chart.bars[point?.dataIndex ?? -1];
  if (!bar) return '';
  return tooltipRows(bar.name, [
    [chart.words.hours, chart.hoursText(bar.hours)],
    [chart.words.days, chart.daysText(bar.days)],
    [chart.words.total, chart.hoursText(bar.total)],
    ['', chart.words.verdict(bar)],
  ]);
}
