import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutAt } from './edges.ts';

test('a table wider than its frame is cut at the right, then on both sides, then at the left', () => {
  assert.deepEqual([0, 100, 400].map((left) => cutAt(left, 600, 1000)), ['right', 'left right', 'left']);
});

test('a table that fits is not cut, nor by a rounded pixel', () => {
  assert.equal(cutAt(0, 600, 600), '');
  assert.equal(cutAt(0, 600, 601), '');
  assert.equal(cutAt(399, 600, 1000), 'left');
});

test('rows that lie above and below the frame are told the same way', () => {
  const down: [string, string] = ['top', 'bottom'];
  assert.deepEqual([0, 100, 400].map((top) => cutAt(top, 600, 1000, down)), ['bottom', 'top bottom', 'top']);
  assert.equal(cutAt(0, 600, 600, down), '');
});
