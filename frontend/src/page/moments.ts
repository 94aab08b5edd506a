// What a day, a week or a month of an answer is called: shortly on an axis, in full where there is room.

import type { Format } from '../format.ts';
import { weekOf } from '../state/records.ts';

export type Moment = { short: string; long: string };

/** The names of a row's time; a week is called by its days. */
export function momentLabels(format: Format, grain: string, value: string): Moment {
  if (grain === 'day') return { short: format.day(value), long: format.day(value, { weekday: true, year: true }) };
  if (grain === 'month') return { short: format.month(value, { short: true }), long: format.month(value) };
  if (grain !== 'week') return { short: value, long: value };
  const days = weekOf(value);
  return days ? { short: format.day(days.from), long: format.span(days.from, days.to) } : { short: value, long: value };
}
