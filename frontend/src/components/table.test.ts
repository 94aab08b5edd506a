import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from '../api/types.ts';
import { Format } from '../format.ts';
import { keyText, nextSort, sorted } from './table.ts';

const rows = [{ who: 'Яна', calls: 5 }, { who: 'анна', calls: null }, { who: 'Борис', calls: 10 }, { who: null, calls: 7 }];
const who = (column: string, descending: boolean) => sorted(rows, { column, descending }, 'ru-RU').map((row) => row.who);
const column = (name: string, kind: Column['kind']): Column => ({ name, kind, title: { ru: '', en: '' }, unit: 'count', better: null, variant: null, since: null });

test('names stand in the order of the alphabet, capitals or not, and the nameless last', () => {
  assert.deepEqual(who('who', false), ['анна', 'Борис', 'Яна', null]);
  assert.deepEqual(who('who', true), ['Яна', 'Борис', 'анна', null]);
});

test('unknown figures stand last both ways', () => {
  assert.deepEqual(who('calls', false), ['Яна', null, 'Борис', 'анна']);
  assert.deepEqual(who('calls', true), ['Борис', null, 'Яна', 'анна']);
});

test('without an order rows stay as they came', () => assert.equal(sorted(rows, null, 'ru-RU'), rows));

test('figures begin with the largest, names with the first letter, a second press turns', () => {
  assert.deepEqual(nextSort(null, column('calls', 'metric')), { column: 'calls', descending: true });
  assert.deepEqual(nextSort(null, column('who', 'dimension')), { column: 'who', descending: false });
  assert.deepEqual(nextSort({ column: 'calls', descending: true }, column('calls', 'metric')), { column: 'calls', descending: false });
});

test('keys are written for people, and a missing one is told from a text', () => {
  const ru = new Format('ru');
  assert.equal(keyText(ru, 'month', '2026-11'), 'ноябрь 2026');
  assert.equal(keyText(ru, 'week', '2026-W40'), '28 сент. – 4 окт. 2026');
  assert.equal(keyText(ru, 'hour', 9), '09:00');
  assert.equal(keyText(ru, 'weekday', 1), 'понедельник');
  assert.equal(keyText(ru, 'team', 'unknown'), 'unknown');
  assert.equal(keyText(ru, 'team', null), null);
});
