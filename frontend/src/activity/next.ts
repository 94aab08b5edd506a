// What came next after each kind of touch, as a table of kinds and events with a shade for each cell.

import type { Answer, Row } from '../api/types.ts';
import { numberOf, textOf } from '../overview/figures.ts';
import { shadeOf } from '../overview/heat.ts';

export type NextCell = { event: string; row: Row | null; count: number; shade: number };
export type Next = { events: string[]; kinds: { kind: string; cells: NextCell[] }[] };

/** Kinds down and events across, the most frequent first; a shade is of the kind's own largest count. */
export function nextOf(answer: Answer, metric: string): Next {
  const rows = answer.rows.filter((row) => textOf(row, 'kind') !== null && textOf(row, 'next_event') !== null);
  const count = (row: Row | undefined) => numberOf(row, metric) ?? 0;
  const sums = (name: string) => {
    const found = new Map<string, number>();
    for (const row of rows) found.set(String(row[name]), (found.get(String(row[name])) ?? 0) + count(row));
    return [...found].filter(([, sum]) => sum > 0).sort((one, other) => other[1] - one[1]).map(([key]) => key);
  };
  const events = sums('next_event');
  const kinds = sums('kind').map((kind) => {
    const own = rows.filter((row) => row['kind'] === kind);
    const largest = Math.max(0, ...own.map(count));
    const cells = events.map((event): NextCell => {
      const row = own.find((one) => one['next_event'] === event) ?? null;
      return { event, row, count: count(row ?? undefined), shade: shadeOf(count(row ?? undefined), largest) };
    });
    return { kind, cells };
  });
  return { events, kinds };
}
