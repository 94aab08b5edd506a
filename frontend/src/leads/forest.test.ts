import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forest } from './forest.ts';

const row = (low: number, percent: number, high: number, sure: boolean) => ({ load: 'queue', specification: 'none', low, percent, high, is_beyond_chance: sure });

test('effects lie on one axis that always has nought on it', () => {
  const { rows, nought } = forest([row(20, 40, 60, true), row(-20, 0, 20, false)]);
  // from -20 to 60 over 96 of a hundred: 1.2 a percent
  assert.equal(Math.round(nought), 26);
  assert.deepEqual(
    rows.map(({ from, at, to }) => [from, at, to].map(Math.round)),
    [
      [50, 74, 98],
      [2, 26, 50],
    ],
  );
  assert.deepEqual(
    rows.map(({ isSure }) => isSure),
    [true, false],
  );
});

test('what is beyond all measure is cut off, and nothing has its place too', () => {
  assert.equal(forest([row(10, 500, 9000, true)]).rows[0]?.to, 98);
  assert.deepEqual(forest([]), { rows: [], nought: 2 });
});
