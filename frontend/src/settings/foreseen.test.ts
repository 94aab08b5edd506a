import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf, effectsOf, isCounted } from './foreseen.ts';

test('each effect is said once, and a name changes no figure', () => {
  assert.deepEqual(effectsOf(['calendar.country', 'calendar.days_off', 'name', 'temperature.hot', 'temperature.hot_range']), ['calendar', 'temperature', 'range']);
  assert.deepEqual(effectsOf(['roles.sdr.title.ru', 'roles.sdr.metrics', 'regulations.stalled_days']), ['roles', 'stalled']);
});

test('what can be counted before it is saved is known by its name', () => {
  assert.deepEqual(['calendar.country', 'variants.win_rate', 'temperature.warm', 'ramp.months'].filter(isCounted), ['calendar.country', 'variants.win_rate']);
});

test('a difference is known where both sides are', () => {
  assert.equal(differenceOf({ before: 0.1, after: 0.3 }), 0.2);
  assert.equal(differenceOf({ before: null, after: 3 }), null);
});
