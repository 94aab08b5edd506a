import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { Format } from '../format.ts';
import '../i18n/blocks.words.ts';
import { absentText, absentTexts, commonEnd, endedText, lackedFilter } from './absent.ts';

const ask = { metrics: [], by: [], where: {}, from: null, to: null, compare: null };
const answer: Answer = {
  ask,
  columns: [],
  rows: [],
  totals: { leads: 3, calls: null },
  data_version: '1',
  as_of: '2026-11-20',
  left_out: [
    { metric: 'ad_spend', reason: 'cannot be cut by: employee', rows: 0 },
    { metric: 'cpl', reason: 'cannot be cut by: employee', rows: 0 },
    { metric: 'calls', reason: 'not loaded: calls', rows: 0 },
  ],
};
const en = new Format('en');

test('a filter that does not reach a metric is named', () => {
  assert.equal(lackedFilter(answer, 'ad_spend'), 'employee');
  assert.equal(absentText(answer, 'ad_spend', en), 'not known by manager');
});

test('what never came is named, what is answered is not', () => {
  assert.equal(absentText(answer, 'calls', en), 'telephony is not connected');
  assert.equal(absentText(answer, 'leads', en), null);
  assert.deepEqual(absentTexts(answer, ['ad_spend', 'cpl', 'calls', 'leads'], en), ['not known by manager', 'telephony is not connected']);
});

test('where the data end is told, though what stands before is answered', () => {
  const left_out = ['calls', 'leads'].map((metric) => ({ metric, reason: 'data end: 2021-04-15', rows: 0 }));
  const ended = { ...answer, left_out };
  assert.equal(absentText(ended, 'calls', en), 'the data end on 15 Apr 2021');
  assert.equal(absentText(ended, 'leads', en), null);
  assert.equal(endedText(ended, 'leads', en), 'the data end on 15 Apr 2021');
  assert.equal(endedText(answer, 'leads', en), null);
});

test('an end of data that figures share is told once, different ends each by its own', () => {
  const ending = (days: string[]) => ({ ...answer, left_out: days.map((day, at) => ({ metric: ['calls', 'leads'][at] ?? '', reason: `data end: ${day}`, rows: 0 })) });
  assert.equal(commonEnd(ending(['2021-04-15', '2021-04-15']), ['calls', 'leads'], en), 'the data end on 15 Apr 2021');
  assert.equal(commonEnd(ending(['2021-04-15', '2021-04-16']), ['calls', 'leads'], en), null);
  assert.equal(commonEnd(ending(['2021-04-15', '2021-04-15']), ['calls', 'leads', 'deals'], en), null);
});
