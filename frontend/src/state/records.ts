// From a figure to the records behind it: its cut, narrowed to its row.

import type { Ask, Row } from '../api/types.ts';
import { type Days, daysOf, type RecordsQuestion } from './url.ts';

export type RecordsOf = { metric: string; ask: Ask; title?: string; where?: Record<string, (string | null)[]>; part?: string } & Pick<RecordsQuestion, 'sort' | 'order'>;

/** The keys of a row: `employee_id` where the member has one, else the dimension's own value. */
export function keyOf(ask: Ask, row: Row): Row {
  const key: Row = {};
  for (const dimension of ask.by) {
    const id = `${dimension}_id`;
    if (id in row) key[id] = row[id] ?? null;
    else if (dimension in row) key[dimension] = row[dimension] ?? null;
  }
  return key;
}

const PERIODS: Record<string, (value: string) => Days | null> = {
  day: (value) => ({ from: value, to: value }),
  week: weekOf,
  month: (value) => daysOf('this_month', `${value}-01`),
  quarter: (value) => daysOf('this_quarter', `${value.slice(0, 4)}-${String(Number(value.slice(-1)) * 3).padStart(2, '0')}-01`),
  year: (value) => ({ from: `${value}-01-01`, to: `${value}-12-31` }),
};

/** ISO week "2026-W47" from Monday to Sunday: week 1 holds 4 January. */
export function weekOf(value: string): Days | null {
  const [year, week] = value.split('-W').map(Number);
  if (!year || !week) return null;
  const fourth = new Date(Date.UTC(year, 0, 4));
  fourth.setUTCDate(fourth.getUTCDate() - ((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7);
  return daysOf('this_week', fourth.toISOString().slice(0, 10));
}

function narrowed(cut: RecordsQuestion, days: Days): void {
  cut.from = cut.from && cut.from > days.from ? cut.from : days.from;
  cut.to = cut.to && cut.to < days.to ? cut.to : days.to;
}

/**
 * The question whose records stand behind a figure of `ask` in `row` (none: the totals).
 *
 * A row's day, week, month, quarter or year narrows the period; its other keys narrow the cut.
 */
export function recordsOf(of: RecordsOf, row: Row | null = null): RecordsQuestion {
  const cut: RecordsQuestion = { metric: of.metric, where: { ...of.ask.where, ...of.where }, from: of.ask.from, to: of.ask.to };
  if (of.title) cut.title = of.title;
  if (of.part) cut.part = of.part;
  if (of.sort) cut.sort = of.sort;
  if (of.order) cut.order = of.order;
  for (const [name, value] of Object.entries(row ? keyOf(of.ask, row) : {})) {
    const days = typeof value === 'string' ? PERIODS[name]?.(value) : null;
    if (days) narrowed(cut, days);
    else cut.where[name.replace(/_id$/, '')] = [value === null ? null : String(value)];
  }
  return cut;
}
