import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit } from './fitted.ts';

test('a table that fits keeps its size, one that is wider is made smaller by just as much', () => {
  assert.equal(fit(800, 1000), 1);
  assert.equal(fit(1001, 1000), 1);
  assert.equal(fit(1250, 1000), 0.8);
});

test('nothing is made too small to be read', () => {
  assert.equal(fit(4000, 1000), 0.6);
  assert.equal(fit(0, 0), 1);
});
