// Times and differences of a path in words.

import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import type { Deviation, Difference } from './shapes.ts';

const [HOUR, DAY] = [3600, 86_400];
const SAID_IN_DAYS = 2 * DAY;

/** A span as short as people say it: "10 мин", "5 ч", "20,8 дн."; working time goes on in hours. */
export function spanText(seconds: number | null | undefined, format: Format, clock: 'calendar' | 'working' = 'calendar'): string {
  if (seconds === null || seconds === undefined) return format.number(null);
  if (seconds < HOUR) return format.minutes(Math.round(seconds / 60));
  if (clock === 'working' || seconds < SAID_IN_DAYS) return format.hours(seconds < 10 * HOUR ? Math.round(seconds / HOUR * 10) / 10 : Math.round(seconds / HOUR));
  const days = seconds / DAY;
  return format.number(days < 10 ? Math.round(days * 10) / 10 : Math.round(days), 'days');
}

type Sign = 'more' | 'less' | 'same' | null;

/** Whether a difference is beyond chance, and which way; null where it is not known. */
export function signOf(difference: Difference | null): Sign {
  if (!difference) return null;
  if (!difference.differs) return 'same';
  return difference.value > 0 ? 'more' : 'less';
}

/** What goes together with a deviation, in one or two sentences: time and win rate of cases with it against the others. */
export function effectText(of: Deviation, format: Format): string {
  const days = (value: number | null) => format.number(value === null ? null : Math.abs(value), 'days');
  const points = (value: number | null) => format.points(value === null ? null : Math.abs(value));
  const said = (name: 'days' | 'win_rate', write: (value: number | null) => string) => {
    const difference = of[name];
    const sign = signOf(difference);
    if (!difference || sign === null) return null;
    const ends = [difference.low, difference.high].toSorted((one, other) => Math.abs(one ?? 0) - Math.abs(other ?? 0));
    return translate(format, `path.effect.${name}.${sign}`, { value: write(difference.value), low: write(ends[0] ?? null), high: write(ends[1] ?? null) });
  };
  return [said('days', days), said('win_rate', points)].filter((text) => text !== null).join('; ');
}
