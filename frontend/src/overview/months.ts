// The months of the chart of revenue.

import type { Answer, Row } from '../api/types.ts';
import { numberOf } from './figures.ts';

/**
 * The rows of the answer that have a month. A year ago before the first sale that is known of is no zero to compare
 * with: those months lie before the data. Nor is it one in a month after `running`: as many days of it as have gone by,
 * which is none, are compared.
 */
export function monthRows(answer: Answer, running: string): Row[] {
  const rows = answer.rows.filter((row) => typeof row['month'] === 'string');
  const first = rows.findIndex((row) => (numberOf(row, 'revenue_previous') ?? 0) > 0);
  return rows.map((row, at) => (first < 0 || at < first || String(row['month']) > running ? { ...row, revenue_previous: null } : row));
}
