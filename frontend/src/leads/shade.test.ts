import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shadeOf } from './shade.ts';

test('a share is shaded by the lines of the conclusion, where there are leads enough', () => {
  assert.deepEqual([shadeOf(90, 5), shadeOf(89.9, 5), shadeOf(70, 5), shadeOf(69.9, 5)], ['kept', 'nearly', 'nearly', 'broken']);
  assert.deepEqual([shadeOf(0, 4), shadeOf(null, 9), shadeOf(50, 0), shadeOf(50, null)], ['few', 'none', 'none', 'none']);
});
