// A table that the page was sent as separated values, written as the server writes those of an answer (reports/separated.py).

import type { Answer, Value } from '../api/types.ts';
import type { Language } from '../state/url.ts';

const MARK = '\ufeff';
const SEPARATORS: Record<Language, string> = { ru: ';', en: ',' };
/** What a spreadsheet would run as a formula gets an apostrophe in front, numbers and phones stay (domain/formulas.py). */
const RUNS = /^(?:[\t\r\n\0]|[\0-\x20\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*[=+\-@＝＋－＠])/;
const NUMBER = "[+-]?[ \\u00a0\\u202f]?\\d[\\d' \\u00a0\\u202f]*(?:[.,]\\d+)*(?:e[+-]?\\d{1,3})?[ \\u00a0\\u202f]?[%‰₽$€£¥₸₴]?";
const PHONE = '\\+?\\(?\\d[\\d(). \\u00a0\\u202f-]{5,24}(?:[,;]?[ \\u00a0\\u202f]?(?:\\u0434\\u043e\\u0431|\\u0432\\u043d|ext|x)\\.?:?[ \\u00a0\\u202f]?\\d{1,6})?';
const HARMLESS = new RegExp(`^[ \\u00a0\\u202f]?(?:${NUMBER}|${PHONE}(?:[,;/][ \\u00a0\\u202f]?${PHONE}){0,8}|[+-]+)$`, 'i');
const DIGITS = 6;

/** Titles, rows, and totals where there are any; ids of members stay outside. */
export function separated({ columns, rows, totals }: Pick<Answer, 'columns' | 'rows' | 'totals'>, lang: Language): string {
  const shown = columns.filter((column) => !column.name.endsWith('_id'));
  const line = (cells: string[]): string => cells.map((cell) => quoted(cell, SEPARATORS[lang])).join(SEPARATORS[lang]);
  const told = Object.keys(totals).length ? [...rows, totals] : rows;
  const lines = told.map((row) => line(shown.map((column) => written(row[column.name] ?? null, column.unit, lang))));
  return MARK + [line(shown.map((column) => safe(column.title[lang]))), ...lines].join('\r\n') + '\r\n';
}

function written(value: Value, unit: string, lang: Language): string {
  if (value === null) return '';
  if (typeof value !== 'number') return safe(String(value));
  const text = unit === 'money' ? value.toFixed(2) : String(Number(value.toFixed(DIGITS)));
  return lang === 'ru' ? text.replace('.', ',') : text;
}

const safe = (text: string): string => (RUNS.test(text) && !HARMLESS.test(text) ? `'${text}` : text);

const quoted = (text: string, separator: string): string => (text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
