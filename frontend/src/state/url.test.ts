import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, askQuery, daysOf, type Filters, isDay, NOTHING_CHOSEN, overviewQuery, type Preset, readFilters, recordsAddress, recordsQuery, viewQuery, writeFilters } from './url.ts';

const FULL: Filters = {
  period: { from: '2026-02-01', to: '2026-02-28' },
  compare: 'year',
  team: ['crm:1', 'crm:2,3'],
  employee: ['Анна & Борис=?'],
  channel: ['c#1'],
  role: ['sdr'],
  day: '2026-02-27',
  lang: 'en',
  records: { metric: 'calls', part: 'answered_calls', title: 'Звонки: Анна', where: { employee: ['crm:17', null], channel: [''] }, from: '2026-02-01', to: null },
  view: { pipeline: ['продажи, опт'], step: ['stage:a:1', 'milestone:won|meeting'] },
};

test('what is written is read back the same, whatever signs the names hold', () => {
  assert.deepEqual(readFilters(writeFilters(FULL)), FULL);
});

test('a plain address means the running month against the one before', () => {
  assert.deepEqual(readFilters(''), NOTHING_CHOSEN);
  assert.equal(writeFilters(NOTHING_CHOSEN), '');
});

test('every preset and comparison survives the address', () => {
  for (const period of ['today', 'yesterday', 'this_week', 'last_quarter', 'last_12_months'] as Preset[])
    for (const compare of ['previous', 'year', 'none'] as const) {
      const filters = { ...NOTHING_CHOSEN, period, compare };
      assert.deepEqual(readFilters(writeFilters(filters)), filters);
    }
});

test('what cannot be meant is as if it were not there', () => {
  const broken = '?period=ever&compare=moon&day=2026-02-30&lang=de&records={"metric&team=&from=2026-13-01&to=2026-01-01';
  assert.deepEqual(readFilters(broken), NOTHING_CHOSEN);
});

test('days given the wrong way round are turned', () => {
  assert.deepEqual(readFilters('?from=2026-03-31&to=2026-03-01').period, { from: '2026-03-01', to: '2026-03-31' });
});

test('a name chosen twice is chosen once', () => {
  assert.deepEqual(readFilters('?team=a&team=b&team=a').team, ['a', 'b']);
});

test('a day is one that the calendar has', () => {
  assert.ok(isDay('2028-02-29'));
  assert.ok(!isDay('2026-02-29'));
  assert.ok(!isDay('2026-2-1'));
  assert.ok(!isDay(null));
});

// Friday, 20 November 2026.
const SPANS: [Preset, string, string][] = [
  ['today', '2026-11-20', '2026-11-20'],
  ['yesterday', '2026-11-19', '2026-11-19'],
  ['this_week', '2026-11-16', '2026-11-22'],
  ['last_week', '2026-11-09', '2026-11-15'],
  ['this_month', '2026-11-01', '2026-11-30'],
  ['last_month', '2026-10-01', '2026-10-31'],
  ['this_quarter', '2026-10-01', '2026-12-31'],
  ['last_quarter', '2026-07-01', '2026-09-30'],
  ['this_year', '2026-01-01', '2026-12-31'],
  ['last_12_months', '2025-12-01', '2026-11-30'],
];

for (const [preset, from, to] of SPANS)
  test(`${preset} on a Friday in November is ${from} to ${to}`, () => assert.deepEqual(daysOf(preset, '2026-11-20'), { from, to }));

test('periods before January reach into the year before', () => {
  assert.deepEqual(daysOf('last_month', '2026-01-15'), { from: '2025-12-01', to: '2025-12-31' });
  assert.deepEqual(daysOf('last_quarter', '2026-02-28'), { from: '2025-10-01', to: '2025-12-31' });
  assert.deepEqual(daysOf('this_week', '2026-01-01'), { from: '2025-12-29', to: '2026-01-04' });
});

test('a Sunday belongs to the week that began six days before', () => {
  assert.deepEqual(daysOf('this_week', '2026-11-22'), { from: '2026-11-16', to: '2026-11-22' });
});

test('days are counted over the ends of months and leap years', () => {
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
});

test('a question keeps commas and tells "not given" from all', () => {
  const ask = { metrics: ['calls', 'talk_time'], by: ['employee'], where: { team: ['a,b', null] }, from: '2026-01-01', to: null, compare: 'year' as const };
  assert.deepEqual(
    [...new URLSearchParams(askQuery(ask))],
    [
      ['metric', 'calls'],
      ['metric', 'talk_time'],
      ['by', 'employee'],
      ['where', 'team=a,b'],
      ['where', 'team='],
      ['from', '2026-01-01'],
      ['compare', 'year'],
    ],
  );
});

test('records are asked without their title', () => {
  assert.equal(recordsQuery({ metric: 'calls', part: 'x', title: 'Звонки', where: {}, from: null, to: '2026-01-31' }), 'metric=calls&part=x&to=2026-01-31');
});

test('the order of records stays in the address and in what is asked; any other word for an order is none', () => {
  const records = { metric: 'leads_unanswered', where: {}, from: null, to: null, sort: 'created_at', order: 'asc' as const };
  assert.deepEqual(readFilters(writeFilters({ ...NOTHING_CHOSEN, records })).records, records);
  assert.equal(recordsQuery(records), 'metric=leads_unanswered&sort=created_at&order=asc');
  const odd = readFilters(`?records=${encodeURIComponent(JSON.stringify({ metric: 'calls', sort: 5, order: 'sideways' }))}`).records;
  assert.deepEqual(odd, { metric: 'calls', where: {}, from: null, to: null });
});

test('the overview is asked for days, never for the name of a period', () => {
  const query = new URLSearchParams(overviewQuery({ ...NOTHING_CHOSEN, period: 'last_month', team: ['a', 'b'], compare: 'none', day: '2026-10-05' }, '2026-11-20'));
  assert.deepEqual([...query], [['from', '2026-10-01'], ['to', '2026-10-31'], ['compare', 'none'], ['team', 'a'], ['team', 'b'], ['day', '2026-10-05']]);
});

test('cases of a process are listed by the page that counted them', () => {
  const cases = { of: 'funnel', query: 'from=2026-11-01&step=a&step=b,c' } as const;
  const question = { metric: '', where: {}, from: '2026-11-01', to: null, sort: 'amount', order: 'asc', cases } as const;
  assert.deepEqual(readFilters(writeFilters({ ...NOTHING_CHOSEN, records: question })).records, question);
  assert.equal(recordsAddress(question), '/api/funnel/cases');
  assert.equal(recordsQuery(question), 'from=2026-11-01&step=a&step=b%2Cc&sort=amount&order=asc');
  const elsewhere = `?records=${encodeURIComponent(JSON.stringify({ ...question, cases: { of: '../session', query: '' } }))}`;
  assert.equal(readFilters(elsewhere).records?.cases, undefined);
});

test('a page is asked what it names, whatever else the address tells', () => {
  const filters: Filters = { ...NOTHING_CHOSEN, period: 'last_month', view: { step: ['a', 'b'], detail: ['80'] } };
  const query = new URLSearchParams(viewQuery(filters, '2026-11-20', ['pipeline', 'step']));
  assert.deepEqual([query.get('from'), query.getAll('step'), query.get('pipeline'), query.get('detail')], ['2026-10-01', ['a', 'b'], null, null]);
});
