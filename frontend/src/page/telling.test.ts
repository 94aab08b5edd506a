import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../api/types.ts';
import { Format } from '../format.ts';
import { learn } from '../i18n/dictionary.ts';
import { isTold, tellingOf, written } from './telling.ts';

learn({
  ru: { 'test.dear#one': '{count} лид у «{who}» по {price}', 'test.dear#few': '{count} лида', 'test.dear#many': '{count} лидов', 'test.dear#other': '{count} лида', 'test.dear.money': '{price}' },
  en: { 'test.dear#one': '{count} lead of {who} at {price}', 'test.dear#other': '{count} leads of {who} at {price}', 'test.dear.more': 'since {since}' },
});
const ru = new Format('ru', 'RUB');
const en = new Format('en', 'RUB');
const plain = (text: string | null | undefined) => text?.replace(/\s/g, ' ');
const found = (values: Finding['values']): Finding => ({ kind: 'dear', tone: 'bad', values, ask: null, open: null });
const UNITS = { price: 'money', since: 'day' };

test('values are written in their units, counts choose the form', () => {
  const told = tellingOf(found({ count: 1, who: 'Авито', price: 250 }), 'test.dear', UNITS, ru);
  assert.equal(plain(told?.text), '1 лид у «Авито» по 250 ₽');
  assert.equal(plain(told?.money), '250 ₽');
  assert.equal(told?.more, null);
});

test('what the dictionary lacks is not said', () => {
  assert.equal(tellingOf(found({}), 'test.nothing', UNITS, en), null);
  const told = tellingOf(found({ count: 2, who: 'A', price: null, since: '2026-11-20' }), 'test.dear', UNITS, en);
  assert.equal(told?.text, '2 leads of A at —');
  assert.equal(told?.more, 'since 20 November');
  assert.equal(told?.money, null);
});

test('a sentence in forms is there', () => assert.deepEqual([isTold(en, 'test.dear'), isTold(en, 'test.dea')], [true, false]));

test('an unknown day is a dash', () => assert.equal(written({ since: null }, UNITS, en)['since'], '—'));
