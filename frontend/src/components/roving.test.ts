import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextCell } from './roving.ts';

// Two rows of three cells; the middle of the first row has nothing to stop at.
const hasStop = (row: number, cell: number) => !(row === 0 && cell === 1);
const from = (row: number, cell: number, key: string) => nextCell({ row, cell }, key, hasStop, 2, 3);

test('arrows lead to the next cell', () => {
  assert.deepEqual(from(0, 0, 'ArrowDown'), { row: 1, cell: 0 });
  assert.deepEqual(from(1, 2, 'ArrowLeft'), { row: 1, cell: 1 });
});

test('a cell with nothing to stop at is passed over', () => assert.deepEqual(from(0, 0, 'ArrowRight'), { row: 0, cell: 2 }));

test('at the edge, and for other keys, nothing moves', () => {
  assert.equal(from(0, 0, 'ArrowUp'), null);
  assert.equal(from(1, 1, 'ArrowUp'), null);
  assert.equal(from(1, 2, 'ArrowRight'), null);
  assert.equal(from(0, 0, 'Enter'), null);
});
