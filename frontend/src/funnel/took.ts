// How long a step takes, in words: the two largest units that say something.

import type { Value } from '../api/types.ts';
import type { Format } from '../format.ts';

const UNITS: [unit: 'day' | 'hour' | 'minute', minutes: number][] = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
];

/** Hours as people say them: "2 дн. 3 ч", "45 мин", "меньше минуты" is "0 мин". */
export function took(hours: Value, format: Format): string {
  if (typeof hours !== 'number') return format.number(null);
  const minutes = Math.round(Math.abs(hours) * 60);
  const at = UNITS.findIndex(([, size]) => minutes >= size);
  const first = UNITS[at === -1 ? UNITS.length - 1 : at] ?? ['minute', 1];
  const second = UNITS[UNITS.indexOf(first) + 1];
  const whole = second ? Math.round(minutes / second[1]) * second[1] : minutes;
  const major = said(Math.floor(whole / first[1]), first[0], format);
  const rest = second ? (whole % first[1]) / second[1] : 0;
  return (hours < 0 ? '−' : '') + (second && rest ? `${major}\u00a0${said(rest, second[0], format)}` : major);
}

function said(count: number, unit: string, format: Format): string {
  return new Intl.NumberFormat(format.locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count).replace(' ', '\u00a0');
}
