import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../api/types.ts';
import { monthRows } from './months.ts';

function answer(rows: Row[]): Answer {
  const ask = { metrics: ['revenue'], by: ['month'], where: {}, from: null, to: null, compare: 'year' as const };
  return { ask, columns: [], rows, totals: {}, data_version: '1', as_of: '2026-11-20T12:00:00', left_out: [] };
}

const before = (rows: Row[]): unknown[] => monthRows(answer(rows), '2026-11').map((row) => row['revenue_previous']);

test('a year ago is unknown before the first sale that is known of, and a zero after it', () => {
  const rows = [0, 0, 300, 0].map((revenue_previous, at) => ({ month: `2026-0${at + 1}`, revenue: 1, revenue_previous }));
  assert.deepEqual(before(rows), [null, null, 300, 0]);
});

test('where nothing was sold a year ago nothing is compared', () => {
  assert.deepEqual(before([{ month: '2026-01', revenue: 5, revenue_previous: 0 }]), [null]);
});

test('sales without a day have no month and are not drawn', () => {
  assert.equal(monthRows(answer([{ month: null, revenue: 5, revenue_previous: 0 }]), '2026-11').length, 0);
});

test('a month to come is compared with nothing', () => {
  const rows = ['2026-10', '2026-11', '2026-12'].map((month, at) => ({ month, revenue: 0, revenue_previous: [300, 200, 0][at] ?? 0 }));
  assert.deepEqual(before(rows), [300, 200, null]);
});
