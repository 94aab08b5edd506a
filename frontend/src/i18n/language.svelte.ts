// The language of this visit, and the words and formats that follow it wherever they are read.

import { askIn } from '../api/client.ts';
import type { Words } from '../api/types.ts';
import { Format, unbroken } from '../format.ts';
import type { Language } from '../state/url.ts';
import { codeWord, type Params, translate } from './dictionary.ts';

const KEPT = 'voronka.language';

function first(): Language {
  const wanted = new URLSearchParams(location.search).get('lang') ?? kept();
  if (wanted === 'ru' || wanted === 'en') return wanted;
  return navigator.language.startsWith('ru') ? 'ru' : 'en';
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage forbidden by the browser: the language holds for this page only
  }
}

class Speech {
  format = $state.raw(new Format(first()));

  get lang(): Language {
    return this.format.lang;
  }

  /** True where the visitor has chosen a language, in the address or before. */
  get isChosen(): boolean {
    return new URLSearchParams(location.search).has('lang') || kept() !== null;
  }

  constructor() {
    askIn(this.lang);
  }

  speak(lang: Language, keep = true): void {
    askIn(lang);
    if (lang !== this.lang) this.format = new Format(lang, this.format.currency);
    document.documentElement.lang = lang;
    if (!keep) return;
    try {
      localStorage.setItem(KEPT, lang);
    } catch {
      // the same as in kept()
    }
  }

  count(currency: string): void {
    if (currency !== this.format.currency) this.format = new Format(this.lang, currency);
  }
}

export const speech = new Speech();

/** The sentence of a key in the language of the visit. */
export function t(key: string, params: Params = {}): string {
  return translate(speech.format, key, params);
}

/** The word for a code of the model ("won", "in") in the language of the visit. */
export function coded(column: string, value: string, entity?: string): string {
  return codeWord(speech.lang, column, value, entity);
}

/** A title that came with the data, in the language of the visit. */
export function words(title: Words): string {
  return unbroken(title[speech.lang] || title.en);
}

/** Formats of the language of the visit. */
export function fmt(): Format {
  return speech.format;
}
