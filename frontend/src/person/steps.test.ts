import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sideOf } from './steps.ts';

test('a step is weak only where something is missing, and surely only beyond chance', () => {
  assert.equal(sideOf({ gap: 3, side: 'below' }), 'below');
  assert.equal(sideOf({ gap: 3, side: 'perhaps_below' }), 'perhaps');
  assert.equal(sideOf({ gap: 3, side: 'alike' }), 'within');
  assert.equal(sideOf({ gap: 0, side: 'alike' }), 'level');
  assert.equal(sideOf({ gap: -3, side: 'above' }), 'above');
  assert.equal(sideOf({ gap: -3, side: 'perhaps_above' }), 'level');
});
