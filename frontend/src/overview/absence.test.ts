import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, LeftOut, Row } from '../api/types.ts';
import { absenceOf, absencesOf, emptiness } from './absence.ts';

function answer(rows: Row[], totals: Row, missing: Record<string, string> = {}): Answer {
  const left_out: LeftOut[] = Object.entries(missing).map(([metric, reason]) => ({ metric, reason, rows: 0 }));
  const ask = { metrics: [], by: [], where: {}, from: null, to: null, compare: null };
  return { ask, columns: [], rows, totals, data_version: '1', as_of: '2026-11-20T12:00:00', left_out };
}

test('a table that was never loaded is told by the source that would give it', () => {
  const given = answer([], {}, { talk_time: 'not loaded: calls', demos: 'not loaded: demos', leads: 'not loaded: leads' });
  assert.deepEqual(['talk_time', 'demos', 'leads', 'revenue'].map((metric) => absenceOf(given, metric)), ['telephony', 'demos', 'leads', null]);
});

test('leads that came without their answers are not called missing themselves', () => {
  const given = answer([], { leads: 40 }, { leads_answered: 'never given: is_answered', leads_qualified: 'never given: reached_qualified' });
  assert.equal(absenceOf(given, 'leads_answered'), 'answers');
  assert.equal(absenceOf(given, 'leads_qualified'), 'qualified_stage');
});

test('a column without a word of its own is one that the source does not give', () => {
  assert.equal(absenceOf(answer([], {}, { tasks_done: 'never given: status' }), 'tasks_done'), 'not_given');
});

test('of whom a mail is, is another thing than of whom a call is', () => {
  const given = answer([], {}, { taken_calls: 'never given: direction', emails_sent: 'never given: direction', messages_sent: 'never given: direction' });
  assert.deepEqual(absencesOf(given, ['taken_calls', 'emails_sent', 'messages_sent']), ['direction', 'mail_direction', 'message_direction']);
});

test('what a sum lacks while it is known is not missing', () => {
  assert.equal(absenceOf(answer([], { activities: 12 }, { activities: 'not loaded: emails' }), 'activities'), null);
});

test('each thing is told once', () => {
  const given = answer([], {}, { calls: 'not loaded: calls', talk_time: 'not loaded: calls', emails_sent: 'not loaded: emails' });
  assert.deepEqual(absencesOf(given, ['calls', 'talk_time', 'emails_sent', 'meetings']), ['telephony', 'mail']);
});

test('no calls in the period is not the same as no telephony', () => {
  assert.equal(emptiness(answer([], { calls: 0 }), ['calls']), 'nothing');
  assert.equal(emptiness(answer([], { calls: null }, { calls: 'not loaded: calls' }), ['calls']), 'not_loaded');
});

test('one loaded metric is enough to show the block', () => {
  assert.equal(emptiness(answer([{ calls: 2 }], { calls: 2 }, { emails_sent: 'not loaded: emails' }), ['calls', 'emails_sent']), null);
});

test('rows of zeros are nothing', () => {
  assert.equal(emptiness(answer([{ calls: 0 }, { calls: 0 }], { calls: 0 }), ['calls']), 'nothing');
});
