// A bridge from one total to another: columns that stand where the one before ended.

import type { EChartsOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { Step } from '../accounts/bridge.ts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { axisText, tooltipLook, tooltipRows } from './look.ts';

export type Waterfall = { steps: Step[]; title: (name: string) => string; money: (value: number | null, isShort: boolean, isSigned: boolean) => string };

const NARROW = 560;
/** Under this width the columns lie: six names and amounts do not fit side by side. */
const LYING = 480;

/** Totals in the accent, what adds in green, what takes away in red; a sign stands beside every change. */
export function waterfallOption({ steps, title, money }: Waterfall, theme: ChartTheme, size: ChartSize): EChartsOption {
  const isNarrow = size.width < NARROW;
  const isLying = size.width < LYING;
  const colour = (step: Step): string => (step.kind === 'total' ? theme.accent : step.value < 0 ? theme.bad : theme.good);
  const lowest = Math.min(0, ...steps.map((step) => step.from));
  const said = (step: Step, isShort: boolean): string => money(step.value, isShort, step.kind === 'change');
  const names: XAXisComponentOption & YAXisComponentOption = {
    type: 'category',
    inverse: isLying,
    data: steps.map((step) => title(step.name)),
    axisTick: { show: false },
    axisLine: { onZero: true, lineStyle: { color: theme.grid } },
    axisLabel: { ...axisText(theme), hideOverlap: false, interval: 0, width: isLying ? 96 : isNarrow ? 54 : 120, overflow: 'break', fontSize: isNarrow ? 11 : 12, lineHeight: 14 },
  };
  const amounts: XAXisComponentOption & YAXisComponentOption = {
    type: 'value',
    min: lowest < 0 ? undefined : 0,
    splitNumber: isLying ? 2 : 4,
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: { ...axisText(theme), formatter: (value: number) => money(value, true, false) },
  };
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
    grid: { left: 0, right: isLying ? 72 : 8, top: isLying ? 4 : 24, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    ...(isLying ? { xAxis: amounts, yAxis: names } : { xAxis: names, yAxis: amounts }),
    series: [
      { type: 'bar', stack: 'way', silent: true, itemStyle: { color: 'transparent' }, data: steps.map((step) => (step.from >= 0 ? step.from : 0)) },
      {
        id: 'steps',
        type: 'bar',
        stack: 'way',
        barMaxWidth: 72,
        cursor: 'pointer',
        label: { show: true, position: isLying ? 'right' : 'top', color: theme.text, fontFamily: theme.font, fontSize: isNarrow ? 11 : 12, formatter: (given) => { const step = steps[given.dataIndex]; return step ? said(step, true) : ''; } },
        data: steps.map((step) => ({ value: step.from >= 0 ? step.to - step.from : step.from, itemStyle: { color: colour(step), borderRadius: 2 } })),
      },
    ],
  };
}
