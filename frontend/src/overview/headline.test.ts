import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Overview } from '../api/types.ts';
import { Format } from '../format.ts';
import { headlineOf } from './headline.ts';

const ru = new Format('ru', 'RUB');
const en = new Format('en', 'RUB');

type Changes = Partial<Pick<Overview, 'period' | 'facts' | 'counted' | 'data_until' | 'working_days'>>;

function told(kind: string, tone: Finding['tone'], changes: Changes = {}, format = ru, more: Finding['values'] = {}) {
  const ask = { metrics: [], by: [], where: {}, from: null, to: null, compare: null };
  const period = changes.period ?? { from: '2026-11-01', to: '2026-11-30' };
  const headline: Finding = { kind, tone, values: { revenue: 9e6, plan: 1e7, pace: 93, attainment: 90, gap: 7e5, ...more }, ask: null, open: null };
  const given = { today: '2026-11-22', facts: { from: period.from, to: '2026-11-22' }, counted: { from: period.from, to: '2026-11-22' }, working_days: { facts: 14, counted: 14, compared: null }, data_until: '2026-11-21', ...changes };
  return headlineOf({ headline, period, tiles: { facts: { ask } }, ...given }, format);
}

const SUNDAY = { period: { from: '2026-11-22', to: '2026-11-22' }, working_days: { facts: 0, counted: 0, compared: 0 } };

test('data that end before the period are told of, with the month where they end', () => {
  const ended = told('nothing_sold', 'bad', { data_until: '2017-12-31' });
  assert.deepEqual(ended, { text: 'Данные заканчиваются 31 дек. 2017', tone: 'neutral', go: { from: '2017-12-01', to: '2017-12-31' } });
  assert.equal(told('no_deals', 'neutral', { data_until: '2026-10-31' }, en).text, 'The data end on 31 Oct');
});

test('deals that end before the period, while calls go on, were loaded: their last month is offered', () => {
  const ended = told('ended', 'neutral', {}, ru, { data_until: '2026-10-09' });
  assert.deepEqual(ended, { text: 'Сделки загружены по 9 окт.: были ли продажи потом, неизвестно', tone: 'neutral', go: { from: '2026-10-01', to: '2026-10-31' } });
});

test('data in which nothing happened lead nowhere', () => {
  assert.deepEqual(told('nothing_sold', 'bad', { data_until: null }), { text: 'В загруженных данных нет ни одного события', tone: 'neutral', go: null });
});

test('data that reach into the period let its conclusion stand', () => {
  assert.equal(told('nothing_sold', 'bad', { data_until: '2026-11-01' }).text, 'За период нет ни одной продажи');
});

test('a period to come says so, whenever the data end', () => {
  assert.equal(told('nothing_sold', 'neutral', { period: { from: '2026-12-01', to: '2026-12-31' }, facts: null }).text, 'Период ещё не начался');
});

test('a day off without sales is nothing bad', () => {
  assert.deepEqual(told('nothing_sold', 'bad', SUNDAY), { text: 'Сегодня выходной, продаж нет', tone: 'neutral', go: null });
  const saturday = { ...SUNDAY, period: { from: '2026-11-21', to: '2026-11-21' }, facts: { from: '2026-11-21', to: '2026-11-21' } };
  assert.equal(told('nothing_sold', 'bad', saturday, en).text, 'No working days and no sales in this period');
});

test('a day off does not hide that the data ended long ago', () => {
  assert.equal(told('nothing_sold', 'bad', { ...SUNDAY, data_until: '2026-11-07' }).text, 'Данные заканчиваются 7 нояб.');
  assert.equal(told('nothing_sold', 'bad', { ...SUNDAY, data_until: '2026-11-08' }).text, 'Сегодня выходной, продаж нет');
});

test('a day that has only begun is nothing bad', () => {
  const monday = { period: { from: '2026-11-22', to: '2026-11-22' }, counted: null, working_days: { facts: 1, counted: null, compared: null } };
  assert.deepEqual(told('nothing_sold', 'bad', monday), { text: 'Период только начался, продаж пока нет', tone: 'neutral', go: null });
});

test('a sale on a day off is told as any other', () => {
  assert.match(told('revenue_on_pace', 'good', SUNDAY).text, /^Идём по плану/);
});

test('a little behind is amber, far behind is bad', () => {
  assert.deepEqual(['neutral' as const, 'bad' as const].map((tone) => told('revenue_behind', tone).tone), ['warn', 'bad']);
  assert.equal(told('revenue_on_pace', 'good').tone, 'good');
});
