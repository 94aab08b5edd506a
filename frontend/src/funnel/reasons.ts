// Losses by reason: one row a reason with what was lost behind each step, the dearest first.

import type { Row } from '../api/types.ts';

/** How many reasons a chart shows; the table has all. */
const MOST = 8;

export type Reason = { reason: string | null; all: number; row: Row };

/** The reasons of the losses with a value for each step that loses any: `step_1` and so on, of money or of cases. */
export function reasonsOf(rows: Row[], measure: 'lost' | 'lost_money'): Reason[] {
  const found = new Map<string | null, Reason>();
  for (const row of rows) {
    const reason = typeof row['reason'] === 'string' ? row['reason'] : null;
    const one = found.get(reason) ?? { reason, all: 0, row: { reason } };
    const value = Number(row[measure] ?? 0);
    const name = `step_${row['place']}`;
    one.all += value;
    one.row[name] = Number(one.row[name] ?? 0) + value;
    found.set(reason, one);
  }
  return [...found.values()].filter((one) => one.all > 0).toSorted((one, other) => other.all - one.all).slice(0, MOST);
}

/** The places of the steps that lose any case, in their order. */
export function losingSteps(rows: Row[]): number[] {
  return [...new Set(rows.map((row) => Number(row['place'])))].toSorted((one, other) => one - other);
}
