import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given, knownGiven, knownShown, openTeams, rowsOf, type Team, type Time, timesShown } from './staff.ts';

const team = (id: string, is_open: boolean) => ({ id, is_open }) as Team;
const time = (last: string) => ({ last }) as Time;

test('rows are those of the ids asked for, in their order', () => {
  assert.deepEqual(rowsOf([{ id: 'b' }, { id: 'a' }, { id: 'c' }], new Set(['a', 'b'])), [{ id: 'b' }, { id: 'a' }]);
});

test('an empty field says nothing', () => {
  assert.equal(given('  '), null);
  assert.equal(given(' Anna '), 'Anna');
});

test('by what sources will know somebody, is nothing where a field is empty', () => {
  const known = { email: 'anna@x.ru', phone: '', extension: '204', same_as: '' };
  assert.deepEqual(knownGiven(known), { email: 'anna@x.ru', phone: null, extension: '204', same_as: null });
  assert.deepEqual(knownShown({ email: 'anna@x.ru', phone: null, extension: '204', same_as: null }), known);
});

test('nobody is moved to a closed team, but who is in one stays in it', () => {
  const teams = [team('a', true), team('b', false), team('c', false)];
  assert.deepEqual(openTeams(teams, 'c').map((each) => each.id), ['a', 'c']);
});

test('what is over is not shown unless it is asked for', () => {
  const times = [time('2026-03-01'), time('2026-03-02'), time('2026-03-03')];
  assert.equal(timesShown(times, '2026-03-02', false).length, 2);
  assert.equal(timesShown(times, '2026-03-02', true).length, 3);
});
