import assert from 'node:assert/strict';
import { test } from 'node:test';
import { separated } from './separated.ts';

const column = (name: string, ru: string, en: string, unit = '') => ({ name, title: { ru, en }, unit, kind: unit ? ('metric' as const) : ('dimension' as const), better: null, variant: null, since: null });
const table = {
  columns: [column('account', 'Клиент', 'Client'), column('account_id', 'id', 'id'), column('before', 'Купил', 'Bought', 'money'), column('rate', 'Доля', 'Share', 'percent')],
  rows: [
    { account: 'ООО "Ромб"; филиал', account_id: 'crm:1', before: 1200.5, rate: 12.3456789 },
    { account: '=1+1', account_id: 'crm:2', before: null, rate: -5 },
  ],
  totals: {},
};

test('a Russian spreadsheet opens it: a semicolon between cells, a comma in numbers', () => {
  assert.equal(separated(table, 'ru'), '\ufeffКлиент;Купил;Доля\r\n"ООО ""Ромб""; филиал";1200,50;12,345679\r\n\'=1+1;;-5\r\n');
});

test('an English one parts at commas; totals stand last', () => {
  const told = separated({ ...table, rows: [], totals: { before: 3, rate: null } }, 'en');
  assert.equal(told, '\ufeffClient,Bought,Share\r\n,3.00,\r\n');
});

test('what would run as a formula gets an apostrophe; phones, numbers and dashes stay', () => {
  const told = (text: string): string => separated({ columns: [column('a', 'А', 'A')], rows: [{ a: text }], totals: {} }, 'en').split('\r\n')[1]!;
  for (const text of ['=1+1', '=5', '+1-1', '-1+1', '-5 шт', '@anna', '\t5', ' =1', '\u200b=1', '＝1', '＋1', '-2+3+cmd|x']) assert.equal(told(text), `'${text}`);
  const stay = ['-', '--', '-5', '-1 234', '+12.5 %', '-1.5E+3', '+79123456789', '+7 (912) 345-67-89', '+7 912 345-67-89 доб. 123', '+7 912 345-67-89/8 800 555-35-35', "'a"];
  for (const text of stay) assert.equal(told(text), text);
});
