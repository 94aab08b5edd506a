// The order of a table's rows and the words of its keys.

import type { Column, Row, Value } from '../api/types.ts';
import type { Format } from '../format.ts';
import { momentLabels } from '../page/moments.ts';

export type Sort = { column: string; descending: boolean };

/** Rows in order; unknown values stand last both ways, texts in the language's own order, equal rows as they were. */
export function sorted<R extends Row>(rows: R[], sort: Sort | null, locale: string): R[] {
  if (!sort) return rows;
  const letters = new Intl.Collator(locale, { numeric: true });
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[sort.column] ?? null, other[sort.column] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compared(a, b, letters);
  });
}

function compared(a: NonNullable<Value>, b: NonNullable<Value>, letters: Intl.Collator): number {
  if (typeof a === 'string' || typeof b === 'string') return letters.compare(String(a), String(b));
  return Number(a) - Number(b);
}

/** The next order when a heading is pressed: numbers begin with the largest, texts with the first letter. */
export function nextSort(sort: Sort | null, column: Column): Sort {
  if (sort?.column === column.name) return { column: column.name, descending: !sort.descending };
  return { column: column.name, descending: column.kind === 'metric' };
}

/** A dimension's value as people write it; null stands for "not given". */
export function keyText(format: Format, dimension: string, value: Value): string | null {
  if (value === null || value === '') return null;
  if (dimension === 'month' || dimension === 'week') return momentLabels(format, dimension, String(value)).long;
  if (dimension === 'day') return format.day(String(value), { year: true });
  if (dimension === 'weekday') return format.weekday(Number(value), { long: true });
  if (dimension === 'hour') return `${String(value).padStart(2, '0')}:00`;
  return String(value);
}
