import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../api/types.ts';
import { Format } from '../format.ts';
import { learn } from '../i18n/dictionary.ts';
import { paramsOf, saidValue, titleIn, toldOf } from './words.ts';

const ru = new Format('ru', 'RUB');
const en = new Format('en', 'RUB');
const plain = (text: unknown): string => String(text).replace(/[\u00a0\u202f]/g, ' ');

learn({
  ru: { 'made.finding.late#one': '{count} звонок опоздал у роли {role}', 'made.finding.late#few': '{count} звонка опоздали у роли {role}', 'made.finding.late#many': '{count} звонков', 'made.finding.late#other': '{count} звонка' },
  en: { 'made.finding.late#one': '{count} call late in {role}', 'made.finding.late#other': '{count} calls late in {role}', 'made.finding.late.more': '{share} of all', 'made.finding.late.method': 'Reckoned' },
});

const late = (values: Finding['values']): Finding => ({ kind: 'late', tone: 'bad', values, ask: null, open: null });

test('a value is said in the unit that its name ends with', () => {
  assert.equal(plain(saidValue('lost_revenue', 1_200_000, en)), '₽1.2M');
  assert.equal(plain(saidValue('show_rate', 41.666, en)), '41.7%');
  assert.equal(plain(saidValue('talk_hours', 1.5, ru)), '1,5 ч');
  assert.equal(plain(saidValue('since', '2026-03-02T10:05:00', ru)), '2 мар. 2026, 10:05');
  assert.equal(saidValue('count', 3, ru), 3);
  assert.equal(saidValue('day_count', 1215.53, ru), 1216);
  assert.equal(saidValue('day_count', 15.53, ru), 15.53);
  assert.equal(saidValue('names', 'Анна, Борис', ru), 'Анна, Борис');
  assert.equal(saidValue('share', null, ru), null);
});

test('a number chooses the form, a code is said by its title', () => {
  const told = toldOf(late({ count: 2, role: 'sdr', share: 12.5 }), 'made.finding.late', ru, { role: (code) => code.toUpperCase() });
  assert.deepEqual(told, { text: '2 звонка опоздали у роли SDR', more: null, money: null, method: null });
});

test('a second sentence and a price come where there are any', () => {
  const told = toldOf(late({ count: 1, role: 'sdr', share: 12.5, money: 5_000_000 }), 'made.finding.late', en);
  assert.deepEqual({ ...told, money: plain(told?.money), more: plain(told?.more) }, { text: '1 call late in sdr', more: '12.5% of all', money: '≈ ₽5M', method: 'Reckoned' });
  assert.equal(plain(toldOf(late({ count: 1, amount: 5_000_000 }), 'made.finding.late', en)?.money), '₽5M');
});

test('a kind without words says nothing', () => assert.equal(toldOf(late({}), 'made.finding.unheard', en), null));

test('parameters keep what has no title', () => assert.deepEqual(paramsOf(late({ metric: 'calls', of: 4 }), en), { metric: 'calls', of: 4 }));

test('a metric is called as the columns of the page call it', () => {
  const column = { name: 'calls', title: { ru: 'Звонки', en: 'Calls' }, unit: 'count', kind: 'metric' as const, better: null, variant: null, since: null };
  const page = { blocks: {}, tables: { told: { columns: [column], rows: [], totals: {} } } };
  assert.equal(titleIn(page, 'calls', 'ru', () => undefined), 'Звонки');
  assert.equal(titleIn(page, 'average_deal', 'ru', () => ({ title: { ru: 'Средний чек', en: 'Average deal' } })), 'Средний чек');
  assert.equal(titleIn(page, 'unheard', 'ru', () => undefined), 'unheard');
});
