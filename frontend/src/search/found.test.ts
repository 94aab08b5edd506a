import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundThing } from '../api/types.ts';
import { groupsOf, leadsTo } from './found.ts';

const LIST = { metric: 'deals_created', where: { account: ['crm:7'] }, from: '2026-02-02', to: '2026-02-02' };
const DEAL: FoundThing = {
  kind: 'deal',
  id: 'crm:1',
  title: 'Склад',
  client: null,
  employee_id: 'crm:2',
  employee: 'Анна',
  outcome: 'won',
  amount: 1000,
  created_day: '2026-02-02',
  open: 'https://crm.example/1',
  lists: [LIST],
};

test('kinds stand in one order, and what a kind holds in the order of the server', () => {
  const found = [{ ...DEAL, id: 'b' }, { ...DEAL, id: 'a' }, { ...DEAL, kind: 'employee' as const }];
  assert.deepEqual(
    groupsOf(found).map((group) => [group.kind, group.found.map((each) => each.id)]),
    [
      ['employee', ['crm:1']],
      ['deal', ['b', 'a']],
    ],
  );
});

test('a person leads to their page, a record to its list, one in no list to its own system or nowhere', () => {
  assert.deepEqual(leadsTo({ ...DEAL, kind: 'employee' }), { to: 'person', id: 'crm:1' });
  assert.deepEqual(leadsTo(DEAL), { to: 'records', question: LIST });
  assert.deepEqual(leadsTo({ ...DEAL, lists: [] }), { to: 'crm', url: 'https://crm.example/1' });
  assert.deepEqual(leadsTo({ ...DEAL, lists: [], open: null }), { to: 'nowhere' });
});

test('the records of a client are called by the client', () => {
  const led = leadsTo({ ...DEAL, kind: 'account', title: 'ООО «Ёлка»' });
  assert.equal(led.to === 'records' && led.question.title, 'ООО «Ёлка»');
});
