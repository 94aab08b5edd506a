// The way to the plan: what was sold by each day beside what the plan had by then.

import type { EChartsOption } from 'echarts';
import type { ChartSize, ChartTheme } from '../components/theme.ts';
import { axisText, legendLook, tooltipLook, tooltipRows } from './look.ts';

/** Three dashes of the plan's line: fewer do not look like a line in the legend. */
const DASH = [5, 3];
const LEGEND_LINE = 21;

export type PlanCourse = {
  labels: { short: string; long: string }[];
  fact: (number | null)[];
  plan: (number | null)[] | null;
  titles: { fact: string; plan: string };
  money: (value: number | null, isShort: boolean) => string;
};

/** Two running sums; the fact ends where the data do. */
export function planCourseOption({ labels, fact, plan, titles, money }: PlanCourse, theme: ChartTheme, _size: ChartSize): EChartsOption {
  return {
    animation: theme.animation,
    textStyle: { fontFamily: theme.font, color: theme.text },
    legend: { ...legendLook(theme), itemWidth: LEGEND_LINE, selectedMode: false },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'axis',
      formatter: (given) => {
        const at = ((Array.isArray(given) ? given : [given]) as { dataIndex: number }[])[0]?.dataIndex ?? -1;
        const lines: [string, string][] = [[titles.fact, money(fact[at] ?? null, false)]];
        if (plan) lines.push([titles.plan, money(plan[at] ?? null, false)]);
        return tooltipRows(labels[at]?.long ?? '', lines);
      },
    },
    grid: { left: 0, right: 12, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'category', boundaryGap: false, data: labels.map((label) => label.short), axisTick: { show: false }, axisLine: { lineStyle: { color: theme.grid } }, axisLabel: axisText(theme) },
    yAxis: { type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: theme.grid } }, axisLabel: { ...axisText(theme), formatter: (value: number) => money(value, true) } },
    series: [
      { id: 'revenue', name: titles.fact, type: 'line', symbol: 'none', lineStyle: { width: 3, color: theme.accent }, itemStyle: { color: theme.accent }, areaStyle: { color: theme.accent, opacity: 0.12 }, data: fact },
      ...(plan ? [{ id: 'revenue_plan', name: titles.plan, type: 'line' as const, symbol: 'none', lineStyle: { width: 2, type: DASH, color: theme.warn }, itemStyle: { color: theme.warn }, data: plan }] : []),
    ],
  };
}
