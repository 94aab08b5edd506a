import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleOf } from './interval.ts';

test('the scale ends a tenth beyond the largest, at a hundred at most', () => {
  // cold: an interval of 1 to 5 against 1 to 3: the scale ends at 5.5
  const cold = scaleOf({ rate: 2.2, low: 1.1, high: 5, range_from: 1.1, range_to: 3.3 });
  const rounded = Object.fromEntries(Object.entries(cold ?? {}).map(([name, value]) => [name, Math.round(value)]));
  assert.deepEqual(rounded, { rate: 40, low: 20, high: 91, from: 20, to: 60 });
  assert.equal(scaleOf({ rate: 90, low: 80, high: 96, range_from: 85, range_to: 95 })?.rate, 90);
});

test('of what is unknown nothing is drawn', () => assert.equal(scaleOf({ rate: null, low: null, high: null, range_from: 1, range_to: 3 }), null));
