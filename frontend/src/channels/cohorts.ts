// Which months' leads are still in work, so that what became of them is not known yet.

import type { Answer, Row } from '../api/types.ts';
import { numberOf } from '../overview/figures.ts';

/** From this share of leads still open on a month's cohort is not ripe. */
const OPEN_PERCENT = 5;

/** The row of the same month; null where there is none. */
export function monthOf(open: Answer, row: Row | null): Row | null {
  return row === null ? null : (open.rows.find((one) => one['month'] === row['month']) ?? null);
}

/** Whether more than 5 % of the month's leads are still open. */
export function isRipening(open: Answer, row: Row): boolean {
  const count = numberOf(monthOf(open, row) ?? undefined, 'leads');
  const all = numberOf(row, 'leads');
  return count !== null && all !== null && 100 * count > OPEN_PERCENT * all;
}
