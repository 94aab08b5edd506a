import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsOf } from './funnelplot.ts';

test('an axis of percent ends on whole steps, within 0 and 100', () => {
  assert.deepEqual(endsOf([41, 79]), { min: 40, max: 80, interval: 10 });
  assert.deepEqual(endsOf([43, 52]), { min: 40, max: 55, interval: 5 });
  assert.deepEqual(endsOf([-3, 104]), { min: 0, max: 100, interval: 20 });
});
