import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column, Row, Table } from '../api/types.ts';
import { Format } from '../format.ts';
import { chanceText, chosenOf, comparisonsOf, conclusionOf, levelOf, pText, spansOf, timeOf, toneOf, whyExpected } from './compared.ts';

const column = (name: string, kind: Column['kind'] = 'metric'): Column => ({ name, title: { ru: name, en: name }, unit: 'percent', kind, better: 'up', variant: null, since: null });
const table = (columns: Column[], rows: Row[], totals: Row = {}): Table => ({ columns, rows, totals });
const people = [column('employee_id', 'dimension'), column('employee', 'dimension'), column('win_rate')];
const anna = { employee_id: 'a', employee: 'Anna', side: 'above', win_rate: 80, win_rate_low: 70, win_rate_high: 90, expected: 60, adjusted: 75, adjusted_low: 65, adjusted_high: 85, mix_of: 'temperature', mix_value: 'hot', mix_own: 40, mix_whole: 20 };
const boris = { employee_id: 'b', employee: 'Boris', side: 'alike', win_rate: 50, win_rate_low: 40, win_rate_high: 60, expected: 50.2, adjusted: 50, adjusted_low: 45, adjusted_high: 55, mix_of: 'temperature', mix_value: 'hot', mix_own: 19, mix_whole: 20 };
const rate = (more: Row = {}) => ({ role: 'ae', metric: 'win_rate', chance: 0.0004, differs: true, is_over: false, phi: 1, ...more });
const pageOf = (rates: Row) => ({
  today: '2026-03-16',
  tables: {
    'rates:ae': table([], [rates, { metric: 'gone', chance: 1 }]),
    'compared:ae:win_rate': table(people, [anna, boris], { win_rate: 50 }),
    'limits:ae:win_rate': table([], [{ among: 10, far_low: 1, near_low: 2, near_high: 3, far_high: 4 }]),
  },
});
const [compared] = comparisonsOf(pageOf(rate()), 'ae');
const format = new Format('en');

test('a role has a comparison for each figure that the page has a table of', () => {
  assert.deepEqual(comparisonsOf(pageOf(rate()), 'ae').map((one) => [one.metric, one.name, one.limits.length, one.isAdjusted]), [['win_rate', 'compared:ae:win_rate', 1, true]]);
  assert.deepEqual(comparisonsOf(pageOf(rate()), 'sdr'), []);
});

test('the win rate is shown first, and what is chosen where it is there', () => {
  const all = ['revenue', 'win_rate', 'reach_rate'].map((metric) => ({ ...compared!, metric }));
  assert.equal(chosenOf(all, '')?.metric, 'win_rate');
  assert.equal(chosenOf(all, 'reach_rate')?.metric, 'reach_rate');
  assert.equal(chosenOf(all.slice(0, 1), 'gone')?.metric, 'revenue');
  assert.equal(chosenOf([], ''), null);
});

test('only who is beyond the far limit is good or bad, by what is better', () => {
  assert.equal(toneOf({ side: 'above' }, 'up'), 'good');
  assert.equal(toneOf({ side: 'above' }, 'down'), 'bad');
  assert.equal(toneOf({ side: 'below' }, 'down'), 'good');
  assert.equal(toneOf({ side: 'perhaps_below' }, 'up'), 'pale');
});

test('it is said whether people differ before anybody is named', () => {
  assert.deepEqual(conclusionOf(compared!, format), [
    { key: 'team.compared.differs', params: { chance: '< 0.1%' } },
    { key: 'team.compared.above', params: { names: 'Anna' } },
  ]);
  const [alike] = comparisonsOf(pageOf(rate({ chance: 0.264, differs: false })), 'ae');
  assert.deepEqual(conclusionOf(alike!, format).map((one) => one.key), ['team.compared.within', 'team.compared.above', 'team.compared.within.but']);
  assert.equal(conclusionOf(alike!, format)[0]?.params?.['chance'], '26%');
  const [many] = comparisonsOf(pageOf(rate({ chance: 0.03, differs: false })), 'ae');
  assert.equal(conclusionOf(many!, format)[0]?.key, 'team.compared.within.many');
  const [wide] = comparisonsOf(pageOf(rate({ is_over: true, phi: 6.35 })), 'ae');
  assert.deepEqual(conclusionOf(wide!, format)[1], { key: 'team.compared.over', params: { phi: '6.4' } });
  const [untold] = comparisonsOf(pageOf(rate({ chance: null })), 'ae');
  assert.deepEqual(conclusionOf(untold!, format), [{ key: 'team.compared.untested' }]);
});

test('where people differ and nobody is beyond a limit, nobody is named', () => {
  const page = pageOf(rate());
  page.tables['compared:ae:win_rate'] = table(people, [boris], { win_rate: 50 });
  assert.deepEqual(conclusionOf(comparisonsOf(page, 'ae')[0]!, format).map((one) => one.key), ['team.compared.differs', 'team.compared.nobody']);
});

test('a chance is written as people say it', () => {
  assert.deepEqual([0.264, 0.047, 0.0004].map((chance) => chanceText(chance, format)), ['26%', '4.7%', '< 0.1%']);
  assert.deepEqual([0.264, 0.0004].map((chance) => pText(chance, format)), ['=\u00a00.26', '<\u00a00.01']);
});

test('why something else is expected is told where it is another figure', () => {
  assert.deepEqual(whyExpected(anna, 50), { of: 'temperature', value: 'hot', own: 40, whole: 20 });
  assert.equal(whyExpected(boris, 50), null);
  assert.equal(whyExpected({ ...anna, expected: null }, 50), null);
});

test('intervals lie on one line, of the figures that people are judged by', () => {
  const spans = spansOf(compared!);
  assert.deepEqual(spans.of(boris), { left: 0, width: 25, at: 12.5 });
  assert.deepEqual(spans.of(anna), { left: 50, width: 50, at: 75 });
  assert.equal(spans.centre, 12.5);
  assert.equal(levelOf({ win_rate: 50 }, 'win_rate'), 50);
});

test('what the best do is read with its unit', () => {
  const page = {
    today: '2026-03-16',
    tables: {
      'time:ae': table([column('work', 'dimension')], [{ work: 'talk_time', title_ru: 'Разговоры', title_en: 'Talk', unit: 'hours', best: 2, rest: 1, difference: 1, difference_low: -0.5, difference_high: 2.5, differs: false }]),
      'best:ae': table([column('result')], [{ employee: 'Anna', result: 9 }], { others: 4 }),
    },
  };
  const made = timeOf(page, 'ae');
  assert.deepEqual([made?.best, made?.others, made?.uses[0]?.unit, made?.uses[0]?.differs], [['Anna'], 4, 'hours', false]);
  assert.equal(timeOf(page, 'sdr'), null);
});
