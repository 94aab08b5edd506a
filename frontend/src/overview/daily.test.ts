import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../api/types.ts';
import { columnOf, dailyMetrics, partsOf, verdictOf } from './daily.ts';

function answer(rows: Row[], totals: Row, missing: string[] = []): Answer {
  const ask = { metrics: [], by: ['employee'], where: {}, from: null, to: null, compare: null };
  const left_out = missing.map((metric) => ({ metric, reason: 'not loaded: fct_emails', rows: 0 }));
  return { ask, columns: [], rows, totals, data_version: '1', as_of: '2026-11-20T12:00:00', left_out };
}

test('each part of a metric has its column', () => {
  assert.deepEqual([columnOf('calls', 'plan'), columnOf('calls', 'fact'), columnOf('calls', 'share')], ['calls_plan', 'calls', 'calls_attainment']);
});

test('a metric without data stays where it is planned, and goes where it is not', () => {
  const given = answer([{ employee: 'Анна', emails_sent: null, emails_sent_plan: 12 }], {}, ['emails_sent', 'tasks_done']);
  assert.deepEqual(dailyMetrics(given), ['calls', 'talk_time', 'emails_sent', 'meetings', 'proposals']);
  assert.deepEqual(partsOf(given, 'emails_sent'), ['plan', 'fact', 'share']);
});

test('without plans the fact stands alone', () => {
  assert.deepEqual(partsOf(answer([{ calls: 3, calls_plan: null }], { calls: 3 }), 'calls'), ['fact']);
});

test('a plan of less than one a day is no yardstick, of hours it is one', () => {
  const column = (name: string, unit: string) => ({ name, title: { ru: name, en: name }, unit, kind: 'metric' as const, better: 'up' as const, variant: null, since: null });
  const row = { meetings_plan: 0.3, meetings_attainment: 0, calls_plan: 30, calls_attainment: 60, talk_time_plan: 0.5, talk_time_attainment: 120 };
  const given = { ...answer([row], { meetings_plan: 1.2, meetings_attainment: 83 }), columns: [column('meetings', 'count'), column('calls', 'count'), column('talk_time', 'hours')] };
  assert.deepEqual(['meetings', 'calls', 'talk_time', 'proposals'].map((metric) => verdictOf(given, metric, row)), [null, 'behind', 'ahead', null]);
  assert.equal(verdictOf(given, 'meetings'), 'near');
});
