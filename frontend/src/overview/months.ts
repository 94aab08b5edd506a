// The months of the chart of revenue.

import type { Answer, Row } from '../api/types.ts';
import { numberOf } from './figures.ts';

/**
 * The rows of the answer that have a month. A year ago before the first sale that is known of is no zero to compare
 * with: those months lie before the data.
 */
export function monthRows(answer: Answer): Row[] {
  const rows = answer.rows.filter((row) => typeof row['month'] === 'string');
  const first = rows.findIndex((row) => (numberOf(row, 'revenue_previous') ?? 0) > 0);
  return rows.map((row, at) => (first < 0 || at < first ? { ...row, revenue_previous: null } : row));
}
