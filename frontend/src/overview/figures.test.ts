import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { growth, hasColumn, largestFirst, leftOut, numberOf, share, textOf } from './figures.ts';

const ANSWER: Answer = {
  ask: { metrics: ['calls'], by: [], where: {}, from: null, to: null, compare: null },
  columns: [{ name: 'calls', title: { ru: 'Звонки', en: 'Calls' }, unit: 'count', kind: 'metric', better: 'up', variant: null, since: null }],
  rows: [],
  totals: { calls: 0 },
  data_version: '1',
  as_of: '2026-11-20T12:00:00',
  left_out: [
    { metric: 'emails_sent', reason: 'not loaded: fct_emails', rows: 0 },
    { metric: 'tasks_done', reason: 'never given: completed_at', rows: 10 },
    { metric: 'calls', reason: 'no time', rows: 3 },
  ],
};

test('a number is a number, and all else is unknown', () => {
  assert.equal(numberOf({ calls: 0 }, 'calls'), 0);
  assert.equal(numberOf({ calls: null }, 'calls'), null);
  assert.equal(numberOf({ calls: '7' }, 'calls'), null);
  assert.equal(numberOf(undefined, 'calls'), null);
});

test('an empty text is not given', () => {
  assert.equal(textOf({ employee: '' }, 'employee'), null);
  assert.equal(textOf({ employee: 'Анна' }, 'employee'), 'Анна');
});

test('a column is there only where the answer has it', () => {
  assert.equal(hasColumn(ANSWER, 'calls'), true);
  assert.equal(hasColumn(ANSWER, 'calls_plan'), false);
  assert.equal(hasColumn(null, 'calls'), false);
});

test('a metric is missing when its data never came, not when some rows have no date', () => {
  assert.equal(leftOut(ANSWER, 'emails_sent'), 'not loaded: fct_emails');
  assert.equal(leftOut(ANSWER, 'tasks_done'), 'never given: completed_at');
  assert.equal(leftOut(ANSWER, 'calls'), null);
  assert.equal(leftOut(null, 'calls'), null);
});

test('growth from nothing is unknown', () => {
  assert.equal(growth(150, 100), 50);
  assert.equal(growth(75, 100), -25);
  assert.equal(growth(5, 0), null);
  assert.equal(growth(null, 10), null);
});

test('a share of nothing is unknown', () => {
  assert.equal(share(1, 4), 25);
  assert.equal(share(0, 4), 0);
  assert.equal(share(0, 0), null);
});

test('largest come first, equal ones by name, unknown ones last', () => {
  const rows = [
    { employee: 'Вера', calls: null },
    { employee: 'Борис', calls: 3 },
    { employee: 'Анна', calls: 3 },
    { employee: 'Глеб', calls: 9 },
  ];
  const names = largestFirst(rows, 'calls').map((row) => row.employee);
  assert.deepEqual(names, ['Глеб', 'Анна', 'Борис', 'Вера']);
});
