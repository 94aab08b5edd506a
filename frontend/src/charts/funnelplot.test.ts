import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsOf, funnelPlotOption } from './funnelplot.ts';
import type { ChartTheme } from '../components/theme.ts';

test('an axis of percent ends on whole steps, within 0 and 100', () => {
  assert.deepEqual(endsOf([41, 79]), { min: 40, max: 80, interval: 10 });
  assert.deepEqual(endsOf([43, 52]), { min: 40, max: 55, interval: 5 });
  assert.deepEqual(endsOf([-3, 104]), { min: 0, max: 100, interval: 20 });
});

test('who stands below the middle is named under their point: between the limits names would lie on other points', () => {
  const point = { among: 10, tone: 'bad' as const, isNamed: true, said: '' };
  const option = funnelPlotOption(
    {
      points: [{ ...point, name: 'Ahead', level: 70 }, { ...point, name: 'Behind', level: 50 }],
      limits: [],
      centre: 60,
      titles: { among: '', level: '', near: '', far: '', centre: '', side: '' },
      level: String,
      count: String,
      isShare: true,
    },
    {} as ChartTheme,
    { width: 900, height: 300 },
  );
  const people = (option.series as { id: string; data: { label: { position: string } }[] }[]).find((each) => each.id === 'people');
  assert.deepEqual(people?.data.map((each) => each.label.position), ['top', 'bottom']);
});

test('what the middle is called stands beside the plot, each word on a line of its own', () => {
  const titles = { among: '', level: '', near: '', far: '', centre: 'role: 60\u00a0%', side: '' };
  const option = funnelPlotOption({ points: [], limits: [], centre: 60, titles, level: String, count: String, isShare: true }, {} as ChartTheme, { width: 900, height: 300 });
  const people = (option.series as { id: string; markLine: { label: { position: string; formatter: string } } }[]).find((each) => each.id === 'people');
  assert.deepEqual([people?.markLine.label.position, people?.markLine.label.formatter], ['end', 'role:\n60\u00a0%']);
  assert.equal((option.grid as { right: number }).right, 47); // 12 and five letters of 7
});
