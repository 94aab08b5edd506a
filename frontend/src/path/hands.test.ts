import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_CHOSEN, type View } from '../state/url.ts';
import { cellOf, handsAsked, handsQuery, idOf, lateShare, matrixOf, roleOf, wholeOf } from './hands.ts';
import type { Joint } from './shapes.ts';

const joint = (giver: string, taker: string, handed: number, late: number): Joint => ({
  ...{ giver, taker, giver_name: giver, taker_name: taker, handed, cases: handed, watched: handed, without_contact: late },
  ...{ median_seconds: 3600, emptied: null, of_task: 0, without_task: 0, now_cases: 0, now_amount: 0 },
});
const ROWS = [joint('a', 'x', 20, 5), joint('b', 'x', 10, 8), joint('b', 'y', 30, 3), joint('c', 'y', 2, 2)];

test('the hours and the sides stand in the address; nonsense is as if nothing were given', () => {
  const of = (view: View) => handsAsked({ view });
  assert.deepEqual(of({}), { by: 'people', within: 9 });
  assert.deepEqual(of({ hands: ['roles'], within: ['4.5'] }), { by: 'roles', within: 4.5 });
  for (const hours of ['0', '-1', 'soon', '1e9']) assert.equal(of({ within: [hours] }).within, 9);
  const query = new URLSearchParams(handsQuery({ ...NOTHING_CHOSEN, view: { hands: ['roles'], entity: ['deal'] } }, '2026-11-23'));
  assert.deepEqual([query.get('by'), query.get('within'), query.get('entity')], ['roles', '9', 'deal']);
});

test('those with the most hand-overs stand first', () => {
  const found = matrixOf(ROWS);
  assert.deepEqual([found.givers, found.takers, found.most], [['b', 'a', 'c'], ['y', 'x'], 30]);
  assert.equal(found.cells.get(cellOf('a', 'x'))?.cases, 20);
  assert.equal(found.cells.get(cellOf('a', 'y')), undefined);
  assert.deepEqual([idOf(''), idOf('ae')], ['-', 'ae']);
});

test('the whole is told, with the pair that stands out', () => {
  const { watched, late, share, worst } = wholeOf({ rows: ROWS, worst: { giver: 'b', taker: 'x' } });
  assert.deepEqual([watched, late, Math.round(share ?? 0)], [62, 18, 29]);
  assert.deepEqual([worst?.giver, worst?.taker, worst && lateShare(worst)], ['b', 'x', 80]);
  assert.deepEqual(wholeOf({ rows: [], worst: null }), { watched: 0, late: 0, share: null, worst: null });
});

test('a role is called by its title, one without any by its code', () => {
  const roles = [{ code: 'ae', title: { ru: 'Менеджер по продажам', en: 'AE' } }];
  assert.equal(roleOf('ae', roles)?.ru, 'Менеджер по продажам');
  assert.equal(roleOf('tutor', roles)?.ru, 'tutor');
  assert.equal(roleOf('', roles), null);
});
