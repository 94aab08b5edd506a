// A finding in words: its kind names the sentence in the page's dictionary, its values are written in their units.

import type { Finding, Value } from '../api/types.ts';
import type { Format } from '../format.ts';
import { DICTIONARY, type Params, translate } from '../i18n/dictionary.ts';
import type { Told } from '../overview/words.ts';

/** The units of values by their names; a number that is not named is a count and chooses the sentence's form. */
export type Units = Record<string, string>;

const FORMS = ['one', 'few', 'many', 'other'];

/** Whether the dictionary has a sentence, be it in forms. */
export function isTold(format: Format, key: string): boolean {
  const words = DICTIONARY[format.lang];
  return key in words || FORMS.some((form) => `${key}#${form}` in words);
}

/** Values as a sentence takes them: written in their units, counts as they are. */
export function written(values: Record<string, Value>, units: Units, format: Format): Params {
  const write = ([name, value]: [string, Value]): [string, string | number | null] => {
    const unit = units[name];
    if (unit && typeof value !== 'string') return [name, unit === 'day' ? format.number(null) : format.number(value, unit, { compact: true })];
    if (unit === 'day') return [name, format.day(String(value), { long: true })];
    return [name, typeof value === 'boolean' ? String(value) : value];
  };
  return Object.fromEntries(Object.entries(values).map(write));
}

/** What is told of a finding: `key` is its sentence's; `.more`, `.money` and `.method` follow where the dictionary has them. */
export function tellingOf(finding: Finding, key: string, units: Units, format: Format): Told | null {
  if (!isTold(format, key)) return null;
  const params = written(finding.values, units, format);
  const say = (ending: string): string | null => (isTold(format, key + ending) ? translate(format, key + ending, params) : null);
  const hasMoney = Object.entries(finding.values).some(([name, value]) => units[name] === 'money' && value !== null);
  return { text: translate(format, key, params), more: say('.more'), money: hasMoney ? say('.money') : null, method: say('.method') };
}
