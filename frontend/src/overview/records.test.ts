import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Records, Row } from '../api/types.ts';
import { Format } from '../format.ts';
import { detailsOf, titleOf, waitText } from './records.ts';

function records(names: string[], row: Row): Records {
  const columns = names.map((name) => ({ name, title: { ru: name, en: name }, kind: 'text' as const }));
  const rows = [{ id: 'crm:1', open: null, ...row }];
  return { metric: 'deals_without_task', part: '', parts: [], entity: 'deal', columns, rows, total: 1, limit: 10, offset: 0, data_version: '1' };
}

const titled = (names: string[], row: Row): [string | null, string[]] => {
  const given = records(names, row);
  return [titleOf(given, row), detailsOf(given, row)];
};

test('a record is called by its title, and its client stands beside it', () => {
  const row = { title: 'Поставка', client: 'ООО «Ветер»', stage: 'Переговоры' };
  assert.deepEqual(titled(['title', 'client', 'stage'], row), ['Поставка', ['ООО «Ветер»', 'Переговоры']]);
});

test('without a title the client names the record, and is not said twice', () => {
  assert.deepEqual(titled(['title', 'client', 'stage'], { title: null, client: 'ООО «Ветер»', stage: null }), ['ООО «Ветер»', []]);
});

test('a record with nothing given has no title', () => {
  assert.deepEqual(titled(['title', 'channel'], { title: null, channel: 'Сайт' }), [null, ['Сайт']]);
});

test('what is not among the columns is not shown', () => {
  assert.deepEqual(titled(['title'], { title: 'Заявка', channel: 'Сайт' }), ['Заявка', []]);
});

test('a wait is told in hours and minutes, none at all as what it is', () => {
  const told = (seconds: number): string => waitText(new Format('ru'), seconds).replace(/\s/g, ' ');
  assert.deepEqual([0, 30, 600, 11_700, 36_000, 90_000].map(told), ['вне рабочего времени', '0 мин', '10 мин', '3 ч 15 мин', '10 ч', '25 ч']);
  assert.equal(waitText(new Format('en'), 0), 'outside working hours');
});
