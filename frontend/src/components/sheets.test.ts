import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parts } from './sheets.ts';

const one = (column: number, width: number) => ({ columns: [column], width });

test('columns that fit one sheet stay together', () => {
  assert.deepEqual(parts([one(1, 100), one(2, 100)], 200), [[1, 2]]);
});

test('columns that do not fit go on below, in parts about equally wide', () => {
  const columns = [1, 2, 3, 4, 5, 6].map((column) => one(column, 100));
  assert.deepEqual(parts(columns, 500), [[1, 2, 3], [4, 5, 6]]);
});

test('what stands below one heading is not torn apart', () => {
  const bundles = [{ columns: [1, 2], width: 200 }, { columns: [3, 4], width: 200 }, { columns: [5, 6], width: 200 }];
  assert.deepEqual(parts(bundles, 500), [[1, 2, 3, 4], [5, 6]]);
});

test('a heading wider than the sheet stands alone', () => {
  assert.deepEqual(parts([one(1, 100), one(2, 900), one(3, 100)], 500), [[1], [2], [3]]);
});
