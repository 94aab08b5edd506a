import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Overview } from '../api/types.ts';
import { Format } from '../format.ts';
import { findingText, headlineText, isOnItsWay, periodText, stageOf } from './words.ts';

const ru = new Format('ru', 'RUB');
const en = new Format('en', 'RUB');
const plain = (text: string | null | undefined): string => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');

function finding(kind: string, values: Finding['values'], tone: Finding['tone'] = 'neutral'): Finding {
  return { kind, tone, values, ask: null, open: null };
}

const BEHIND = finding('revenue_behind', { revenue: 19_412_000, plan: 31_000_000, pace: 93.9, attainment: 62.6, gap: 1_261_000 }, 'bad');

test('behind plan says how much is sold, how much is due and what is missing', () => {
  assert.equal(plain(headlineText(BEHIND, 'running', 'previous', ru)), 'Отстаём от плана: продано на 19,4 млн ₽ из 31 млн ₽ — 93,9 % от плана на сегодня, не хватает 1,3 млн ₽');
  assert.equal(plain(headlineText(BEHIND, 'running', 'previous', en)), 'Behind plan: ₽19.4M sold of ₽31M, 93.9% of the plan to date, ₽1.3M short');
});

test('a little behind is called so, and an ended period is no less missed for it', () => {
  const slightly: Finding = { ...BEHIND, tone: 'neutral' };
  assert.equal(
    plain(headlineText(slightly, 'running', 'previous', ru)),
    'Немного отстаём от плана: продано на 19,4 млн ₽ из 31 млн ₽ — 93,9 % от плана на сегодня, не хватает 1,3 млн ₽',
  );
  assert.match(headlineText(slightly, 'running', 'previous', en), /^Slightly behind plan: /);
  assert.match(headlineText(slightly, 'over', 'previous', ru), /^План не выполнен: /);
});

test('a period that is over is not spoken of as of today', () => {
  assert.equal(plain(headlineText(BEHIND, 'over', 'previous', ru)), 'План не выполнен: продано на 19,4 млн ₽ из 31 млн ₽ (62,6 %), не хватило 1,3 млн ₽');
});

test('without a plan the compared period stands in, named by what it is', () => {
  const more = finding('revenue_no_plan', { revenue: 12_000_000, revenue_previous: 10_000_000, revenue_growth: 20 });
  assert.equal(plain(headlineText(more, 'running', 'year', ru)), 'Продано на 12 млн ₽ — на 20 % больше, чем год назад (10 млн ₽). План не задан');
  const less = finding('revenue_no_plan', { revenue: 8_000_000, revenue_previous: 10_000_000, revenue_growth: -20 });
  assert.equal(plain(headlineText(less, 'running', 'previous', en)), '₽8M sold, 20% less than in the previous period (₽10M). There is no plan');
  const alone = finding('revenue_no_plan', { revenue: 8_000_000, revenue_previous: null, revenue_growth: null });
  assert.equal(plain(headlineText(alone, 'running', null, ru)), 'Продано на 8 млн ₽. План не задан, сравнить не с чем');
});

test('a headline of an unknown kind is a sentence all the same', () => {
  assert.equal(headlineText(finding('new_kind', {}), 'running', null, ru), 'Вывода по этому срезу нет');
});

test('Russian counts take their forms', () => {
  const told = (count: number): string | undefined => findingText(finding('leads_unanswered', { count, money: null, since: null }), ru)?.text;
  assert.deepEqual([1, 2, 5, 11, 21, 41].map(told), [
    '1 лид ждёт ответа',
    '2 лида ждут ответа',
    '5 лидов ждут ответа',
    '11 лидов ждут ответа',
    '21 лид ждёт ответа',
    '41 лид ждёт ответа',
  ]);
});

test('an estimate is marked as one and says how it was reckoned; an unknown one is not shown', () => {
  const told = findingText(finding('leads_unanswered', { count: 41, money: 1_214_300, since: '2026-11-12T10:25:00' }), ru);
  assert.equal(plain(told?.money), '≈ 1,2 млн ₽');
  assert.match(told?.method ?? '', /180 дней/);
  assert.match(plain(told?.more), /^Самый давний — с 12 нояб\.? 2026.*10:25$/);
  assert.equal(findingText(finding('leads_unanswered', { count: 1, money: null, since: null }), ru)?.money, null);
});

test('those behind plan are named, and the rest counted', () => {
  const told = findingText(finding('people_behind_plan', { count: 5, of: 24, names: 'Анна Егорова, Павел Соколов, Игорь Орлов', gap: 4_100_000 }), ru);
  assert.equal(told?.text, '5 менеджеров из 24 заметно отстают от плана');
  assert.equal(told?.more, 'Анна Егорова, Павел Соколов, Игорь Орлов и ещё 2');
  const one = findingText(finding('people_behind_plan', { count: 1, of: 24, names: 'Анна Егорова', gap: 900_000 }), en);
  assert.equal(one?.text, '1 manager of 24 is far behind plan');
  assert.equal(one?.more, 'Анна Егорова');
});

test('fewer leads are told by how much less of each', () => {
  const told = findingText(finding('fewer_leads', { revenue_growth: -18.4, leads_growth: -20.1, conversion_points: 1.2 }), en);
  assert.equal(told?.text, 'Sales are down 18.4%: 20.1% fewer leads came');
  assert.equal(plain(told?.more), 'The win rate changed no more than by chance (+1.2 pts): the cause is the flow of leads');
});

test('a channel is named with its spend', () => {
  const told = findingText(finding('channel_without_return', { channel: 'Выставки', spend: 840_000, months: 6 }), ru);
  assert.equal(told?.text, '«Выставки»: расходы без продаж');
  assert.equal(told?.more, 'За 6 месяцев ни одной продажи из пришедших лидов');
  assert.equal(plain(told?.money), '840 тыс. ₽');
});

test('a finding of an unknown kind is left out', () => {
  assert.equal(findingText(finding('new_kind', {}), ru), null);
});

test('the period says until when there are data', () => {
  const period = { from: '2026-11-01', to: '2026-11-30' };
  const told = (facts: Overview['facts'], data_until: string | null, today = '2026-11-22'): string => periodText({ period, facts, today, data_until }, ru);
  assert.match(told({ from: '2026-11-01', to: '2026-11-22' }, '2026-11-20'), /данные по 20 ноября$/);
  assert.match(told(period, '2026-11-20', '2027-01-10'), /данные по 20 ноября 2026$/);
  assert.doesNotMatch(told(period, '2026-12-01', '2026-12-01'), /данные/);
  assert.doesNotMatch(told(period, '2017-12-31'), /данные/); // the headline says so
  assert.doesNotMatch(told(period, '2026-11-30', '2026-12-01'), /данные/);
  assert.doesNotMatch(told(null, '2026-10-20', '2026-10-20'), /данные/);
});

test('a period to come is not called one without sales', () => {
  assert.equal(headlineText(finding('nothing_sold', {}), 'ahead', null, ru), 'Период ещё не начался');
});

test('a period is over the day after it ends', () => {
  const period = { from: '2026-11-01', to: '2026-11-30' };
  assert.equal(stageOf({ period, facts: period, today: '2026-11-30' }), 'running');
  assert.equal(stageOf({ period, facts: period, today: '2026-12-01' }), 'over');
  assert.equal(stageOf({ period, facts: { from: '2026-11-01', to: '2026-11-20' }, today: '2026-11-20' }), 'running');
  assert.equal(stageOf({ period, facts: null, today: '2026-10-20' }), 'ahead');
});

test('a period is on its way until its last day is over', () => {
  const period = { from: '2026-11-01', to: '2026-11-30' };
  const onItsWay = (facts: string, counted: string | null) => isOnItsWay({ period, facts: { ...period, to: facts }, counted: counted === null ? null : { ...period, to: counted }, today: facts });
  assert.deepEqual([onItsWay('2026-11-22', '2026-11-22'), onItsWay('2026-11-30', '2026-11-29'), onItsWay('2026-11-30', null), onItsWay('2026-11-30', '2026-11-30')], [true, true, true, false]);
  assert.equal(isOnItsWay({ period, facts: period, counted: { ...period, to: '2026-11-17' }, today: '2027-01-10' }), false);
  assert.equal(isOnItsWay({ period, facts: null, counted: null, today: '2026-10-10' }), false);
});
