import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { Format } from '../format.ts';
import { type Entry, entriesOf, type Goal, goalFigures, goalMetrics, type OneToOne, standingOf } from './kept.ts';

const entry = (id: number, more: Partial<Entry>): Entry => ({ id, kind: 'agreement', day: '2026-03-02', words: '', is_visible: true, due_on: null, is_late: false, is_done: false, done_by: null, done_at: null, goal: null, by: 'Olga', at: '2026-03-02T12:00:00', may: [], ...more });
const goal = (more: Partial<Goal>): Goal => ({ metric: 'calls', title: { ru: 'Звонки', en: 'Calls' }, unit: 'count', better: 'up', target: 10, from: '2026-03-01', to: '2026-03-31', before_from: '2026-01-29', before_to: '2026-02-28', before: 4, now: 5, is_met: false, is_over: false, ...more });

test('agreements that are open stand first, by the day they are due', () => {
  const entries = [entry(5, { is_done: true, due_on: '2026-03-01' }), entry(4, {}), entry(3, { due_on: '2026-03-09' }), entry(2, { due_on: '2026-03-05' }), entry(1, { kind: 'note' })];
  const kept = { entries } as OneToOne;
  assert.deepEqual(entriesOf(kept, 'agreement').map((each) => each.id), [2, 3, 4, 5]);
  assert.deepEqual(entriesOf(kept, 'note').map((each) => each.id), [1]);
});

test('a goal of less is only reached when its days are over', () => {
  assert.equal(standingOf(goal({})), 'running');
  assert.equal(standingOf(goal({ is_met: true })), 'met');
  assert.equal(standingOf(goal({ is_met: true, better: 'down' })), 'holding');
  assert.equal(standingOf(goal({ is_met: true, better: 'down', is_over: true })), 'met');
  assert.equal(standingOf(goal({ is_over: true })), 'missed');
  assert.equal(standingOf(goal({ is_met: null, now: null })), 'running');
  assert.equal(standingOf(goal({ is_met: null, now: null, is_over: true })), 'unknown');
});

test('figures of a goal are said in its unit, unknown as a dash', () => {
  assert.deepEqual(goalFigures(goal({ unit: 'percent', target: 30.5, before: null, now: 20 }), new Format('en')), { target: '30.5%', before: '—', now: '20%' });
});

test('a goal is set by a metric that was asked for and has a better side', () => {
  const column = (name: string, better: 'up' | 'down' | null) => ({ name, title: { ru: name, en: name }, unit: 'count', kind: 'metric', better, variant: null, since: null });
  const answer = { ask: { metrics: ['calls', 'leads'] }, columns: [column('calls', 'up'), column('calls_previous', 'up'), column('leads', null)] } as unknown as Answer;
  assert.deepEqual(goalMetrics(answer).map((each) => each.name), ['calls']);
});
