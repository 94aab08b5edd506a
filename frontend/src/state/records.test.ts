import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ask } from '../api/types.ts';
import { keyOf, recordsOf } from './records.ts';

const asked = (by: string[], changes: Partial<Ask> = {}): Ask => ({ metrics: ['calls'], by, where: { team: ['t:1'] }, from: '2026-11-10', to: '2026-11-30', compare: null, ...changes });

test('the totals have no key, a row has its members by id', () => {
  assert.deepEqual(keyOf(asked([]), { calls: 5 }), {});
  assert.deepEqual(keyOf(asked(['employee', 'weekday']), { employee: 'Anna', employee_id: 'crm:17', weekday: 1, calls: 5 }), { employee_id: 'crm:17', weekday: 1 });
});

test('the records of the totals are those of the whole cut', () => {
  assert.deepEqual(recordsOf({ metric: 'calls', ask: asked(['employee']) }), { metric: 'calls', where: { team: ['t:1'] }, from: '2026-11-10', to: '2026-11-30' });
});

test('an order that is wanted goes with the question', () => {
  const wanted = recordsOf({ metric: 'calls', ask: asked([]), sort: 'created_at', order: 'asc' });
  assert.deepEqual([wanted.sort, wanted.order], ['created_at', 'asc']);
});

test('a row narrows the cut to its member, and "not given" stays "not given"', () => {
  const row = { employee: null, employee_id: null, hour: 9 };
  assert.deepEqual(recordsOf({ metric: 'calls', ask: asked(['employee', 'hour']) }, row).where, { team: ['t:1'], employee: [null], hour: ['9'] });
});

const PERIODS: [string, string, string, string][] = [
  ['day', '2026-11-12', '2026-11-12', '2026-11-12'],
  ['week', '2026-W47', '2026-11-16', '2026-11-22'],
  ['month', '2026-11', '2026-11-10', '2026-11-30'],
  ['quarter', '2026-Q4', '2026-11-10', '2026-11-30'],
  ['year', '2026', '2026-11-10', '2026-11-30'],
];
for (const [name, value, from, to] of PERIODS)
  test(`a row of ${name} ${value} narrows the period and never widens it`, () => {
    const records = recordsOf({ metric: 'calls', ask: asked([name]) }, { [name]: value });
    assert.deepEqual([records.from, records.to, records.where], [from, to, { team: ['t:1'] }]);
  });

test('a month of an answer over all time is that whole month', () => {
  const records = recordsOf({ metric: 'calls', ask: asked(['month'], { from: null, to: null }) }, { month: '2026-02' });
  assert.deepEqual([records.from, records.to], ['2026-02-01', '2026-02-28']);
});

test('the first ISO week may begin in the year before', () => {
  const records = recordsOf({ metric: 'calls', ask: asked(['week'], { from: null, to: null }) }, { week: '2026-W01' });
  assert.deepEqual([records.from, records.to], ['2025-12-29', '2026-01-04']);
});
