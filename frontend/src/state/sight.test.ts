import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sightOf } from './sight.ts';

const seen = (role: string, reach: string, employee_id: string | null, people: string[], built_at: string | null = '2026-03-02T09:00:00') => sightOf({ user: { role, reach, employee_id }, data: { built_at }, filters: { employees: people.map((id) => ({ id })) } });

test('who is not tied to an employee is told so, once there is something to see', () => {
  assert.equal(seen('manager', 'own', null, []), 'untied');
  assert.equal(seen('team_lead', 'team', null, []), 'untied');
  assert.equal(seen('manager', 'own', null, [], null), 'whole');
});

test('a screen and whoever sees all rows need no employee', () => {
  assert.equal(seen('screen', 'own', null, []), 'whole');
  assert.equal(seen('marketing', 'all', null, ['crm:1']), 'whole');
});

test('a lead whom no team names sees nobody else and is told so', () => {
  assert.equal(seen('team_lead', 'team', 'crm:1', ['crm:1']), 'leads_none');
  assert.equal(seen('team_lead', 'team', 'crm:1', []), 'leads_none');
  assert.equal(seen('team_lead', 'team', 'crm:1', ['crm:1', 'crm:2']), 'whole');
  assert.equal(seen('manager', 'own', 'crm:1', ['crm:1']), 'whole');
});
