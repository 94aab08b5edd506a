// What a plan answer asks of: its metrics, and which column says what of each.

import type { Answer, Row } from '../api/types.ts';
import { hasColumn, numberOf } from '../overview/figures.ts';

const PARTS = ['plan', 'covered', 'attainment', 'pace', 'forecast_low', 'forecast_high', 'forecast'];

/** The metrics of an answer, without what stands beside them, in their order. */
export function metricsOf(answer: Answer): string[] {
  return answer.ask.metrics.filter((name) => hasColumn(answer, name) && !PARTS.some((part) => name.endsWith(`_${part}`)));
}

/** The metrics of which anything is planned: by one of the rows or for all of them. */
export function plannedOf(answer: Answer): string[] {
  const rows: Row[] = [...answer.rows, answer.totals];
  return metricsOf(answer).filter((metric) => rows.some((row) => numberOf(row, `${metric}_plan`) !== null));
}

/** Running sums; null after the last day that is known of. */
export function cumulated(rows: Row[], name: string, until: (row: Row) => boolean): (number | null)[] {
  let sum = 0;
  return rows.map((row) => {
    sum += numberOf(row, name) ?? 0;
    return until(row) ? sum : null;
  });
}
