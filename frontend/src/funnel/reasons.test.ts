import assert from 'node:assert/strict';
import { test } from 'node:test';
import { losingSteps, reasonsOf } from './reasons.ts';

const ROWS = [
  { reason: 'dear', place: 2, lost: 1, lost_money: 90 },
  { reason: null, place: 1, lost: 5, lost_money: 20 },
  { reason: 'dear', place: 1, lost: 2, lost_money: 10 },
  { reason: 'late', place: 1, lost: 4, lost_money: 0 },
];

test('a reason adds up what it cost behind each step; one that cost nothing known is not drawn', () => {
  assert.deepEqual(reasonsOf(ROWS, 'lost_money'), [
    { reason: 'dear', all: 100, row: { reason: 'dear', step_2: 90, step_1: 10 } },
    { reason: null, all: 20, row: { reason: null, step_1: 20 } },
  ]);
  assert.deepEqual(reasonsOf(ROWS, 'lost').map((one) => [one.reason, one.all]), [[null, 5], ['late', 4], ['dear', 3]]);
});

test('at most eight are drawn', () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ reason: `r${at}`, place: 0, lost: at + 1, lost_money: 0 }));
  assert.deepEqual(reasonsOf(many, 'lost').map((one) => one.all), [12, 11, 10, 9, 8, 7, 6, 5]);
});

test('steps that lose stand in their order', () => {
  assert.deepEqual(losingSteps(ROWS), [1, 2]);
});
