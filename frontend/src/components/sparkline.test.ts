import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparkPath } from './sparkline.ts';

test('the largest value touches the top, zero the bottom', () => {
  // 100 wide, 3 of margin: points at 3, 50, 97; 30 high: 0 at 27, the largest at 3.
  assert.deepEqual(sparkPath([0, 10, 5], 100, 30), { line: 'M3 27L50 3L97 15', area: 'M3 27L3 27L50 3L97 15L97 27Z', end: { x: 97, y: 15 } });
});

test('an unknown value breaks the line and the end is the last known', () => {
  const drawn = sparkPath([10, null, 10, 10, null], 103, 30);
  assert.equal(drawn?.line, 'M3 3M51.5 3L75.75 3');
  assert.deepEqual(drawn?.end, { x: 75.75, y: 3 });
});

test('values below zero stay inside', () => {
  assert.equal(sparkPath([-10, 10], 100, 30)?.line, 'M3 27L97 3');
});

test('all zeros lie on the floor', () => assert.equal(sparkPath([0, 0], 100, 30)?.line, 'M3 27L97 27'));

test('fewer than two known values draw nothing', () => {
  assert.equal(sparkPath([5], 100, 30), null);
  assert.equal(sparkPath([null, 5, null], 100, 30), null);
});
