// What the server says of a person's hours of talk against the expected range.

import type { Row } from '../api/types.ts';

export type Verdict = 'below' | 'inside' | 'above';

/** Below, inside or above the range; null for those whom the range is not for. */
export function verdictOf(row: Row): Verdict | null {
  const { verdict } = row;
  return verdict === 'below' || verdict === 'inside' || verdict === 'above' ? verdict : null;
}
