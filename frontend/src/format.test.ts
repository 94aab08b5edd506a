import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format, unbroken } from './format.ts';

const ru = new Format('ru');
const en = new Format('en');
/** No-break spaces made visible, so that an expectation can be read. */
const seen = (text: string) => text.replace(/\u202f/g, '_').replace(/\u00a0/g, '~');

const NUMBERS: [value: number | null, unit: string, style: object, ru: string, en: string][] = [
  [111273, 'count', {}, '111_273', '111,273'],
  [1234567, 'count', { compact: true }, '1,2~млн', '1.2M'],
  [999999, 'count', { compact: true }, '999_999', '999,999'],
  [0, 'count', {}, '0', '0'],
  [2.5, 'count', {}, '2,5', '2.5'],
  [-3, 'count', { signed: true }, '−3', '−3'],
  [3, 'count', { signed: true }, '+3', '+3'],
  [0, 'count', { signed: true }, '0', '0'],
  [12345678, 'money', { compact: true }, '12,3~млн~₽', '₽12.3M'],
  [345678, 'money', { compact: true }, '346~тыс.~₽', '₽346K'],
  [99999, 'money', { compact: true }, '99_999~₽', '₽99,999'],
  [1234567.5, 'money', {}, '1_234_568~₽', '₽1,234,568'],
  [91.6, 'percent', {}, '91,6~%', '91.6%'],
  [105.6, 'percent', {}, '106~%', '106%'],
  [91.6, 'percent', { compact: true }, '92~%', '92%'],
  [-7.4, 'percent', { compact: true, signed: true }, '−7~%', '−7%'],
  [4574.4, 'hours', {}, '4_574~ч', '4,574h'],
  [1.5, 'hours', {}, '1,5~ч', '1.5h'],
  [12, 'minutes', {}, '12~мин', '12~min'],
  [206 / 86400, 'days', {}, '3,4~мин', '3.4~min'],
  [0.03, 'days', { signed: true }, '+43,2~мин', '+43.2~min'],
  [-0.0005, 'hours', {}, '−1,8~с', '−1.8~sec'],
  [0.06, 'days', {}, '0,1~дн.', '0.1~days'],
  [0, 'days', {}, '0~дн.', '0~days'],
  [12, 'working minutes', {}, '12~мин', '12~min'],
  [1.256, 'ratio', {}, '1,26', '1.26'],
  [12500, 'amount', {}, '12_500', '12,500'],
  [12500.5, 'amount', {}, '12_500,50', '12,500.50'],
  [null, 'money', {}, '—', '—'],
];

for (const [value, unit, style, russian, english] of NUMBERS)
  test(`${value} ${unit} ${JSON.stringify(style)} is ${russian} and ${english}`, () => {
    assert.equal(seen(ru.number(value, unit, style)), russian);
    assert.equal(seen(en.number(value, unit, style)), english);
  });

test('what is no number is unknown', () => {
  for (const value of [null, undefined, '', Number.NaN, Number.POSITIVE_INFINITY, 'x', true]) assert.equal(ru.number(value), '—');
});

test('money is in the company’s own currency', () => {
  assert.equal(seen(new Format('ru', 'KZT').money(1500)), '1_500~₸');
  assert.equal(new Format('en', 'EUR').money(1500), '€1,500');
});

test('days, months and times are written as each language does', () => {
  assert.equal(ru.day('2026-11-20'), '20 нояб.');
  assert.equal(ru.day('2026-11-20', { year: true }), '20 нояб. 2026');
  assert.equal(en.day('2026-11-20', { year: true }), '20 Nov 2026');
  assert.equal(ru.day('2026-11-20', { weekday: true }), 'пт, 20 нояб.');
  assert.equal(ru.month('2026-11'), 'ноябрь 2026');
  assert.equal(en.month('2026-11-05', { short: true }), 'Nov 2026');
  assert.equal(ru.dateTime('2026-11-20T10:05:00'), '20 нояб., 10:05');
  assert.equal(en.dateTime('2026-11-20T22:05:59.123'), '20 Nov, 22:05');
  assert.equal(ru.dateTime(null), '—');
});

test('midnight sharp is a day without a time, a second later is not', () => {
  assert.equal(ru.dateTime('2026-11-20T00:00:00'), '20 нояб.');
  assert.equal(ru.dateTime('2026-11-20T00:00:00.000', { year: true }), '20 нояб. 2026');
  assert.equal(ru.dateTime('2026-11-20T00:00:01'), '20 нояб., 00:00');
  assert.equal(ru.dateTime('2026-11-20T10:00:00'), '20 нояб., 10:00');
});

test('a moment carries its year where it is not this one', () => {
  assert.equal(ru.moment('2017-12-31', '2026-11-20'), '31 дек. 2017');
  assert.equal(ru.moment('2026-01-31T09:30:00', '2026-11-20'), '31 янв., 09:30');
  assert.equal(ru.moment(null, '2026-11-20'), '—');
});

test('a time is shown as given, whatever zone the reader sits in', () => {
  const before = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Auckland';
  assert.equal(new Format('ru').dateTime('2026-03-29T02:30:00'), '29 мар., 02:30');
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

test('a span says month and year once', () => {
  assert.equal(ru.span('2026-11-01', '2026-11-30').replace(/\s/g, ' '), '1–30 нояб. 2026');
  assert.equal(en.span('2026-11-01', '2026-11-30').replace(/\s/g, ' '), '1–30 Nov 2026');
  assert.equal(en.span('2026-10-05', '2026-11-30').replace(/\s/g, ' '), '5 Oct – 30 Nov 2026');
  assert.equal(ru.span('2026-11-20', '2026-11-20'), '20 нояб. 2026');
  assert.equal(ru.span('2026-11-01', '2026-11-30', { year: false }).replace(/\s/g, ' '), '1–30 нояб.');
  assert.equal(ru.span('2026-11-20', '2026-11-20', { year: false }), '20 нояб.');
});

test('weekdays count from Monday', () => {
  assert.equal(ru.weekday(1), 'пн');
  assert.equal(ru.weekday(7, { long: true }), 'воскресенье');
  assert.equal(en.weekday(5), 'Fri');
});

test('lengths of time are told to the second', () => {
  assert.equal(ru.length(106), '1:46');
  assert.equal(ru.length(6516), '1:48:36');
  assert.equal(ru.length(359999), '99:59:59');
  assert.equal(ru.length(5), '0:05');
  assert.equal(ru.length(-65), '−1:05');
  assert.equal(ru.length(null), '—');
});

test('durations are told in the two largest parts', () => {
  assert.equal(seen(ru.duration(45)), '45~с');
  assert.equal(seen(ru.duration(720)), '12~мин');
  assert.equal(seen(ru.duration(12000)), '3~ч~20~мин');
  assert.equal(seen(ru.duration(7200)), '2~ч');
  assert.equal(seen(ru.duration(3599)), '1~ч');
  assert.equal(ru.duration(null), '—');
});

test('forms follow the number: 1 звонок, 2 звонка, 5 звонков, 21 звонок', () => {
  const calls = (count: number) => ru.plural(count, { one: 'звонок', few: 'звонка', many: 'звонков', other: 'звонка' });
  assert.deepEqual([1, 2, 5, 11, 21, 104, 1.5].map(calls), ['звонок', 'звонка', 'звонков', 'звонков', 'звонок', 'звонка', 'звонка']);
});

test('no line ends before a percent sign or within percentage points', () => {
  assert.equal(seen(unbroken('выше на {points} п. п., 95 % пути')), 'выше на {points} п.~п., 95~% пути');
  assert.equal(seen(unbroken('половина')), 'половина');
});
