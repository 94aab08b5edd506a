// People by how much of their portfolio they keep and how much it grows: a field of four parts.

import type { EChartsOption } from 'echarts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { axisText, tooltipLook, tooltipRows } from './look.ts';

export type Point = { id: string; name: string; kept: number; grown: number; isMarked: boolean; said: string };
export type Quadrant = { points: Point[]; kept: number; grown: number; titles: { kept: string; grown: string; verdict: string }; percent: (value: number) => string };

const SHOWN = 200;

/** Kept to the right, growth upwards; lines where the parts meet. A click carries `dataIndex` (the point). */
export function quadrantOption({ points, kept, grown, titles, percent }: Quadrant, theme: ChartTheme, size: ChartSize): EChartsOption {
  const axis = { type: 'value' as const, scale: true, splitNumber: 4, boundaryGap: ['6%', '10%'] as [string, string], splitLine: { lineStyle: { color: theme.grid } }, axisLabel: { ...axisText(theme), formatter: percent }, nameTextStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 } };
  const isNamed = points.length <= 14 && size.width >= 480;
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'item',
      formatter: (given) => {
        const point = points[(given as { dataIndex: number }).dataIndex];
        return point ? tooltipRows(point.name, [[titles.kept, percent(point.kept)], [titles.grown, percent(point.grown)], [titles.verdict, point.said]]) : '';
      },
    },
    grid: { left: 8, right: 24, top: 30, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { ...axis, name: titles.kept, nameLocation: 'middle', nameGap: 26 },
    yAxis: { ...axis, name: titles.grown, nameLocation: 'end', nameTextStyle: { ...axis.nameTextStyle, align: 'left' } },
    series: [
      {
        id: 'people',
        type: 'scatter',
        cursor: 'pointer',
        symbolSize: 13,
        data: points.slice(0, SHOWN).map((point) => ({
          value: [point.kept, point.grown],
          symbol: point.isMarked ? 'diamond' : 'circle',
          itemStyle: { color: point.isMarked ? theme.bad : theme.accent, borderColor: theme.surface, borderWidth: 1 },
        })),
        label: { show: isNamed, position: 'top', color: theme.text, fontFamily: theme.font, fontSize: 11, formatter: (given) => points[given.dataIndex]?.name ?? '' },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: theme.muted, type: 'dashed' },
          data: [{ xAxis: kept }, { yAxis: grown }],
        },
      },
    ],
  };
}
