// Values of settings: what of them was changed, and how they are said in a line.

import type { components } from '../api/schema.d.ts';
import type { Format } from '../format.ts';

export type Shown = components['schemas']['SettingsShown'];
export type Setting = components['schemas']['SettingShown'];
export type Draft = Readonly<Record<string, unknown>>;
export type Say = (key: string) => string;
type Chosen = { use: string; since: string | null };

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What is shown of a setting: as it is being changed, else as it is. `null` is the default. */
export function valueOf(setting: Setting, draft: Draft): unknown {
  if (!(setting.name in draft)) return setting.value ?? setting.usual;
  return draft[setting.name] ?? setting.usual;
}

/** A draft with one setting otherwise; what is as before, is no change. */
export function changed(draft: Draft, setting: Setting, value: unknown): Draft {
  const { [setting.name]: _before, ...others } = draft;
  const isAsBefore = value === null ? !setting.is_set : same(value, setting.value ?? setting.usual);
  return isAsBefore ? others : { ...others, [setting.name]: value };
}

/** The settings of a draft that still are, and still differ: others may have set them meanwhile. */
export function kept(draft: Draft, settings: readonly Setting[]): Draft {
  return settings.reduce<Draft>((found, each) => (each.name in draft ? changed(found, each, draft[each.name]) : found), {});
}

/** The part of a setting's name by which its words are found: roles have the same words, whatever their codes. */
export function wordOf(name: string): string {
  return name.replace(/^roles\.\w+\./, 'role.').replace(/^variants\..+$/, 'variant');
}

/** The role or metric that a setting is of, '' for none. */
export function groupOf(name: string): string {
  return /^(?:roles\.(\w+)\.|variants\.(.+)$)/.exec(name)?.slice(1).find(Boolean) ?? '';
}

/** The roles that there are, by what they are called. */
export function rolesOf(settings: readonly Setting[], lang: 'ru' | 'en'): { code: string; title: string }[] {
  return settings.filter((each) => each.name.endsWith(`.title.${lang}`)).map((each) => ({ code: groupOf(each.name), title: String(each.value ?? '') }));
}

/** The settings of a role that is added: what it is called, and the metrics of one that there is. */
export function newRole({ ru, en, like }: { ru: string; en: string; like: string }, settings: readonly Setting[]): Draft {
  const taken = new Set(settings.map((each) => groupOf(each.name)));
  const stem = en.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 30) || 'role';
  let code = stem;
  for (let n = 2; taken.has(code); n += 1) code = `${stem}_${n}`;
  const of = (key: string) => settings.find((each) => each.name === `roles.${like}.${key}`)?.value ?? null;
  const said = { 'title.ru': ru, 'title.en': en, metrics: of('metrics'), result: of('result') };
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [`roles.${code}.${key}`, value]));
}

/** Numbers written in a line, `25, 50 75`; null where one of them is none. */
export function numbersOf(text: string): number[] | null {
  const found = text.split(/[;,\s]+/).filter(Boolean).map(Number);
  return found.every(Number.isFinite) ? found : null;
}

/** A value in a line, '' where it says nothing. */
export function said(value: unknown, format: Format): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => said(each, format)).join(', ');
  if (typeof value === 'number') return format.number(value, 'ratio');
  if (typeof value === 'object') {
    const { use, since } = value as Chosen;
    return since ? `${use}, ${format.day(since, { year: true })}` : use;
  }
  return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? format.day(String(value), { year: true }) : String(value);
}
