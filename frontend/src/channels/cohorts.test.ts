import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { isRipening, monthOf } from './cohorts.ts';

const open = { rows: [{ month: '2026-10', leads: 6 }, { month: '2026-11', leads: 5 }] } as unknown as Answer;

test('a month is ripening while more than one lead in twenty is open', () => {
  assert.equal(isRipening(open, { month: '2026-10', leads: 100 }), true);
  assert.equal(isRipening(open, { month: '2026-11', leads: 100 }), false); // exactly 5 %
  assert.equal(isRipening(open, { month: '2026-09', leads: 100 }), false); // none open
});

test('a total is of no month', () => assert.equal(monthOf(open, null), null));
