import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Filters, NOTHING_CHOSEN } from '../state/url.ts';
import { behindOf, casesOf, funnelAddress, moved, reachedOf, stepsAfter } from './asked.ts';

const TODAY = '2026-11-20';
const FILTERS: Filters = { ...NOTHING_CHOSEN, period: 'last_month', team: ['a', 'b'], view: { step: ['x', 'y,z'], sequence: ['any'], measure: ['money'] } };

test('the page is asked for its days, filters and steps; what only the page draws is not asked', () => {
  const query = new URL(funnelAddress(FILTERS, TODAY), 'http://h').searchParams;
  assert.deepEqual([query.get('from'), query.get('to')], ['2026-10-01', '2026-10-31']);
  assert.deepEqual([query.getAll('team'), query.getAll('step'), query.get('sequence')], [['a', 'b'], ['x', 'y,z'], 'any']);
  assert.equal(query.get('measure'), null);
});

test('cases behind a number are asked with the same cut', () => {
  const cases = casesOf(FILTERS, TODAY, { place: 1, behind: 'lost', reason: null });
  const query = new URLSearchParams(cases.query);
  assert.equal(cases.of, 'funnel');
  assert.deepEqual([query.get('place'), query.get('behind'), query.get('reason'), query.has('group')], ['1', 'lost', '', false]);
  assert.deepEqual([query.get('from'), query.getAll('step')], ['2026-10-01', ['x', 'y,z']]);
});

test('a month ends with the days that the page counts', () => {
  const days = (month: string, to: string) => {
    const query = new URLSearchParams(casesOf(FILTERS, TODAY, { place: 0, month: { month, to } }).query);
    return [query.get('from'), query.get('to')];
  };
  assert.deepEqual(days('2026-09', '2026-10-31'), ['2026-09-01', '2026-09-30']);
  assert.deepEqual(days('2026-11', '2026-11-20'), ['2026-11-01', '2026-11-20']);
});

test('a column says which cases it counts; shares and times count none', () => {
  const row = { place: 2, lost: 5 };
  assert.deepEqual(behindOf(row, 'lost_money'), { place: 2, behind: 'lost' });
  assert.deepEqual(behindOf(row, 'cases'), { place: 2, behind: 'reached' });
  assert.equal(behindOf(row, 'median_hours'), null);
  assert.equal(behindOf(null, 'cases'), null);
  assert.deepEqual(['cases', 'finished_money', 'step_3', 'overall_1', 'overall_low'].map((name) => reachedOf(name, 4)), [0, 4, 3, 1, null]);
});

test('a chosen step takes its place among the others unless they were moved', () => {
  const offered = ['a', 'b', 'c', 'd'];
  assert.deepEqual(stepsAfter(['a', 'd'], ['a', 'd', 'b'], offered), ['a', 'b', 'd']);
  assert.deepEqual(stepsAfter(['d', 'a'], ['d', 'a', 'b'], offered), ['d', 'a', 'b']);
});

test('a step is moved by one place and not beyond the ends', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 1, -1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 1, 1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b'], 0, -1), ['a', 'b']);
  assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b']);
});
