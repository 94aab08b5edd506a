// Which months' leads are still in work, so that what became of them is not known yet.

import type { Row } from '../api/types.ts';
import { numberOf } from '../overview/figures.ts';

/** From this share of leads that may still become sales on a month's cohort is not ripe. */
const UNDECIDED_PERCENT = 5;

/** Whether more than 5 % of the month's leads may still become sales. */
export function isRipening(row: Row): boolean {
  const [undecided, all] = [numberOf(row, 'leads_undecided'), numberOf(row, 'leads')];
  return undecided !== null && all !== null && 100 * undecided > UNDECIDED_PERCENT * all;
}
