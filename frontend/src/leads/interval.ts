// Where an interval and a range lie on a scale of their own, in percent of its width.

import type { Row } from '../api/types.ts';
import { numberOf } from '../overview/figures.ts';

export type Scale = { rate: number; low: number; high: number; from: number; to: number };

const ROOM = 1.1;

/** From nothing to a tenth beyond what is largest; null where the share or its interval is unknown. */
export function scaleOf(row: Row): Scale | null {
  const names = ['rate', 'low', 'high', 'range_from', 'range_to'] as const;
  const values = names.map((name) => numberOf(row, name));
  const [rate, low, high, from, to] = values;
  if (rate == null || low == null || high == null || from == null || to == null) return null;
  const whole = Math.min(100, ROOM * Math.max(high, to));
  const at = (value: number): number => (100 * value) / whole;
  return { rate: at(rate), low: at(low), high: at(high), from: at(from), to: at(to) };
}
