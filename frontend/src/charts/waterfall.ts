// A bridge from one total to another: columns that stand where the one before ended.

import type { EChartsOption } from 'echarts';
import type { Step } from '../accounts/bridge.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { axisText, tooltipLook, tooltipRows } from './look.ts';

export type Waterfall = { steps: Step[]; title: (name: string) => string; money: (value: number | null, isShort: boolean, isSigned: boolean) => string };

const NARROW = 560;

/** Totals in the accent, what adds in green, what takes away in red; a sign stands beside every change. */
export function waterfallOption({ steps, title, money }: Waterfall, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  const colour = (step: Step): string => (step.kind === 'total' ? theme.accent : step.value < 0 ? theme.bad : theme.good);
  const lowest = Math.min(0, ...steps.map((step) => step.from));
  const said = (step: Step, isShort: boolean): string => money(step.value, isShort, step.kind === 'change');
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'item',
      formatter: (given) => {
        const step = steps[(given as { dataIndex: number }).dataIndex];
        return step ? tooltipRows(title(step.name), [['', said(step, false)]]) : '';
      },
    },
    grid: { left: 0, right: 8, top: 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: steps.map((step) => title(step.name)),
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: theme.grid } },
      axisLabel: { ...axisText(theme), hideOverlap: false, interval: 0, width: isNarrow ? 54 : 120, overflow: 'break', fontSize: isNarrow ? 10 : 12, lineHeight: 14 },
    },
    yAxis: { type: 'value', min: lowest < 0 ? undefined : 0, splitNumber: 4, splitLine: { lineStyle: { color: theme.grid } }, axisLabel: { ...axisText(theme), formatter: (value: number) => money(value, true, false) } },
    series: [
      { type: 'bar', stack: 'way', silent: true, itemStyle: { color: 'transparent' }, data: steps.map((step) => (step.from >= 0 ? step.from : 0)) },
      {
        id: 'steps',
        type: 'bar',
        stack: 'way',
        barMaxWidth: 72,
        cursor: 'pointer',
        label: { show: true, position: 'top', color: theme.text, fontFamily: theme.font, fontSize: isNarrow ? 10 : 12, formatter: (given) => { const step = steps[given.dataIndex]; return step ? said(step, true) : ''; } },
        data: steps.map((step) => ({ value: step.from >= 0 ? step.to - step.from : step.from, itemStyle: { color: colour(step), borderRadius: 2 } })),
      },
    ],
  };
}
