import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Row } from '../api/types.ts';
import { funnelSteps } from './funnel.ts';

function answer(totals: Row, missing: string[] = []): Answer {
  const ask = { metrics: [], by: [], where: {}, from: null, to: null, compare: null };
  const left_out = missing.map((metric) => ({ metric, reason: 'not loaded: fct_activities', rows: 0 }));
  return { ask, columns: [], rows: [totals], totals, data_version: '1', as_of: '2026-11-20T12:00:00', left_out };
}

test('shares are of the first and of the previous step', () => {
  const steps = funnelSteps(answer({ leads: 200, leads_answered: 160, leads_qualified: 40, leads_with_deal: 30, leads_won: 3 }));
  assert.deepEqual(steps.map((step) => step.ofFirst), [100, 80, 20, 15, 1.5]);
  assert.deepEqual(steps.map((step) => step.ofPrevious), [null, 80, 25, 75, 10]);
  assert.deepEqual(steps.map((step) => step.lost), [null, 40, 120, 10, 27]);
});

test('the largest loss is where most leads are lost, once', () => {
  const steps = funnelSteps(answer({ leads: 100, leads_answered: 70, leads_qualified: 40, leads_with_deal: 35, leads_won: 30 }));
  assert.deepEqual(steps.map((step) => step.isLargestLoss), [false, true, false, false, false]);
});

test('an unknown step is passed over: the next one is compared with the one before it', () => {
  const totals = { leads: 100, leads_answered: null, leads_qualified: 50, leads_with_deal: 50, leads_won: 10 };
  const steps = funnelSteps(answer(totals, ['leads_answered']));
  assert.deepEqual(steps.map((step) => step.ofPrevious), [null, null, 50, 100, 20]);
  assert.equal(steps[1]?.isLoaded, false);
  assert.equal(steps[2]?.isLargestLoss, true);
});

test('without leads nothing is lost and no share is known', () => {
  const steps = funnelSteps(answer({ leads: 0, leads_answered: 0, leads_qualified: 0, leads_with_deal: 0, leads_won: 0 }));
  assert.equal(steps.some((step) => step.isLargestLoss), false);
  assert.deepEqual(steps.map((step) => step.ofFirst), [null, null, null, null, null]);
});
