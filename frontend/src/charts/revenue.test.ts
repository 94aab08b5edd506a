import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartTheme } from '../components/theme.ts';
import { type RevenueChart, revenueOption } from './revenue.ts';

const THEME: ChartTheme = {
  dark: false, font: 'Arial', text: '#111', muted: '#555', grid: '#ddd', surface: '#fff', accent: '#00f', good: '#0a0', warn: '#a60', bad: '#a00',
  series: ['#c1'], animation: false,
};
const CHART: RevenueChart = {
  rows: [
    { month: '2025-12', revenue: 5_000_000, revenue_plan: 4_000_000, revenue_previous: null },
    { month: '2026-01', revenue: 2_000_000, revenue_plan: null, revenue_previous: 1_000_000 },
  ],
  running: '2026-01',
  hasPlan: true,
  hasYear: true,
  titles: { fact: 'Факт', plan: 'План', year: 'Год назад', running: 'идёт' },
  money: (value, isShort) => (value === null ? '—' : isShort ? `${value / 1e6} млн` : String(value)),
  month: (month, isShort) => (isShort ? `м${month.slice(5)}` : month),
};
const SIZE = { width: 900, height: 300 };
type Drawn = { id: string; data: unknown[] };

test('columns, last year and the plan are drawn; the running month is hatched', () => {
  const series = revenueOption(CHART, THEME, SIZE).series as Drawn[];
  assert.deepEqual(series.map((one) => one.id), ['revenue', 'revenue_previous', 'revenue_plan']);
  assert.equal(series[0]?.data[0], 5_000_000);
  const running = series[0]?.data[1] as { value: number; itemStyle: { decal: object };  };
  assert.equal(running.value, 2_000_000);
  assert.ok(running.itemStyle.decal);
  assert.deepEqual(series[2]?.data, [4_000_000, null]);
});

test('without plans and without comparison only columns are drawn', () => {
  const series = revenueOption({ ...CHART, hasPlan: false, hasYear: false }, THEME, SIZE).series as Drawn[];
  assert.deepEqual(series.map((one) => one.id), ['revenue']);
});

type Axis = { axisLabel: { formatter: (month: string) => string; interval: (at: number) => boolean } };

test('the year stands under the first month and where it changes, the running month is called so', () => {
  const months = ['2025-11', '2025-12', '2026-01', '2026-02'].map((month) => ({ month, revenue: 1 }));
  const axis = revenueOption({ ...CHART, rows: months, running: '2026-02' }, THEME, SIZE).xAxis as Axis;
  assert.deepEqual(months.map(({ month }) => axis.axisLabel.formatter(month)), ['м11\n2025', 'м12', 'м01\n2026', 'м02\nидёт']);
});

test('a narrow chart names every third month, the running one among them', () => {
  const months = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'].map((month) => ({ month, revenue: 1 }));
  const axis = revenueOption({ ...CHART, rows: months, running: '2026-02' }, THEME, { width: 340, height: 280 }).xAxis as Axis;
  assert.deepEqual(months.map((_, at) => axis.axisLabel.interval(at)), [false, true, false, false, true, false]);
  assert.deepEqual([1, 4].map((at) => axis.axisLabel.formatter(months[at]!.month)), ['м11\n2025', 'м02\n2026\nидёт']);
});

test('the tooltip has unrounded money and a dash for what is unknown', () => {
  const tooltip = revenueOption(CHART, THEME, SIZE).tooltip as { formatter: (given: unknown) => string };
  const html = tooltip.formatter([{ dataIndex: 1 }]);
  assert.match(html, /2026-01 \(идёт\)/);
  assert.match(html, /Факт<\/td><td[^>]*>2000000</);
  assert.match(html, /План<\/td><td[^>]*>—</);
});
