import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartTheme } from '../components/theme.ts';
import { type CohortChart, cohortOption } from './cohorts.ts';

const theme = { font: 'x', text: '#000', grid: '#ccc', surface: '#fff', accent: '#00f', series: ['#001', '#002', '#003', '#004', '#005', '#006', '#007'], animation: false } as unknown as ChartTheme;
const chart: CohortChart = {
  rows: [{ month: '2026-03-01', leads: 5 }],
  series: ['Пришли', 'из них квалифицированы', 'из них купили'].map((title) => ({ name: title, title })),
  isRipening: () => false,
  ripening: '',
  month: (month) => month,
  number: String,
};
const top = (width: number) => (cohortOption(chart, theme, { width, height: 240 }).grid as { top: number }).top;

test('columns begin below the legend, however many lines it takes', () => {
  assert.equal(top(1000), 34);
  assert.equal(top(330), 60);
});
