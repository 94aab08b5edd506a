import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths, dayAfterKey, weeksOf } from './calendar.ts';

test('November 2026 begins on a Sunday and takes six weeks', () => {
  const weeks = weeksOf('2026-11');
  assert.equal(weeks.length, 6);
  assert.deepEqual(weeks[0], [null, null, null, null, null, null, '2026-11-01']);
  assert.deepEqual(weeks[5], ['2026-11-30', null, null, null, null, null, null]);
});

test('a February that begins on a Monday takes four weeks', () => {
  const weeks = weeksOf('2027-02');
  assert.equal(weeks.length, 4);
  assert.deepEqual([weeks[0]?.[0], weeks[3]?.[6]], ['2027-02-01', '2027-02-28']);
});

test('December ends with its year', () => assert.equal(weeksOf('2026-12').flat().filter(Boolean).at(-1), '2026-12-31'));

test('months are counted without leaping over a short one', () => {
  assert.equal(addMonths('2026-01-31', 1), '2026-02-28');
  assert.equal(addMonths('2026-01-15', -1), '2025-12-15');
  assert.equal(addMonths('2028-02-29', 12), '2029-02-28');
});

test('keys walk days, weeks and months', () => {
  // 2026-11-18 is a Wednesday.
  const led = ['ArrowLeft', 'ArrowDown', 'Home', 'End', 'PageUp', 'x'].map((key) => dayAfterKey('2026-11-18', key));
  assert.deepEqual(led, ['2026-11-17', '2026-11-25', '2026-11-16', '2026-11-22', '2026-10-18', null]);
});
