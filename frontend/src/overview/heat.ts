// The week of calls as a table of weekdays and hours with a shade for each cell.
import type { Answer, Row } from '../api/types.ts';
import { numberOf } from './figures.ts';

export const SHADES = 5;

export type Cell = { weekday: number; hour: number; row: Row | null; count: number; shade: number };
export type Heat = { hours: number[]; days: { weekday: number; cells: Cell[] }[]; largest: number; bounds: number[] };

/** Cells of every weekday and of the hours from the first with data to the last; shades 0 (none) to 5 (most). */
export function heat(answer: Answer, metric: string): Heat {
  const found = new Map<string, Row>();
  for (const row of answer.rows) {
    if (numberOf(row, 'weekday') !== null && numberOf(row, 'hour') !== null) found.set(`${row.weekday}.${row.hour}`, row);
  }
  const filled = [...found.values()].filter((row) => (numberOf(row, metric) ?? 0) > 0);
  const hours = span(filled.map((row) => Number(row.hour)));
  const largest = Math.max(0, ...filled.map((row) => numberOf(row, metric) ?? 0));
  const cellAt = (weekday: number, hour: number): Cell => {
    const row = found.get(`${weekday}.${hour}`) ?? null;
    const count = numberOf(row ?? undefined, metric) ?? 0;
    return { weekday, hour, row, count, shade: shadeOf(count, largest) };
  };
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, cells: hours.map((hour) => cellAt(weekday, hour)) }));
  return { hours, days, largest, bounds: boundsOf(largest) };
}

/** Shade of a count: equal fifths of the largest one. */
export function shadeOf(count: number, largest: number): number {
  return count <= 0 || largest <= 0 ? 0 : Math.min(SHADES, Math.ceil((SHADES * count) / largest));
}

/** The largest count of each shade, 1 to 5; fewer where the largest count is below five. */
function boundsOf(largest: number): number[] {
  const bounds = Array.from({ length: SHADES }, (_, index) => Math.floor((largest * (index + 1)) / SHADES));
  return bounds.filter((bound, index) => bound > (bounds[index - 1] ?? 0));
}

function span(hours: number[]): number[] {
  if (hours.length === 0) return [];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}
