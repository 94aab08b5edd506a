import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from '../api/types.ts';
import { Format } from '../format.ts';
import { DICTIONARY } from '../i18n/dictionary.ts';
import '../i18n/board.words.ts';
import { choosing, listsOf, metricOf, movedBy, placeText, saidText } from './lists.ts';

const BOARDS = {
  columns: [],
  totals: {},
  rows: [
    { board: 'ae', title_ru: 'Продажи', title_en: 'AE', by: 'employee', metrics: 'deals_won,revenue' },
    { board: '', title_ru: null, title_en: null, by: 'employee', metrics: 'calls' },
    { board: '@teams', title_ru: null, title_en: null, by: 'team', metrics: 'revenue' },
  ],
};
const lists = listsOf({ tables: { boards: BOARDS } } as unknown as Page);
const ae = lists[0] ?? assert.fail();

test('lists are read with what they are shown by', () => {
  assert.deepEqual(
    lists.map(({ board, by, metrics }) => [board, by, metrics]),
    [
      ['ae', 'employee', ['deals_won', 'revenue']],
      ['', 'employee', ['calls']],
      ['@teams', 'team', ['revenue']],
    ],
  );
  assert.deepEqual(listsOf({ tables: {} }), []);
});

test('the address names a metric for a list; one that it has not is as if it were not named', () => {
  assert.equal(metricOf(ae, []), 'deals_won');
  assert.equal(metricOf(ae, ['ae:revenue']), 'revenue');
  assert.equal(metricOf(ae, ['ae:gone', 'teams:revenue']), 'deals_won');
});

test('the first metric is not named in the address, another is', () => {
  assert.deepEqual(choosing(ae, 'revenue', ['teams:calls']), ['teams:calls', 'ae:revenue']);
  assert.deepEqual(choosing(ae, 'deals_won', ['ae:revenue']), []);
});

test('a shared place has its sign, and moving up is above 0', () => {
  assert.equal(placeText({ place: 2, is_shared: true }), '2=');
  assert.equal(placeText({ place: 4, is_shared: false }), '4');
  assert.equal(movedBy({ place: 1, place_previous: 3 }), 2);
  assert.equal(movedBy({ place: 3, place_previous: 3 }), null);
  assert.equal(movedBy({ place: 3, place_previous: null }), null);
});

test('who is first is said in both languages', () => {
  const said = { kind: 'leader', tone: 'neutral' as const, values: { names: 'Анна Белова', more: 0, count: 1, value: 14, lead: 3 }, ask: null, open: null };
  assert.equal(saidText(said, 'count', 'Продажи', new Format('ru')), 'Продажи: впереди Анна Белова — 14, на 3 больше второго места');
  assert.equal(saidText(said, 'count', 'Deals won', new Format('en')), 'Deals won: Анна Белова leads with 14, 3 ahead of the second place');
  const shared = { ...said, kind: 'shared', values: { names: 'А, Б, В', more: 2, count: 5, value: 7 } };
  assert.match(saidText(shared, 'count', 'Звонки', new Format('ru')), /А, Б, В и ещё 2/);
  assert.ok(DICTIONARY.ru['board.said.alone']);
});
