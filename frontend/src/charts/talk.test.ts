import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisEnd, talkHeight } from './talk.ts';

const bar = (hours: number) => ({ name: 'Anna', hours, days: 5, total: 5 * hours, verdict: null });

test('the axis shows where the band begins, and its end where somebody gets near it', () => {
  assert.equal(axisEnd({ bars: [bar(1)], low: 2, high: 6 }), 4);
  assert.equal(axisEnd({ bars: [bar(6.5)], low: 2, high: 6 }), 7);
  assert.equal(axisEnd({ bars: [], low: 2, high: 3 }), 3);
});

test('a narrow chart has room for names of two lines', () => {
  assert.equal(talkHeight(2, 1000), 2 * 25 + 58);
  assert.equal(talkHeight(2, 390), 2 * 36 + 58);
});
