import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Column, Row, Table } from '../api/types.ts';
import { choicesOf, courseOf, metricsOf, planPart, rolesOf } from './roles.ts';

const column = (name: string): Column => ({ name, title: { ru: name, en: name }, unit: 'count', kind: 'metric', better: 'up', variant: null, since: null });
const answer = (metrics: string[], by: string[], rows: Row[], totals: Row = {}): Answer => ({
  ask: { metrics, by, where: {}, from: null, to: null, compare: null },
  columns: metrics.map(column),
  rows,
  totals,
  data_version: '1',
  as_of: '2026-03-02',
  left_out: [],
});
const table = (rows: Row[]): Table => ({ columns: [], rows, totals: {} });

const page = {
  blocks: {
    'role:sdr': answer(['calls', 'leads'], ['employee'], [{ employee_id: 'a', employee: 'Anna', calls: 5, leads: null }], { calls: 5, leads: null }),
    'course:sdr': answer(['calls'], ['employee', 'day'], [
      { employee_id: 'b', day: '2026-03-02', calls: 4 },
      { employee_id: 'a', day: '2026-03-03', calls: 5 },
      { employee_id: 'a', day: null, calls: 9 },
    ]),
    'role:': answer(['revenue'], ['employee'], []),
  },
  tables: {
    roles: table([{ role: 'sdr', title_ru: 'Поиск', title_en: 'Search', people: 2 }, { role: null, title_ru: null, title_en: null, people: 1 }]),
    standing: table([{ role: 'sdr', employee_id: 'a', side: 'ahead', mean: 5, level: 4, worked_days: 8 }, { role: null, employee_id: 'c', side: 'odd', worked_days: 1 }]),
  },
};

test('each role has its answers, its title and how its people stand', () => {
  const [sdr, none] = rolesOf(page);
  assert.deepEqual([sdr?.code, sdr?.title, sdr?.main, sdr?.plans], ['sdr', { ru: 'Поиск', en: 'Search' }, 'calls', null]);
  assert.deepEqual(sdr?.stands.get('a'), { side: 'ahead', mean: 5, level: 4, days: 8 });
  assert.deepEqual([none?.code, none?.title, none?.main], ['', null, null]);
  assert.equal(none?.stands.get('c')?.side, 'unknown');
});

test('the roles to choose from are told with their people', () => {
  assert.deepEqual(choicesOf(page).map((one) => [one.code, one.people]), [['sdr', 2], ['', 1]]);
});

test('a person did nothing on a day on which only others did something', () => {
  const [sdr] = rolesOf(page);
  assert.deepEqual(sdr && courseOf(sdr, 'a'), [{ label: '2026-03-02', value: 0 }, { label: '2026-03-03', value: 5 }]);
});

test('what was never loaded is told, not shown', () => {
  const facts = { ...page.blocks['role:sdr'], left_out: [{ metric: 'leads', reason: 'not loaded: leads', rows: 0 }] };
  const [sdr] = rolesOf({ ...page, blocks: { 'role:sdr': facts } });
  assert.deepEqual(sdr && metricsOf(sdr), { shown: ['calls'], missing: ['leads'], void: [] });
});

test('what nobody has is no column, unless it is planned', () => {
  const facts = answer(['calls', 'meetings', 'demos'], ['employee'], [{ employee_id: 'a', calls: 1, meetings: 0, demos: 0 }], { calls: 1, meetings: 0, demos: 0 });
  const [sdr] = rolesOf({ ...page, blocks: { 'role:sdr': facts, 'plans:sdr': answer(['demos_plan', 'demos_attainment'], ['employee'], []) } });
  assert.deepEqual(sdr && metricsOf(sdr), { shown: ['calls', 'demos'], missing: [], void: ['meetings'] });
});

test('a running period is judged by what is due by today', () => {
  const period = { from: '2026-03-01', to: '2026-03-31' };
  const running = { from: '2026-03-01', to: '2026-03-16' };
  assert.equal(planPart({ facts: running, counted: running, period, today: running.to }), 'pace');
  assert.equal(planPart({ facts: period, counted: period, period, today: '2026-04-01' }), 'attainment');
  assert.equal(planPart({ facts: null, counted: null, period, today: '2026-02-01' }), 'attainment');
});
