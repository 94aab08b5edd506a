import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_CHOSEN } from '../state/url.ts';
import { casesOf, fileOf, pathAddress, pathQuery } from './behind.ts';

const FILTERS = { ...NOTHING_CHOSEN, period: 'last_month' as const, team: ['north'], view: { pipeline: ['sales'], clock: ['working'], detail: ['60'] } };

test('the page is asked by what it counts, not by how it is drawn', () => {
  const query = new URLSearchParams(pathQuery(FILTERS, '2026-11-23'));
  assert.deepEqual([...query], [['from', '2026-10-01'], ['to', '2026-10-31'], ['compare', 'previous'], ['team', 'north'], ['pipeline', 'sales']]);
});

test('cases are asked as the page is, and by the part of it', () => {
  const cases = casesOf(FILTERS, '2026-11-23', { way: ['a', 'b&c', 'a'] });
  assert.equal(cases.of, 'path');
  const query = new URLSearchParams(cases.query);
  assert.deepEqual(query.getAll('way'), ['a', 'b&c', 'a']);
  assert.equal(query.get('pipeline'), 'sales');
  assert.equal(new URLSearchParams(casesOf(FILTERS, '2026-11-23', { as_meant: true }).query).get('as_meant'), 'true');
});

test('another process is asked by its source and its steps alone', () => {
  const filters = { ...FILTERS, view: { ...FILTERS.view, log: ['desk'], model: ['Open', 'Close, late'], may_stop: ['true'], window: ['14d'] } };
  const query = 'log=desk&model=Open&model=Close%2C+late&may_stop=true&window=14d';
  assert.equal(pathAddress(filters, '2026-11-23'), `/api/path/log?${query}`);
  assert.deepEqual(casesOf(filters, '2026-11-23', { stop: 'reached', place: 1 }), { of: 'path/log', query: `${query}&stop=reached&place=1` });
  assert.deepEqual(fileOf('ways', query), { address: '/api/path/log/table', query: `${query}&table=ways` });
  assert.equal(fileOf('ways', pathQuery(FILTERS, '2026-11-23')).address, '/api/path/table');
  assert.ok(pathAddress(FILTERS, '2026-11-23').startsWith('/api/path?'));
});
