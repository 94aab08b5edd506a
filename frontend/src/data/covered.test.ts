import assert from 'node:assert/strict';
import { test } from 'node:test';
import { periodOf } from './covered.ts';

const DEALS = { source: 'crm', stream: 'deals', last_event_at: '2026-09-20T18:00:00' };
const CALLS = { source: 'pbx', stream: 'calls', last_event_at: '2026-11-20' };
const PEOPLE = { source: 'crm', stream: 'employees', last_event_at: null };
const TODAY = '2026-11-23';

test('a table that ends before the days chosen opens the month that it ends in', () => {
  assert.deepEqual(periodOf([DEALS, CALLS], DEALS, 'this_month', TODAY), { from: '2026-09-01', to: '2026-09-30' });
  assert.deepEqual(periodOf([DEALS], DEALS, { from: '2026-10-01', to: '2026-10-31' }, TODAY), { from: '2026-09-01', to: '2026-09-30' });
});

test('days that the table reaches stay as they are', () => {
  assert.equal(periodOf([DEALS, CALLS], CALLS, 'this_month', TODAY), 'this_month');
  assert.equal(periodOf([DEALS], DEALS, 'this_year', TODAY), 'this_year');
});

test('a table without events opens what the others cover, and nothing known changes nothing', () => {
  assert.deepEqual(periodOf([DEALS, PEOPLE], PEOPLE, 'this_month', TODAY), { from: '2026-09-01', to: '2026-09-30' });
  assert.equal(periodOf([PEOPLE], PEOPLE, 'this_month', TODAY), 'this_month');
});
