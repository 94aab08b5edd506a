import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, LeftOut, Row } from '../api/types.ts';
import { emptiness, subjectOf } from './absence.ts';

function answer(rows: Row[], totals: Row, missing: string[] = []): Answer {
  const left_out: LeftOut[] = missing.map((metric) => ({ metric, reason: 'not loaded: fct_calls', rows: 0 }));
  const ask = { metrics: [], by: [], where: {}, from: null, to: null, compare: null };
  return { ask, columns: [], rows, totals, data_version: '1', as_of: '2026-11-20T12:00:00', left_out };
}

test('each metric names the source it comes from', () => {
  assert.equal(subjectOf('talk_time'), 'telephony');
  assert.equal(subjectOf('leads_unanswered'), 'leads');
  assert.equal(subjectOf('revenue'), 'deals');
});

test('no calls in the period is not the same as no telephony', () => {
  assert.equal(emptiness(answer([], { calls: 0 }), ['calls']), 'nothing');
  assert.equal(emptiness(answer([], { calls: null }, ['calls']), ['calls']), 'not_loaded');
});

test('one loaded metric is enough to show the block', () => {
  assert.equal(emptiness(answer([{ calls: 2 }], { calls: 2 }, ['emails_sent']), ['calls', 'emails_sent']), null);
});

test('rows of zeros are nothing', () => {
  assert.equal(emptiness(answer([{ calls: 0 }, { calls: 0 }], { calls: 0 }), ['calls']), 'nothing');
});
