// Reading numbers and people out of an answer's rows.
import type { Answer, Row } from '../api/types.ts';

/** The number of a column in a row; null where it is unknown or no number. */
export function numberOf(row: Row | undefined, name: string): number | null {
  const value = row?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The text of a column in a row; null where it is not given. */
export function textOf(row: Row | undefined, name: string): string | null {
  const value = row?.[name];
  return value === null || value === undefined || value === '' ? null : String(value);
}

/** Whether the answer has the column at all (a plan is asked for only where there are plans). */
export function hasColumn(answer: Answer | null, name: string): boolean {
  return answer?.columns.some((column) => column.name === name) ?? false;
}

/** The reason why a metric is unknown in the whole answer; null where it is answered, be it in part. */
export function leftOut(answer: Answer | null, metric: string): string | null {
  if (numberOf(answer?.totals, metric) !== null) return null;
  return answer?.left_out.find((left) => left.metric === metric && isMissing(left.reason))?.reason ?? null;
}

/** Whether the reason says that the data never came, or no longer (against: some rows could not be counted). */
function isMissing(reason: string): boolean {
  return ['not loaded', 'never given', 'data end'].some((start) => reason.startsWith(start));
}

/** Percent of growth from one number to another; null where it cannot be told. */
export function growth(now: number | null, before: number | null): number | null {
  return now === null || before === null || before <= 0 ? null : (100 * (now - before)) / before;
}

/** Percent that one number is of another; null where it cannot be told. */
export function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : (100 * part) / whole;
}

/** Rows with the largest number of a column first; unknown ones last, equal ones by name. */
export function largestFirst(rows: Row[], name: string): Row[] {
  const known = (row: Row): number => numberOf(row, name) ?? -Infinity;
  const title = (row: Row): string => textOf(row, 'employee') ?? '';
  return [...rows].sort((one, other) => known(other) - known(one) || title(one).localeCompare(title(other)));
}
