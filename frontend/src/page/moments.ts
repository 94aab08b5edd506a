// What a day, a week or a month of an answer is called: shortly on an axis, in full where there is room.

import type { Format } from '../format.ts';
import { recordsOf } from '../state/records.ts';

export type Moment = { short: string; long: string };

/** The names of a row's time; a week is called by its days. */
export function momentLabels(format: Format, grain: string, value: string): Moment {
  if (grain === 'day') return { short: format.day(value), long: format.day(value, { weekday: true, year: true }) };
  if (grain === 'month') return { short: format.month(value, { short: true }), long: format.month(value) };
  if (grain !== 'week') return { short: value, long: value };
  const { from, to } = recordsOf({ metric: '', ask: { metrics: [], by: ['week'], where: {}, from: null, to: null, compare: null } }, { week: value });
  return from && to ? { short: format.day(from), long: format.span(from, to) } : { short: value, long: value };
}
