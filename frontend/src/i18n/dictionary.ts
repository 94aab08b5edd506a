// The words of the pages: flat keys in ru.json and en.json (the shell) and in <page>.ru.json and <page>.en.json.
// The shell's and the first page's are always at hand; another page's words come with it (<page>.words.ts).

import { Format, unbroken } from '../format.ts';
import type { Language } from '../state/url.ts';
import en from './en.json' with { type: 'json' };
import overviewEn from './overview.en.json' with { type: 'json' };
import overviewRu from './overview.ru.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

export const DICTIONARY: Record<Language, Record<string, string>> = {
  ru: { ...ru, ...overviewRu },
  en: { ...en, ...overviewEn },
};

/** Take the words of a page that was fetched. */
export function learn(words: Record<Language, Record<string, string>>): void {
  Object.assign(DICTIONARY.ru, words.ru);
  Object.assign(DICTIONARY.en, words.en);
}

export type Params = Record<string, string | number | null | undefined>;

/**
 * The word for a code of the model ("won", "in"): that of the entity where it has one of its own (a lead that is won
 * became a deal), else that of the column. What is no such code is a text of the source and stays as it is.
 */
export function codeWord(lang: Language, column: string, value: string, entity = ''): string {
  const words = DICTIONARY[lang];
  return words[`value.${entity}.${column}.${value}`] ?? words[`value.${column}.${value}`] ?? value;
}

/**
 * The sentence of a key, `{name}` replaced by the parameter (numbers in the language's own writing).
 *
 * Where the key has forms ("calls#one", "calls#few", "calls#many", "calls#other") `count` chooses among them.
 * An unknown key is shown as it is: seen at once, and nothing else breaks.
 */
export function translate(format: Format, key: string, params: Params = {}): string {
  const words = DICTIONARY[format.lang];
  let text = words[key];
  if (text === undefined && typeof params['count'] === 'number') {
    const rule = new Intl.PluralRules(format.locale).select(params['count']);
    text = words[`${key}#${rule}`] ?? words[`${key}#other`];
  }
  if (text === undefined) return key;
  return unbroken(text).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? format.number(value) : (value ?? format.number(null));
  });
}
