import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { comparedText, fairly } from './compared.ts';

const ru = new Format('ru');
const en = new Format('en');
const plain = (text: string | null): string | null => text && text.replace(/\s/g, ' ');
const NOVEMBER = {
  facts: { from: '2026-11-01', to: '2026-11-22' },
  counted: { from: '2026-11-01', to: '2026-11-22' },
  compared: { from: '2026-10-01', to: '2026-10-22' },
  today: '2026-11-22',
  working_days: { facts: 14, counted: 14, compared: 16 },
};

test('a comparison says with which days, and how many of them were working days', () => {
  assert.equal(plain(comparedText(NOVEMBER, ru)), 'Сравниваем с 1–22 окт.: 14 рабочих дней против 16');
  assert.equal(plain(comparedText(NOVEMBER, en)), 'Compared with 1–22 Oct: 14 working days to 16');
  assert.equal(plain(comparedText({ ...NOVEMBER, working_days: { facts: 1, counted: 1, compared: 0 } }, ru)), 'Сравниваем с 1–22 окт.: 1 рабочий день против 0');
  assert.equal(plain(comparedText({ ...NOVEMBER, working_days: { facts: 3, counted: 3, compared: null } }, ru)), 'Сравниваем с 1–22 окт.');
});

test('days of another year carry their year', () => {
  const compared = { from: '2025-11-01', to: '2025-11-22' };
  assert.equal(plain(comparedText({ ...NOVEMBER, compared }, ru)), 'Сравниваем с 1–22 нояб. 2025: 14 рабочих дней против 16');
  assert.equal(plain(comparedText({ ...NOVEMBER, compared: { from: '2025-11-01', to: '2025-11-01' } }, en)), 'Compared with 1 Nov 2025: 14 working days to 16');
});

test('without a comparison, or in a period to come, nothing is said', () => {
  assert.equal(comparedText({ ...NOVEMBER, compared: null }, ru), null);
  assert.equal(comparedText({ ...NOVEMBER, facts: null }, ru), null);
});

test('what working days explain is neither good nor bad', () => {
  // 14 after 16 are 12.5 % fewer, 16 after 14 are 14.3 % more
  assert.equal(fairly('up', -12, { facts: 14, counted: 14, compared: 16 }), null);
  assert.equal(fairly('up', -30, { facts: 14, counted: 14, compared: 16 }), 'up');
  assert.equal(fairly('up', 12, { facts: 14, counted: 14, compared: 16 }), 'up');
  assert.equal(fairly('up', 14, { facts: 16, counted: 16, compared: 14 }), null);
  assert.equal(fairly('up', 30, { facts: 16, counted: 16, compared: 14 }), 'up');
  assert.equal(fairly('down', -12, { facts: 14, counted: 14, compared: 16 }), null);
});

test('equally many days explain nothing; a day off is no day to compare with', () => {
  assert.equal(fairly('up', -1, { facts: 20, counted: 20, compared: 20 }), 'up');
  assert.equal(fairly('up', -100, { facts: 0, counted: 0, compared: 1 }), null);
  assert.equal(fairly('up', 50, { facts: 1, counted: 1, compared: 0 }), null);
  assert.deepEqual([50, -100].map((growth) => fairly('up', growth, { facts: 0, counted: 0, compared: 0 })), [null, null]);
  assert.equal(fairly('up', -50, { facts: 5, counted: 5, compared: null }), 'up');
});

test('where not all days until today are known whole, it says which days are compared', () => {
  const until = { ...NOVEMBER, counted: { from: '2026-11-01', to: '2026-11-17' }, compared: { from: '2026-10-01', to: '2026-10-17' }, working_days: { facts: 14, counted: 11, compared: 12 } };
  assert.equal(plain(comparedText(until, ru)), 'Сравниваем 1–17 нояб. с 1–17 окт.: 11 рабочих дней против 12');
  assert.equal(plain(comparedText(until, en)), '1–17 Nov compared with 1–17 Oct: 11 working days to 12');
  assert.equal(plain(comparedText({ ...NOVEMBER, counted: null, compared: null }, ru)), 'Сравнивать не с чем: ни один день периода ещё не известен целиком');
});
