// Where the effects of load and their intervals lie on one axis from 0 to 100, nought always on it.

import type { Row } from '../api/types.ts';
import { numberOf, textOf } from '../overview/figures.ts';

export type Effect = { load: string; specification: string; percent: number; low: number; high: number; from: number; to: number; at: number; isSure: boolean };

/** Percents beyond which an interval is cut off: a doubling that makes an answer five times as long is as good as any. */
const MOST = 400;

/** The effects in their order with their places; `nought` is the place of no effect. */
export function forest(rows: Row[]): { rows: Effect[]; nought: number } {
  const told = rows.map((row) => ({
    load: textOf(row, 'load') ?? '',
    specification: textOf(row, 'specification') ?? '',
    percent: numberOf(row, 'percent') ?? 0,
    low: numberOf(row, 'low') ?? 0,
    high: numberOf(row, 'high') ?? 0,
    isSure: row['is_beyond_chance'] === true,
  }));
  const ends = told.flatMap(({ low, high }) => [Math.max(low, -100), Math.min(high, MOST)]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const span = most - least || 1;
  const place = (value: number) => 2 + (96 * (Math.min(Math.max(value, least), most) - least)) / span;
  return { rows: told.map((each) => ({ ...each, from: place(each.low), to: place(each.high), at: place(each.percent) })), nought: place(0) };
}
