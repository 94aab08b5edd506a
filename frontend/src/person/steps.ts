// What is said of a step: weaker beyond chance, perhaps, within chance, level with the role, or ahead of it.

import type { Row } from '../api/types.ts';

export type Side = 'below' | 'perhaps' | 'within' | 'level' | 'above';

/** The side of a row of the table of steps; a gap of nothing is no weakness, whatever the figure. */
export function sideOf(row: Row): Side {
  const { gap, side } = row;
  if (typeof gap !== 'number' || gap <= 0) return side === 'above' ? 'above' : 'level';
  if (side === 'below') return 'below';
  return side === 'perhaps_below' ? 'perhaps' : 'within';
}
