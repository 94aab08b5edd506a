import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Part, steps, unexplained } from './bridge.ts';

// the portfolio of the worked table: 1000 before, 50 sold beside, 60 by larger and 100 by more frequent purchases, 500 lost
const PARTS: Part[] = [
  { name: 'portfolio_start', value: 1000, kind: 'total' },
  { name: 'upsell', value: 50, kind: 'change' },
  { name: 'purchase_effect', value: 60, kind: 'change' },
  { name: 'frequency_effect', value: 100, kind: 'change' },
  { name: 'portfolio_lost', value: -500, kind: 'change' },
  { name: 'portfolio_end', value: 710, kind: 'total' },
];

test('each step stands where the one before ended', () => {
  assert.deepEqual(
    steps(PARTS).map(({ from, to }) => [from, to]),
    [
      [0, 1000],
      [1000, 1050],
      [1050, 1110],
      [1110, 1210],
      [710, 1210],
      [0, 710],
    ],
  );
});

test('the steps explain the whole change, or what they do not is told', () => {
  assert.equal(unexplained(PARTS), 0);
  assert.equal(unexplained(PARTS.filter((part) => part.name !== 'upsell')), 50);
  assert.equal(unexplained([]), 0);
});

test('a portfolio below nothing hangs under the ground', () => {
  assert.deepEqual(steps([{ name: 'a', value: -5, kind: 'total' }]).map(({ from, to }) => [from, to]), [[-5, 0]]);
});
