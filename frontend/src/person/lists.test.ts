import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page, Records } from '../api/types.ts';
import { listedOf } from './lists.ts';

const records = (metric: string, columns: string[], rows: number): Records => ({ metric, columns: columns.map((name) => ({ name })), rows: Array.from({ length: rows }, () => ({ talk_seconds: 60 })), total: rows }) as unknown as Records;
const page = {
  facts: { from: '2026-03-01', to: '2026-03-13' },
  tables: { person: { columns: [], rows: [{ employee_id: 'crm:2' }], totals: {} } },
  lists: {
    stalled_deals: records('stalled_deals', ['title', 'created_at', 'amount'], 2),
    tasks_overdue: records('tasks_overdue', ['subject', 'due_at', 'created_at'], 1),
    leads_unanswered: records('leads_unanswered', ['created_at'], 0),
    proof: records('answered_calls', ['started_at', 'talk_seconds'], 3),
  },
} as unknown as Pick<Page, 'lists' | 'tables' | 'facts'>;

test('what is to be discussed leaves out empty lists and the proof', () => {
  assert.deepEqual(listedOf(page).map(({ name, measure }) => [name, measure]), [
    ['stalled_deals', 'amount'],
    ['tasks_overdue', 'due_at'],
  ]);
});

test('calls that nobody answered are measured by when they were made', () => {
  const silent = { ...records('outgoing_calls', ['started_at', 'talk_seconds'], 1), rows: [{ id: 'k', open: null, talk_seconds: 0 }] };
  assert.equal(listedOf({ ...page, lists: { proof: silent } }, ['proof'])[0]?.measure, 'started_at');
});

test('all of a list is asked for the person, in the days that the list is of', () => {
  const [stalled, overdue] = listedOf(page);
  assert.deepEqual(stalled?.question, { metric: 'stalled_deals', where: { employee: ['crm:2'] }, from: null, to: null });
  assert.deepEqual(overdue?.question, { metric: 'tasks_overdue', where: { employee: ['crm:2'] }, from: '2026-03-01', to: '2026-03-13' });
  assert.deepEqual(listedOf(page, ['proof', 'behind']).map(({ name, measure }) => [name, measure]), [['proof', 'talk_seconds']]);
});
