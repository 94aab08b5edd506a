// A page's conclusion and findings in words, from their kinds and values; the sentences stand in the page's dictionary.

import type { Finding, Page } from '../api/types.ts';
import type { Format } from '../format.ts';
import { type Params, translate } from '../i18n/dictionary.ts';
import type { Told } from '../overview/words.ts';

type Value = Finding['values'][string];

const ENDS: [unit: 'money' | 'percent' | 'hours' | 'minutes' | 'seconds', names: RegExp][] = [
  ['money', /(^|_)(money|amount|revenue|plan|gap|spend|margin|cost|price|forecast|low|high|sum|difference)$/],
  ['percent', /(^|_)(percent|share|rate|pace|attainment|growth|conversion)$/],
  ['hours', /(^|_)hours$/],
  ['minutes', /(^|_)minutes$/],
  ['seconds', /(^|_)seconds$/],
];
/** From here on tenths of what is counted say nothing. */
const WHOLE = 100;
const TIME = /^\d{4}-\d{2}-\d{2}(T|$)/;

/** A value as it is said: money, percents and times by the end of its name; what is counted stays a number, so that it chooses the form. */
export function saidValue(name: string, value: Value, format: Format): string | number | null {
  if (typeof value === 'string') return TIME.test(value) ? format.dateTime(value, { year: true }) : value;
  const unit = ENDS.find(([, names]) => names.test(name))?.[0];
  if (value === null) return value;
  if (!unit) return Math.abs(value) >= WHOLE ? Math.round(value) : value;
  return unit === 'percent' ? format.percent(value) : format.number(value, unit, { compact: unit === 'money' });
}

/** Replaces a code among the values (a metric's name, a role) by its title. */
export type Titles = Record<string, (code: string) => string>;

/** The values of a finding as parameters of its sentence. */
export function paramsOf(finding: Finding, format: Format, titles: Titles = {}): Params {
  const said = ([name, value]: [string, Value]): [string, Params[string]] => {
    const title = titles[name];
    return [name, title && typeof value === 'string' ? title(value) : saidValue(name, value, format)];
  };
  return Object.fromEntries(Object.entries(finding.values).map(said));
}

/** The sentence of a key, null where the dictionaries have none. */
export function sentence(format: Format, key: string, params: Params): string | null {
  const text = translate(format, key, params);
  return text === key ? null : text;
}

/**
 * A finding for people, null for a kind without words: `key` is its sentence, `key.more` one more, `key.method` how its
 * price was reckoned: `money` among the values is an estimate, `amount` a sum.
 */
export function toldOf(finding: Finding, key: string, format: Format, titles: Titles = {}): Told | null {
  const params = paramsOf(finding, format, titles);
  const text = sentence(format, key, params);
  if (text === null) return null;
  const { money, amount } = finding.values;
  const price = typeof money === 'number' ? `≈ ${format.money(money, { compact: true })}` : typeof amount === 'number' ? format.money(amount, { compact: true }) : null;
  return { text, more: sentence(format, `${key}.more`, params), money: price, method: sentence(format, `${key}.method`, params) };
}

/** The title of a metric as the page's own columns have it, else as the catalogue of metrics does. */
export function titleIn(page: Pick<Page, 'blocks' | 'tables'>, name: string, lang: Format['lang'], of: (name: string) => { title: Record<Format['lang'], string> } | null | undefined): string {
  const columns = [...Object.values(page.blocks), ...Object.values(page.tables)].flatMap((block) => block.columns);
  return columns.find((column) => column.name === name)?.title[lang] ?? of(name)?.title[lang] ?? name;
}
