// Numbers, days and times as people write them, by language. Unknown is a dash.

import type { Language } from './state/url.ts';

export const UNKNOWN = '—';
const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };
const NUMBERS: Record<Language, string> = { ru: 'ru-RU', en: 'en-US' }; // British compact millions are "m", read as metres
const POINTS: Record<Language, string> = { ru: 'п.\u00a0п.', en: 'pts' };
const [THIN, SPACE] = ['\u202f', '\u00a0']; // between thousands, and before a unit; neither breaks a line

export type NumberStyle = { compact?: boolean; signed?: boolean };
const BETWEEN_DIGITS = /(?<=\d)\s(?=\d)/g;
const MIDNIGHT = /T00:00(:00(\.0+)?)?$/;
const YEAR_SIGN = /\sг\./g; // "2026 г.": needless beside a month
const FINER: Record<string, { unit: string; times: number }> = {
  day: { unit: 'hour', times: 24 },
  hour: { unit: 'minute', times: 60 },
  minute: { unit: 'second', times: 60 },
};
const VANISHES = 0.05; // rounded to a tenth it is nought
type Known = number | string | boolean | null | undefined;

function asNumber(value: Known): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const utc = (text: string): Date => new Date(`${text.length > 10 ? text : `${text}T00:00:00`}Z`);

/** A text whose percent sign and "п. п." stay with what is before them: a line ends behind them, never within. */
export function unbroken(text: string): string {
  return text.replace(/(?<=\S) (?=%)/g, '\u00a0').replaceAll('п. п.', 'п.\u00a0п.');
}

/** Formats of one language and one currency; all of them take `null` for unknown. */
export class Format {
  readonly lang: Language;
  readonly currency: string;
  readonly locale: string;
  #made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  constructor(lang: Language, currency = 'RUB') {
    this.lang = lang;
    this.currency = currency;
    this.locale = LOCALES[lang];
  }

  #number(options: Intl.NumberFormatOptions, style: NumberStyle, value: number): string {
    const all: Intl.NumberFormatOptions = { ...options, signDisplay: style.signed ? 'exceptZero' : 'negative' };
    const key = JSON.stringify(all);
    const made = this.#made.get(key) ?? new Intl.NumberFormat(NUMBERS[this.lang], all);
    this.#made.set(key, made);
    return (made as Intl.NumberFormat).format(value).replace(/\s/g, SPACE).replace(BETWEEN_DIGITS, THIN).replace(/-/g, '−');
  }

  #date(options: Intl.DateTimeFormatOptions, value: Date): string {
    const key = `date ${JSON.stringify(options)}`;
    const made = this.#made.get(key) ?? new Intl.DateTimeFormat(this.locale, { timeZone: 'UTC', ...options });
    this.#made.set(key, made);
    return (made as Intl.DateTimeFormat).format(value).replace(YEAR_SIGN, '');
  }

  /** A value in its unit: count, money, percent, hours, minutes, working minutes, seconds, days, ratio, amount (12,50, but 12). */
  number(value: Known, unit = 'count', style: NumberStyle = {}): string {
    const known = asNumber(value);
    if (known === null) return UNKNOWN;
    if (unit === 'money') return this.money(known, style);
    if (unit === 'percent') return this.percent(known, style);
    if (unit === 'amount') return this.#number({ minimumFractionDigits: Number.isInteger(known) ? 0 : 2, maximumFractionDigits: 2 }, style, known);
    if (unit === 'ratio') return this.#number({ maximumFractionDigits: 2 }, style, known);
    const measure = { hours: 'hour', minutes: 'minute', 'working minutes': 'minute', seconds: 'second', days: 'day' }[unit];
    if (measure) return this.#measure(known, measure, style);
    return this.#plain(known, style);
  }

  #plain(value: number, style: NumberStyle): string {
    if (style.compact && Math.abs(value) >= 1e6)
      return this.#number({ notation: 'compact', maximumFractionDigits: 1 }, style, value);
    return this.#number({ maximumFractionDigits: 1 }, style, value);
  }

  /** A length that its unit would show as nought is told in one that has something to tell: 0.002 days are "2,9 мин". */
  #measure(value: number, unit: string, style: NumberStyle, least = VANISHES): string {
    const finer = FINER[unit];
    if (finer && value !== 0 && Math.abs(value) < least) return this.#measure(value * finer.times, finer.unit, style, 1);
    const digits = Math.abs(value) < 100 ? 1 : 0;
    const unitDisplay = unit === 'hour' ? 'narrow' : 'short';
    return this.#number({ style: 'unit', unit, unitDisplay, maximumFractionDigits: digits }, style, value);
  }

  /** Percent are 0-100: 91.6 is "91,6 %". Whole from 100 on, and where `compact`. */
  percent(value: Known, style: NumberStyle = {}): string {
    const known = asNumber(value);
    if (known === null) return UNKNOWN;
    const digits = style.compact || Math.abs(known) >= 100 ? 0 : 1;
    return this.#number({ style: 'percent', maximumFractionDigits: digits }, style, known / 100);
  }

  /** A difference of percents: "+3,2 п. п.". */
  points(value: Known, style: NumberStyle = {}): string {
    const known = asNumber(value);
    return known === null ? UNKNOWN : `${this.#number({ maximumFractionDigits: 1 }, style, known)}${SPACE}${POINTS[this.lang]}`;
  }

  /** Money of the company's currency; compact from a hundred thousand on: "12,3 млн ₽". */
  money(value: Known, style: NumberStyle = {}): string {
    const known = asNumber(value);
    if (known === null) return UNKNOWN;
    const options: Intl.NumberFormatOptions = {
      style: 'currency',
      currency: this.currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 0,
    };
    if (style.compact && Math.abs(known) >= 1e5)
      Object.assign(options, { notation: 'compact', maximumFractionDigits: Math.abs(known) >= 1e6 ? 1 : 0 });
    return this.#number(options, style, known);
  }

  hours(value: Known, style: NumberStyle = {}): string {
    return this.number(value, 'hours', style);
  }

  minutes(value: Known, style: NumberStyle = {}): string {
    return this.number(value, 'minutes', style);
  }

  /** Seconds as people say them: "45 с", "12 мин", "3 ч 20 мин". */
  duration(seconds: Known): string {
    const known = asNumber(seconds);
    if (known === null) return UNKNOWN;
    if (known < 60) return this.#measure(Math.round(known), 'second', {});
    const minutes = Math.round(known / 60);
    if (minutes < 60) return this.#measure(minutes, 'minute', {});
    const hours = this.#measure(Math.floor(minutes / 60), 'hour', {});
    return minutes % 60 ? `${hours}\u00a0${this.#measure(minutes % 60, 'minute', {})}` : hours;
  }

  /** A length of time to the second, as clocks of calls show it: "1:46", "1:48:36". */
  length(seconds: Known): string {
    const known = asNumber(seconds);
    if (known === null) return UNKNOWN;
    const whole = Math.round(Math.abs(known));
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].slice(whole < 3600 ? 1 : 0);
    const written = parts.map((part, place) => (place ? String(part).padStart(2, '0') : String(part))).join(':');
    return known < 0 ? `−${written}` : written;
  }

  /** "20 нояб.", with `year` "20 нояб. 2026", with `weekday` "пт, 20 нояб.". */
  day(iso: string | null | undefined, style: { year?: boolean; weekday?: boolean; long?: boolean } = {}): string {
    if (!iso) return UNKNOWN;
    const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: style.long ? 'long' : 'short' };
    if (style.year) options.year = 'numeric';
    if (style.weekday) options.weekday = style.long ? 'long' : 'short';
    return this.#date(options, utc(iso.slice(0, 10)));
  }

  /** Both days inside, without saying the same month or year twice: "1–30 нояб. 2026", `year: false` "1–30 нояб.". */
  span(from: string, to: string, { year = true }: { year?: boolean } = {}): string {
    if (from === to) return this.day(from, { year });
    const key = `span ${year}`;
    const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'short' };
    if (year) options.year = 'numeric';
    const made = (this.#made.get(key) ?? new Intl.DateTimeFormat(this.locale, options)) as Intl.DateTimeFormat;
    this.#made.set(key, made);
    return made.formatRange(utc(from), utc(to)).replace(YEAR_SIGN, '').replace(/(?<=\d)\s–\s(?=\d)/, '–');
  }

  /** "2026-11" (or a day of that month) as "ноябрь 2026", `short` as "нояб. 2026". */
  month(iso: string | null | undefined, style: { short?: boolean; year?: boolean } = {}): string {
    if (!iso) return UNKNOWN;
    const options: Intl.DateTimeFormatOptions = { month: style.short ? 'short' : 'long' };
    if (style.year ?? true) options.year = 'numeric';
    return this.#date(options, utc(`${iso.slice(0, 7)}-01`));
  }

  /** Weekday 1 (Monday) to 7 (Sunday): "пн", `long` "понедельник". */
  weekday(number: number, style: { long?: boolean } = {}): string {
    return this.#date({ weekday: style.long ? 'long' : 'short' }, new Date(Date.UTC(2024, 0, number)));
  }

  /** "20 нояб., 10:05" of a local time without an offset; midnight sharp is a day that came without a time. */
  dateTime(iso: string | null | undefined, style: { year?: boolean } = {}): string {
    if (!iso) return UNKNOWN;
    if (iso.length <= 10 || MIDNIGHT.test(iso)) return this.day(iso, style);
    const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
    if (style.year) options.year = 'numeric';
    return this.#date(options, utc(iso.slice(0, 19)));
  }

  /** A day or time, with its year where that is not the year of `today`: "31 дек. 2017". */
  moment(iso: string | null | undefined, today: string): string {
    return this.dateTime(iso, { year: (iso ?? today).slice(0, 4) !== today.slice(0, 4) });
  }

  /** A name with its number's form, chosen from forms by Intl.PluralRules: plural(5, {one, few, many, other}). */
  plural<T>(count: number, forms: Partial<Record<Intl.LDMLPluralRule, T>> & { other: T }): T {
    return forms[new Intl.PluralRules(this.locale).select(count)] ?? forms.other;
  }
}
