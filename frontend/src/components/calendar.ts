// The days of a month as a sheet of weeks, and the day that a key leads to.

import { addDays } from '../state/url.ts';

/** The month's weeks from Monday to Sunday; null before its first and after its last day. `month` is "2026-11". */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: (string | null)[][] = [];
  for (let day = addDays(first, -lead); day.slice(0, 7) <= month; day = addDays(day, 7)) {
    const week = [0, 1, 2, 3, 4, 5, 6].map((at) => addDays(day, at));
    weeks.push(week.map((found) => (found.startsWith(month) ? found : null)));
  }
  return weeks;
}

/** The same day some months later; the last of the month where it has none: 31 January + 1 is 28 February. */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date ?? 1, last));
  return first.toISOString().slice(0, 10);
}

/** Where a key leads from a day, null for a key that leads nowhere. */
export function dayAfterKey(day: string, key: string): string | null {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday, End: 6 - weekday };
  const step = days[key];
  if (step !== undefined) return addDays(day, step);
  if (key === 'PageUp') return addMonths(day, -1);
  return key === 'PageDown' ? addMonths(day, 1) : null;
}
