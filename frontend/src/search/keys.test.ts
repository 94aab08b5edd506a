import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Key, moved, opensSearch } from './keys.ts';

const key = (name: string, more: Partial<Key> = {}): Key => ({ key: name, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('Ctrl+K opens the search on any layout, wherever one writes', () => {
  assert.equal(opensSearch(key('k', { ctrlKey: true }), true), true);
  assert.equal(opensSearch(key('л', { code: 'KeyK', ctrlKey: true }), true), true);
  assert.equal(opensSearch(key('K', { metaKey: true }), false), true);
  assert.equal(opensSearch(key('k', { ctrlKey: true, shiftKey: true }), false), false);
  assert.equal(opensSearch(key('k'), false), false);
});

test('a slash opens it where nothing is being written', () => {
  assert.equal(opensSearch(key('/'), false), true);
  assert.equal(opensSearch(key('/', { code: 'Backslash', shiftKey: true }), false), true);
  assert.equal(opensSearch(key('/'), true), false);
  assert.equal(opensSearch(key('/', { altKey: true }), false), false);
});

test('arrows go round what is found', () => {
  assert.deepEqual([moved('ArrowDown', -1, 3), moved('ArrowDown', 2, 3), moved('ArrowUp', 0, 3), moved('ArrowUp', -1, 3)], [0, 0, 2, 2]);
  assert.deepEqual([moved('ArrowDown', -1, 0), moved('Enter', 0, 3)], [null, null]);
});
