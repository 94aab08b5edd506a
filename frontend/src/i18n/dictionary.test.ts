import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'svelte/compiler';
import { Format } from '../format.ts';
import { codeWord, DICTIONARY, translate } from './dictionary.ts';

for (const words of globSync('*.words.ts', { cwd: import.meta.dirname })) await import(`./${words}`);

const SRC = join(import.meta.dirname, '..');
const FORMS = { ru: ['one', 'few', 'many', 'other'], en: ['one', 'other'] } as const;
const sources = globSync('**/*.{ts,svelte}', { cwd: SRC }).filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'));
const text = sources.map((path) => readFileSync(join(SRC, path), 'utf-8')).join('\n');
const base = (key: string) => key.replace(/#\w+$/, '');
const keys = (lang: 'ru' | 'en') => [...new Set(Object.keys(DICTIONARY[lang]).map(base))].sort();
const holes = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();

test('both languages have the same keys', () => assert.deepEqual(keys('ru'), keys('en')));

test('a key with forms has every form of its language', () => {
  for (const lang of ['ru', 'en'] as const) {
    const counted = Object.keys(DICTIONARY[lang]).filter((key) => key.includes('#'));
    for (const key of new Set(counted.map(base)))
      assert.deepEqual(FORMS[lang].filter((form) => !DICTIONARY[lang][`${key}#${form}`]), [], `${lang}: ${key}`);
  }
});

test('a sentence has the same parameters in both languages', () => {
  for (const [key, sentence] of Object.entries(DICTIONARY.en)) {
    const russian = DICTIONARY.ru[key];
    if (russian !== undefined) assert.deepEqual(holes(russian), holes(sentence), key);
  }
});

test('no sentence is empty', () => {
  for (const lang of ['ru', 'en'] as const) assert.deepEqual(Object.entries(DICTIONARY[lang]).filter(([, sentence]) => !sentence.trim()), []);
});

test('every key is used, by its name or by the beginning that a template gives', () => {
  const beginnings = [...text.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{/g)].map((found) => found[1] ?? '');
  const unused = keys('ru').filter((key) => !text.includes(`'${key}'`) && !beginnings.some((start) => key.startsWith(start)));
  assert.deepEqual(unused, []);
});

test('every key that is asked for exists', () => {
  const asked = [...text.matchAll(/(?:\bt\(|\btranslate\(\w+,)\s*'([^']+)'/g)].map((found) => found[1] ?? '');
  const known = new Set(keys('ru'));
  assert.deepEqual([...new Set(asked)].filter((key) => !known.has(key)), []);
});

type Node = { type: string; [name: string]: unknown };
const SAID = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label']);
const LETTERS = /\p{L}{2,}/u;

function literals(node: unknown, found: string[]): string[] {
  if (Array.isArray(node)) for (const part of node) literals(part, found);
  else if (node !== null && typeof node === 'object') {
    const known = node as Node;
    if (known.type === 'Text' && typeof known['data'] === 'string' && LETTERS.test(known['data'])) found.push(known['data'].trim());
    if (known.type === 'Attribute') {
      if (SAID.has(String(known['name']))) literals(known['value'], found);
      return found;
    }
    if (known.type === 'StyleDirective') return found;
    for (const [name, part] of Object.entries(known)) if (name !== 'type') literals(part, found);
  }
  return found;
}

test('no page holds words of its own: all stand in the dictionaries', () => {
  const wrong = sources
    .filter((path) => path.endsWith('.svelte'))
    .flatMap((path) => literals(parse(readFileSync(join(SRC, path), 'utf-8'), { modern: true }).fragment, []).map((said) => `${path}: ${said}`));
  assert.deepEqual(wrong, []);
});

test('no source but the dictionaries holds Russian', () => {
  const wrong = sources.filter((path) => /[а-яё]/i.test(readFileSync(join(SRC, path), 'utf-8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '').replace(/\/\*\*.*?\*\//g, '')));
  assert.deepEqual(wrong.filter((path) => path !== 'format.ts'), []);
});

test('a number chooses the form and is written in the language', () => {
  const ru = new Format('ru');
  assert.equal(translate(ru, 'records.count', { count: 1 }), '1 запись');
  assert.equal(translate(ru, 'records.count', { count: 22 }), '22 записи');
  assert.equal(translate(ru, 'records.count', { count: 11 }), '11 записей');
  assert.equal(translate(ru, 'records.count', { count: 1234 }).replace(/\s/g, ' '), '1 234 записи');
  assert.equal(translate(new Format('en'), 'records.count', { count: 1 }), '1 record');
});

test('a code is said in the words of its entity, a text of the source stays', () => {
  assert.equal(codeWord('ru', 'outcome', 'won', 'lead'), 'стал сделкой');
  assert.equal(codeWord('en', 'outcome', 'won', 'lead'), 'became a deal');
  assert.equal(codeWord('ru', 'outcome', 'won', 'deal'), 'продажа');
  assert.equal(codeWord('ru', 'outcome', 'lost', 'lead'), 'отказ');
  assert.equal(codeWord('ru', 'stage', 'won', 'lead'), 'won');
});

test('an unknown key is shown, an unknown value is a dash', () => {
  assert.equal(translate(new Format('en'), 'no.such.key'), 'no.such.key');
  assert.equal(translate(new Format('en'), 'fresh.at', { time: null }), 'Data as of —');
});
