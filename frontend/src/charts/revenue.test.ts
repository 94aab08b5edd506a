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

test('columns, last year and the plan are drawn; the running month is hatched and named', () => {
  const series = revenueOption(CHART, THEME, SIZE).series as Drawn[];
  assert.deepEqual(series.map((one) => one.id), ['revenue', 'revenue_previous', 'revenue_plan', 'running']);
  assert.equal(series[0]?.data[0], 5_000_000);
  const running = series[0]?.data[1] as { value: number; itemStyle: { decal: object };  };
  assert.equal(running.value, 2_000_000);
  assert.ok(running.itemStyle.decal);
  assert.deepEqual(series[2]?.data, [4_000_000, null]);
});

test('the word of the running month stands above the highest mark there, and not in the legend', () => {
  const rows = [CHART.rows[0]!, { month: '2026-01', revenue: 2_000_000, revenue_plan: null, revenue_previous: 2_100_000 }];
  const option = revenueOption({ ...CHART, rows }, THEME, SIZE);
  const word = (option.series as (Drawn & { label: { formatter: string } })[]).find((one) => one.id === 'running');
  assert.deepEqual(word?.data, [null, 2_100_000]);
  assert.equal(word?.label.formatter, 'идёт');
  assert.deepEqual((option.legend as { data: string[] }).data, ['Факт', 'Год назад', 'План']);
  const over = revenueOption({ ...CHART, running: '2026-02' }, THEME, SIZE).series as Drawn[];
  assert.deepEqual(over.map((one) => one.id), ['revenue', 'revenue_previous', 'revenue_plan']);
});

test('without plans and without comparison only columns are drawn', () => {
  const series = revenueOption({ ...CHART, hasPlan: false, hasYear: false }, THEME, SIZE).series as Drawn[];
  assert.deepEqual(series.map((one) => one.id), ['revenue', 'running']);
});

test('the year stands under the first month and under each January', () => {
  const axis = revenueOption(CHART, THEME, SIZE).xAxis as { axisLabel: { formatter: (month: string) => string } };
  assert.equal(axis.axisLabel.formatter('2025-12'), 'м12\n2025');
  assert.equal(axis.axisLabel.formatter('2026-01'), 'м01\n2026');
  assert.equal(axis.axisLabel.formatter('2026-02'), 'м02');
});

test('the tooltip has unrounded money and a dash for what is unknown', () => {
  const tooltip = revenueOption(CHART, THEME, SIZE).tooltip as { formatter: (given: unknown) => string };
  const html = tooltip.formatter([{ dataIndex: 1 }]);
  assert.match(html, /2026-01 \(идёт\)/);
  assert.match(html, /Факт<\/td><td[^>]*>2000000</);
  assert.match(html, /План<\/td><td[^>]*>—</);
});
