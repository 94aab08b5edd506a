import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRunning, monthDays } from './days.ts';

test('a month has its own last day', () => {
  assert.deepEqual(monthDays('2026-11'), { from: '2026-11-01', to: '2026-11-30' });
  assert.deepEqual(monthDays('2028-02'), { from: '2028-02-01', to: '2028-02-29' });
  assert.deepEqual(monthDays('2026-12'), { from: '2026-12-01', to: '2026-12-31' });
});

test('the running month is the one that holds today', () => {
  assert.equal(isRunning('2026-11', '2026-11-20'), true);
  assert.equal(isRunning('2025-11', '2026-11-20'), false);
});
