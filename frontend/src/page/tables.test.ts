import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from '../api/types.ts';
import { keyOf } from '../state/records.ts';
import { answerOf } from './tables.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, title: { ru: name, en: name }, unit: 'count', kind, better: null, variant: null, since: null });

test('a table reads as an answer: its figures carry the keys of their rows', () => {
  const row = { employee_id: 'crm:1', employee: 'Анна', days: 3 };
  const answer = answerOf({ columns: [column('employee_id', 'dimension'), column('employee', 'dimension'), column('days', 'metric')], rows: [row], totals: { days: 3 } }, { today: '2026-03-02' });
  assert.deepEqual(answer.ask.by, ['employee']);
  assert.deepEqual(keyOf(answer.ask, row), { employee_id: 'crm:1' });
  assert.deepEqual(answer.totals, { days: 3 });
});
