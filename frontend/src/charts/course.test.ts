import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartTheme } from '../components/theme.ts';
import { courseHeight, courseOption } from './course.ts';

const theme: ChartTheme = { dark: false, font: 'Arial', text: '#111', muted: '#555', grid: '#ddd', surface: '#fff', accent: '#00f', good: '#0a0', warn: '#a60', bad: '#a00', series: ['#1', '#2'], animation: false };
const chart = {
  rows: [{ day: '2026-03-02', calls: 3, emails_sent: null }, { day: '2026-03-03', calls: 1, emails_sent: 2 }],
  labels: [{ short: '2', long: '2 March' }, { short: '3', long: '3 March' }],
  kinds: [{ name: 'calls', title: 'Calls', colour: 0 }, { name: 'emails_sent', title: 'E-mails', colour: 3 }],
  total: 'total',
  number: (value: number | null) => String(value),
};

test('a bar for each row, a series for each kind; what is unknown draws nothing', () => {
  const series = courseOption(chart, theme, { width: 800, height: 260 }).series as { id: string; data: number[]; itemStyle: { color: string } }[];
  assert.deepEqual(series.map((one) => [one.id, one.data, one.itemStyle.color]), [['calls', [3, 1], '#1'], ['emails_sent', [0, 2], '#2']]);
});

test('the tooltip says every kind and their sum, in the words of the day', () => {
  const { formatter } = courseOption(chart, theme, { width: 800, height: 260 }).tooltip as { formatter: (given: unknown) => string };
  const said = formatter([{ dataIndex: 1, seriesId: 'calls' }, { dataIndex: 1, seriesId: 'emails_sent' }]);
  assert.match(said, /3 March.*Calls.*1.*E-mails.*2.*total.*3/s);
  assert.equal(formatter([]), '');
});

test('a legend takes its lines; of one kind there is none', () => {
  assert.equal(courseHeight(['Calls'], 800), 220);
  assert.equal(courseHeight(['Calls', 'E-mails'], 800), 246);
});
