import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { cumulated, metricsOf, plannedOf } from './parts.ts';

const names = ['revenue', 'revenue_plan', 'revenue_forecast', 'revenue_forecast_low', 'calls', 'calls_plan', 'meetings_plan'];
const answer = {
  ask: { metrics: names },
  columns: names.map((name) => ({ name })),
  rows: [{ revenue: 5, revenue_plan: null, calls: 2, calls_plan: 4 }],
  totals: { revenue: 5, revenue_plan: null, calls: 2, calls_plan: null },
} as unknown as Answer;

test('what stands beside a metric is none of its own', () => assert.deepEqual(metricsOf(answer), ['revenue', 'calls']));

test('a metric is planned where one person has a plan of it', () => assert.deepEqual(plannedOf(answer), ['calls']));

test('sums run on until the last day that is known of', () => {
  const rows = [{ day: '1', revenue: 5 }, { day: '2', revenue: null }, { day: '3', revenue: 2 }, { day: '4', revenue: 9 }];
  assert.deepEqual(cumulated(rows, 'revenue', (row) => String(row['day']) <= '3'), [5, 5, 7, null]);
});
