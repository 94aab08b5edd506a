import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartTheme } from '../components/theme.ts';
import { type ActivityChart, activityHeight, activityOption, legendLines } from './activity.ts';

const THEME: ChartTheme = {
  dark: false, font: 'Arial', text: '#111', muted: '#555', grid: '#ddd', surface: '#fff', accent: '#00f', good: '#0a0', warn: '#a60', bad: '#a00',
  series: ['#c1', '#c2', '#c3'], animation: false,
};
const CHART: ActivityChart = {
  rows: [
    { employee: 'Анна <b>', employee_id: '1', outgoing_calls: 10, meetings: 2 },
    { employee: null, employee_id: null, outgoing_calls: null, meetings: 1 },
  ],
  kinds: [{ name: 'outgoing_calls', title: 'Звонки', colour: 0 }, { name: 'meetings', title: 'Встречи', colour: 2 }],
  names: ['Анна <b>', 'Без менеджера'],
  total: 'всего',
  number: (value) => String(value ?? '—'),
};
const SIZE = { width: 900, height: 400 };

test('a series for each kind, in one stack, with the colour of its kind', () => {
  const series = activityOption(CHART, THEME, SIZE).series as { id: string; stack: string; data: number[]; itemStyle: { color: string } }[];
  assert.deepEqual(series.map((one) => one.id), ['outgoing_calls', 'meetings']);
  assert.deepEqual(series.map((one) => one.data), [[10, 0], [2, 1]]);
  assert.deepEqual(series.map((one) => one.itemStyle.color), ['#c1', '#c3']);
  assert.equal(new Set(series.map((one) => one.stack)).size, 1);
});

test('records without a manager have a bar of their own', () => {
  const axis = activityOption(CHART, THEME, SIZE).yAxis as { data: string[] };
  assert.deepEqual(axis.data, ['Анна <b>', 'Без менеджера']);
});

test('actions are counted in whole numbers on the axis too', () => {
  assert.equal((activityOption(CHART, THEME, SIZE).xAxis as { minInterval: number }).minInterval, 1);
});

test('the tooltip tells each kind and their sum, escaped', () => {
  const tooltip = activityOption(CHART, THEME, SIZE).tooltip as { formatter: (given: unknown) => string };
  const html = tooltip.formatter([{ dataIndex: 0, seriesId: 'outgoing_calls' }, { dataIndex: 0, seriesId: 'meetings' }]);
  assert.match(html, /Анна &lt;b&gt;/);
  assert.match(html, /всего<\/td><td[^>]*>12</);
  assert.equal(tooltip.formatter([{ dataIndex: 9, seriesId: 'meetings' }]), '');
});

test('a kind that the legend hides is not in the sum', () => {
  const tooltip = activityOption(CHART, THEME, SIZE).tooltip as { formatter: (given: unknown) => string };
  assert.match(tooltip.formatter([{ dataIndex: 0, seriesId: 'meetings' }]), /всего<\/td><td[^>]*>2</);
});

test('the legend takes more lines where the chart is narrow', () => {
  const titles = ['Исходящие звонки', 'Принятые звонки', 'Письма отправлены', 'Сообщения'];
  assert.equal(legendLines(titles, 900), 1);
  assert.equal(legendLines(titles, 340), 2);
  assert.equal(legendLines(titles, 100), 4);
});

test('height grows with people, and more where names take two lines', () => {
  assert.equal(activityHeight(24, [], 900) - activityHeight(23, [], 900), 25);
  assert.equal(activityHeight(24, [], 350) - activityHeight(23, [], 350), 36);
});
