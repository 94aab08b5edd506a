import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../api/types.ts';
import { activeRows, kindAt, loadedKinds, missingKinds, namesOf, undirected } from './bars.ts';

function answer(rows: Row[], missing: string[] = []): Answer {
  const ask = { metrics: [], by: ['employee'], where: {}, from: null, to: null, compare: null };
  const left_out = missing.map((metric) => ({ metric, reason: 'not loaded: fct_messages', rows: 0 }));
  return { ask, columns: [], rows, totals: {}, data_version: '1', as_of: '2026-11-20T12:00:00', left_out };
}

test('what was never loaded is not drawn but named', () => {
  const given = answer([], ['messages_sent', 'demos']);
  assert.deepEqual(loadedKinds(given), ['outgoing_calls', 'taken_calls', 'emails_sent', 'meetings', 'proposals', 'tasks_done']);
  assert.deepEqual(missingKinds(given), ['messages_sent', 'demos']);
});

test('what has no direction is counted beside the bars, and nothing where all has one', () => {
  const given = { ...answer([]), totals: { calls: 7, undirected_calls: 1, undirected_emails: 0, undirected_messages: null } };
  assert.deepEqual(undirected(given), [{ name: 'undirected_calls', count: 1 }]);
  assert.deepEqual(undirected(answer([])), []);
});

test('people stand by the sum of their bar, and those who did nothing are left out', () => {
  const rows = activeRows(answer([
    { employee: 'Анна', employee_id: '1', outgoing_calls: 10, emails_sent: 5, activities: null },
    { employee: 'Борис', employee_id: '2', outgoing_calls: 0, emails_sent: 0, activities: 0 },
    { employee: null, employee_id: null, outgoing_calls: 40, emails_sent: 0, activities: null },
  ]));
  assert.deepEqual(rows.map((row) => [row.employee, row.activities]), [[null, 40], ['Анна', 15]]);
});

test('people of one name are told apart by team, and by id within a team', () => {
  const teams: Record<string, string> = { 1: 'Юг', 2: 'Юг', 3: 'Север', 4: 'Юг' };
  const told = (...people: [string | null, string | null][]): string[] =>
    namesOf(people.map(([employee, employee_id]) => ({ employee, employee_id })), 'Без менеджера', (id) => teams[id ?? ''] ?? null);
  assert.deepEqual(told(['Анна', '1'], ['Борис', '2'], ['Анна', '3'], [null, null]), ['Анна (Юг)', 'Борис', 'Анна (Север)', 'Без менеджера']);
  assert.deepEqual(told(['Анна', '1'], ['Анна', '4']), ['Анна (Юг) (1)', 'Анна (Юг) (4)']);
  assert.deepEqual(told(['Анна', '1'], ['Анна', '9']), ['Анна (Юг)', 'Анна']);
});

test('a place on the axis belongs to the part of the bar that reaches it', () => {
  const row = { outgoing_calls: 10, emails_sent: 0, meetings: 5, demos: null };
  const kinds = ['outgoing_calls', 'emails_sent', 'meetings', 'demos'];
  assert.deepEqual([0, 9.9, 10, 14, 40].map((value) => kindAt(row, kinds, value)), ['outgoing_calls', 'outgoing_calls', 'meetings', 'meetings', 'meetings']);
  assert.equal(kindAt(row, ['meetings'], 2), 'meetings');
  assert.equal(kindAt({ meetings: 0 }, kinds, 0), null);
});
