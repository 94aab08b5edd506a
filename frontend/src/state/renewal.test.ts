import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewal, WAITS } from './renewal.ts';

test('what is shown stays while the server changes over, is told once, and is asked for again', () => {
  const course = [1, 2, 3, 4].map((failures) => renewal(503, true, failures));
  assert.deepEqual(course.map(({ said }) => said), ['nothing', 'beside', 'nothing', 'nothing']);
  assert.deepEqual(course.map(({ wait }) => wait), [...WAITS, null]);
});

test('where nothing is shown the trouble stands in its place, unless it passes at once', () => {
  assert.deepEqual([1, 2, 4].map((failures) => renewal(0, false, failures).said), ['nothing', 'instead', 'instead']);
  assert.deepEqual(renewal(500, false, 1), { said: 'instead', wait: null });
});

test('what the server refuses is shown no longer and not asked for again', () => {
  for (const status of [400, 403, 404, 422]) assert.deepEqual(renewal(status, true, 1), { said: 'instead', wait: null });
});

test('a fault of the server is told beside what is shown and not asked for again', () => {
  assert.deepEqual(renewal(500, true, 1), { said: 'beside', wait: null });
});

test('too many questions at once pass by themselves', () => {
  assert.deepEqual(renewal(429, true, 1), { said: 'nothing', wait: WAITS[0] });
});
