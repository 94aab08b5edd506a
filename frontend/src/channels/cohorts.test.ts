import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRipening } from './cohorts.ts';

test('a month is ripening while more than one lead in twenty may still become a sale', () => {
  assert.equal(isRipening({ month: '2026-10', leads: 100, leads_undecided: 6 }), true);
  assert.equal(isRipening({ month: '2026-11', leads: 100, leads_undecided: 5 }), false); // exactly 5 %
  assert.equal(isRipening({ month: '2026-09', leads: 100, leads_undecided: null }), false); // not known
});
