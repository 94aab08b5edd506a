import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { learn } from '../i18n/dictionary.ts';
import en from '../i18n/path.en.json' with { type: 'json' };
import ru from '../i18n/path.ru.json' with { type: 'json' };
import { effectText, signOf, spanText } from './said.ts';
import type { Deviation } from './shapes.ts';

learn({ ru, en });
const format = new Format('en');

test('spans are told in the unit that suits them', () => {
  assert.deepEqual(
    [600, 7200, 30 * 3600, 20.76 * 86_400, 4.25 * 86_400, null].map((seconds) => spanText(seconds, format)),
    ['10 min', '2h', '30h', '21 days', '4.3 days', '—'].map((text) => text.replace(' ', '\u00a0')),
  );
  assert.equal(spanText(100 * 3600, format, 'working'), '100h');
});

const deviation: Deviation = {
  ...{ kind: 'outside', step: 'x', count: 9, cases: 9, share: 25 },
  days: { value: 20.8, low: 15.9, high: 24.5, differs: true },
  win_rate: { value: -4, low: -12, high: 3, differs: false },
};

test('what is beyond chance is told with its interval, what is not as such', () => {
  const text = effectText(deviation, format);
  assert.match(text, /20\.8/);
  assert.match(text, /15\.9.*24\.5/);
  assert.match(text, /chance/);
  assert.doesNotMatch(text, /12/);
});

test('of a negative difference the ends are told from the nearer one', () => {
  const less = effectText({ ...deviation, days: null, win_rate: { value: -10, low: -15, high: -5, differs: true } }, format);
  assert.match(less, /10.*5.*15/);
});

test('signs', () => {
  assert.equal(signOf(null), null);
  assert.equal(signOf({ value: 1, low: -1, high: 3, differs: false }), 'same');
  assert.equal(signOf({ value: -1, low: -3, high: -0.1, differs: true }), 'less');
});
