import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { changed, groupOf, kept, newRole, numbersOf, rolesOf, said, type Setting, valueOf, wordOf } from './value.ts';

const setting = (more: Partial<Setting> = {}): Setting => ({ name: 'ramp.months', section: 'times', kind: 'numbers', value: [25], usual: [], is_set: true, is_built: true, choices: [], ...more });

test('what is set back to what it was is no change, and neither is the default of what nobody has set', () => {
  const draft = changed({}, setting(), [50]);
  assert.deepEqual(draft, { 'ramp.months': [50] });
  assert.deepEqual(changed(draft, setting(), [25]), {});
  assert.deepEqual(changed({}, setting(), null), { 'ramp.months': null });
  assert.deepEqual(changed({}, setting({ is_set: false, value: [] }), null), {});
});

test('a setting on its way back to the default shows the default', () => {
  assert.deepEqual(valueOf(setting(), {}), [25]);
  assert.deepEqual(valueOf(setting(), { 'ramp.months': null }), []);
  assert.deepEqual(valueOf(setting({ value: null, usual: { use: 'closed' } }), {}), { use: 'closed' });
});

test('of a draft there stays what still differs from what others have set meanwhile', () => {
  assert.deepEqual(kept({ 'ramp.months': [50], gone: 1 }, [setting()]), { 'ramp.months': [50] });
  assert.deepEqual(kept({ 'ramp.months': [50] }, [setting({ value: [50] })]), {});
});

test('a role that is added has a code of its own and the metrics of another', () => {
  const known = [
    setting({ name: 'roles.ae.title.ru', value: 'Менеджер по продажам' }),
    setting({ name: 'roles.ae.metrics', value: ['revenue'] }),
    setting({ name: 'roles.ae.result', value: 'revenue' }),
    setting({ name: 'roles.key_hunter.title.ru', value: 'Охотник' }),
  ];
  assert.deepEqual(newRole({ ru: 'Охотник 2', en: 'Key hunter', like: 'ae' }, known), {
    'roles.key_hunter_2.title.ru': 'Охотник 2',
    'roles.key_hunter_2.title.en': 'Key hunter',
    'roles.key_hunter_2.metrics': ['revenue'],
    'roles.key_hunter_2.result': 'revenue',
  });
  assert.equal(Object.keys(newRole({ ru: 'А', en: '1!', like: 'ae' }, known))[0], 'roles.role.title.ru');
  assert.deepEqual(rolesOf(known, 'ru').map(({ code }) => code), ['ae', 'key_hunter']);
});

test('roles have the same words, and tell which role they are of', () => {
  assert.equal(wordOf('roles.sdr.title.ru'), 'role.title.ru');
  assert.equal(wordOf('variants.win_rate'), 'variant');
  assert.equal(wordOf('calendar.country'), 'calendar.country');
  assert.deepEqual(['roles.sdr.metrics', 'variants.win_rate', 'name'].map(groupOf), ['sdr', 'win_rate', '']);
});

test('numbers are written with commas or blanks between them', () => {
  assert.deepEqual(numbersOf('25, 50 75'), [25, 50, 75]);
  assert.deepEqual(numbersOf(' '), []);
  assert.equal(numbersOf('25, many'), null);
});

test('a value is said in a line', () => {
  const english = new Format('en');
  assert.equal(said(['amount', 'client'], english), 'amount, client');
  assert.equal(said({ use: 'closed', since: null }, english), 'closed');
  assert.equal(said(15, english), '15');
  assert.equal(said(null, english), '');
});
