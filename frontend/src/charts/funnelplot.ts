// A funnel plot: people by how much was tried and by their figure, between the limits of chance.

import type { EChartsOption } from 'echarts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { axisText, tooltipLook, tooltipRows } from './look.ts';

export type FunnelPoint = { name: string; among: number; level: number; tone: 'good' | 'bad' | 'pale'; isNamed: boolean; said: string };
export type FunnelLimit = { among: number; far_low: number; near_low: number; near_high: number; far_high: number };
export type FunnelPlot = {
  points: FunnelPoint[];
  limits: FunnelLimit[];
  centre: number;
  titles: { among: string; level: string; near: string; far: string; centre: string; side: string };
  level: (value: number) => string;
  count: (value: number) => string;
  /** No share is below 0 or above 100. */
  isShare: boolean;
};

/** Ends of an axis of percent on whole steps: no share is below 0 or above 100. */
export function endsOf(values: number[]): { min: number; max: number; interval: number } {
  const [least, most] = [Math.max(0, Math.min(100, ...values)), Math.min(100, Math.max(0, ...values))];
  const interval = most - least > 50 ? 20 : most - least > 25 ? 10 : 5;
  return { min: Math.floor(least / interval) * interval, max: Math.min(100, Math.ceil(most / interval) * interval), interval };
}

/** Pixels that a letter of a label of 11 pixels takes at most. */
const LETTER = 7;

/** How much was tried to the right, the figure upwards; a click carries `dataIndex` (the point) on the series "people". */
export function funnelPlotOption(plot: FunnelPlot, theme: ChartTheme, size: ChartSize): EChartsOption {
  const { points, limits, titles } = plot;
  const named = { color: theme.muted, fontFamily: theme.font, fontSize: 12 };
  const axis = { type: 'value' as const, scale: true, splitNumber: size.width < 480 ? 3 : 5, splitLine: { lineStyle: { color: theme.grid } }, nameTextStyle: named };
  const edge = (id: keyof FunnelLimit, name: string, dashed: boolean) => ({
    id,
    name,
    type: 'line' as const,
    silent: true,
    symbol: 'none',
    smooth: 0.2,
    lineStyle: { color: theme.muted, width: 1, type: dashed ? ('dashed' as const) : ('solid' as const) },
    data: limits.map((limit) => [limit.among, limit[id]]),
  });
  // what the middle is called stands beside the plot, a word below the other: on it, it would lie over somebody's point
  const words = titles.centre.split(' ');
  const room = 12 + LETTER * Math.max(...words.map((word) => word.length));
  const ends = plot.isShare ? endsOf([...points.map((point) => point.level), ...limits.flatMap((limit) => [limit.far_low, limit.far_high])]) : {};
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'item',
      formatter: (given) => {
        const point = points[(given as { dataIndex: number }).dataIndex];
        return point ? tooltipRows(point.name, [[titles.level, plot.level(point.level)], [titles.among, plot.count(point.among)], [titles.side, point.said]]) : '';
      },
    },
    grid: { left: 8, right: room, top: 30, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { ...axis, name: titles.among, nameLocation: 'middle', nameGap: 26, axisLabel: { ...axisText(theme), formatter: plot.count } },
    yAxis: { ...axis, ...ends, name: titles.level, nameLocation: 'end', nameTextStyle: { ...named, align: 'left' }, axisLabel: { ...axisText(theme), formatter: plot.level } },
    series: [
      edge('far_high', titles.far, false),
      edge('near_high', titles.near, true),
      edge('near_low', titles.near, true),
      edge('far_low', titles.far, false),
      {
        id: 'people',
        type: 'scatter',
        cursor: 'pointer',
        symbolSize: 10,
        data: points.map((point) => ({
          value: [point.among, point.level],
          label: { position: point.level < plot.centre ? ('bottom' as const) : ('top' as const) },
          symbol: point.tone === 'pale' ? 'circle' : 'diamond',
          symbolSize: point.tone === 'pale' ? 9 : 13,
          itemStyle: { color: point.tone === 'pale' ? theme.muted : point.tone === 'good' ? theme.good : theme.bad, opacity: point.tone === 'pale' ? 0.75 : 1, borderColor: theme.surface, borderWidth: 1 },
        })),
        label: { show: size.width >= 480, color: theme.text, textBorderColor: theme.surface, textBorderWidth: 3, fontFamily: theme.font, fontSize: 11, formatter: (given) => { const point = points[given.dataIndex]; return point?.isNamed ? point.name : ''; } },
        labelLayout: { hideOverlap: true },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: true, position: 'end', formatter: words.join('\n'), color: theme.muted, fontFamily: theme.font, fontSize: 11, lineHeight: 14 },
          lineStyle: { color: theme.accent, width: 1 },
          data: [{ yAxis: plot.centre }],
        },
      },
    ],
  };
}
