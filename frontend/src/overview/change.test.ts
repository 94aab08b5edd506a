import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../api/types.ts';
import { Format } from '../format.ts';
import { changeOf, changeText, fairlyOf, isRipening } from './change.ts';

const column = (name: string, unit: string) => ({ name, title: { ru: name, en: name }, unit, kind: 'metric', better: 'up' });
const UNITS = { calls: 'count', lead_conversion: 'percent', portfolio_growth: 'money', revenue_growth: 'percent', margin: 'money', lead_conversion_complete: '' };

function answerOf(totals: Row, compare: 'previous' | null = 'previous'): Answer {
  const columns = Object.entries(UNITS).map(([name, unit]) => column(name, unit));
  return { columns, rows: [], totals, left_out: [], ask: { metrics: [], by: [], where: {}, period: null, compare } } as unknown as Answer;
}
const plain = (text: string): string => text.replace(/\s/g, ' ');
const was = (metric: string, now: number | null, before: number | null) => changeOf(answerOf({ [metric]: now, [`${metric}_previous`]: before }), metric);

test('what is counted changes in percent, what is in percent in points', () => {
  assert.deepEqual(was('calls', 90, 120), { value: -25, kind: 'growth' });
  assert.deepEqual(was('lead_conversion', 15.5, 12), { value: 3.5, kind: 'points' });
  assert.deepEqual(was('lead_conversion', 4, 0), { value: 4, kind: 'points' });
});

test('a growth has no growth, and what is unknown or turned into a loss has none either', () => {
  assert.equal(was('portfolio_growth', -102, 100), null);
  assert.equal(was('revenue_growth', -12, 6), null);
  assert.equal(was('margin', -2, 100), null);
  assert.equal(was('calls', 90, null), null);
  assert.equal(was('calls', 90, 0), null);
  assert.equal(changeOf(answerOf({ calls: 90, calls_previous: 120 }, null), 'calls'), null);
});

test('a change is told by its size and an arrow', () => {
  const [ru, en] = [new Format('ru'), new Format('en')];
  assert.equal(plain(changeText({ value: -25, kind: 'growth' }, ru)), '▼ 25 %');
  assert.equal(plain(changeText({ value: 3.46, kind: 'points' }, ru)), '▲ 3,5 п. п.');
  assert.equal(plain(changeText({ value: -3.46, kind: 'points' }, en)), '▼ 3.5 pts');
});

test('working days explain how much was done, not how well', () => {
  const days = { facts: 14, counted: 14, compared: 16 };
  assert.equal(fairlyOf(answerOf({}), 'calls', { value: -12, kind: 'growth' }, days), null);
  assert.equal(fairlyOf(answerOf({}), 'lead_conversion', { value: -12, kind: 'points' }, days), 'up');
});

test('a cohort ripens until its window has passed, or while the period runs', () => {
  const OVER = { period: { from: '2026-10-01', to: '2026-10-31' }, today: '2026-11-22' };
  const RUNNING = { period: { from: '2026-11-01', to: '2026-11-30' }, today: '2026-11-22' };
  const ripens = (isComplete: boolean | null, page: typeof OVER) => isRipening(answerOf({ lead_conversion_complete: isComplete }), 'lead_conversion', page);
  assert.deepEqual([ripens(false, OVER), ripens(null, OVER), ripens(true, OVER)], [true, false, false]);
  assert.deepEqual([ripens(null, RUNNING), ripens(true, RUNNING)], [true, false]);
  assert.equal(isRipening(answerOf({}), 'calls', RUNNING), false);
});
