import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { withPlans } from './whole.ts';

const answer = (values: Record<string, number | null>): Answer =>
  ({
    ask: { metrics: Object.keys(values), by: [], where: {}, from: '2026-03-01', to: '2026-03-31', compare: null },
    columns: Object.keys(values).map((name) => ({ name, kind: 'metric', unit: 'count', title: { ru: name, en: name } })),
    rows: [values],
    totals: values,
    left_out: [],
  }) as unknown as Answer;

test('facts are exported with the plans that there are, not with those that there are not', () => {
  const facts = answer({ calls: 7, deals_won: 1 });
  const whole = withPlans(facts, answer({ calls_plan: 10, calls_covered: 7, calls_attainment: 70, calls_pace: 90, deals_won_plan: null }));
  assert.deepEqual(whole.ask.metrics, ['calls', 'deals_won', 'calls_plan', 'calls_attainment', 'calls_pace']);
  assert.deepEqual(whole.totals, { calls: 7, deals_won: 1, calls_plan: 10, calls_attainment: 70, calls_pace: 90 });
  assert.deepEqual(whole.rows, [whole.totals]);
  assert.deepEqual(whole.columns.map((column) => column.name), whole.ask.metrics);
  assert.deepEqual(facts.ask.metrics, ['calls', 'deals_won']);
});
