import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../api/types.ts';
import { heat, shadeOf } from './heat.ts';

function answer(rows: Row[]): Answer {
  const ask = { metrics: ['calls'], by: ['weekday', 'hour'], where: {}, from: null, to: null, compare: null };
  return { ask, columns: [], rows, totals: {}, data_version: '1', as_of: '2026-11-20T12:00:00', left_out: [] };
}

test('hours run from the first with calls to the last, holes included', () => {
  const week = heat(answer([{ weekday: 1, hour: 9, calls: 4 }, { weekday: 3, hour: 12, calls: 10 }, { weekday: 3, hour: 20, calls: 0 }]), 'calls');
  assert.deepEqual(week.hours, [9, 10, 11, 12]);
  assert.equal(week.days.length, 7);
  assert.equal(week.days[0]?.cells[0]?.count, 4);
  assert.equal(week.days[0]?.cells[1]?.row, null);
  assert.equal(week.days[2]?.cells[3]?.shade, 5);
});

test('a row without an hour is in no cell', () => {
  assert.deepEqual(heat(answer([{ weekday: null, hour: null, calls: 7 }]), 'calls').hours, []);
});

test('shades are fifths of the largest count', () => {
  assert.deepEqual([0, 1, 20, 21, 99, 100].map((count) => shadeOf(count, 100)), [0, 1, 1, 2, 5, 5]);
});

test('the legend has no two equal bounds where calls are few', () => {
  assert.deepEqual(heat(answer([{ weekday: 1, hour: 9, calls: 3 }]), 'calls').bounds, [1, 2, 3]);
  assert.deepEqual(heat(answer([{ weekday: 1, hour: 9, calls: 50 }]), 'calls').bounds, [10, 20, 30, 40, 50]);
});
