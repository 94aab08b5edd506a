// What settings change in the figures: in words by the setting, and the figures that were counted before saving.

import type { Figure } from './stages.ts';

const EFFECTS: readonly [pattern: RegExp, key: string][] = [
  [/^calendar\./, 'calendar'],
  [/^time_zone$/, 'time_zone'],
  [/^currency$/, 'currency'],
  [/^temperature\.\w+_range$/, 'range'],
  [/^temperature\./, 'temperature'],
  [/^profile\./, 'profile'],
  [/^handover\./, 'handover'],
  [/^touches\./, 'touches'],
  [/^phones\./, 'phones'],
  [/^regulations\.stalled_days$/, 'stalled'],
  [/^regulations\./, 'regulations'],
  [/^ramp\./, 'ramp'],
  [/^quality\./, 'quality'],
  [/^variants\./, 'variants'],
  [/^(?:minutes|score)\./, 'score'],
  [/^roles\.\w+\.(?:metrics|result)$/, 'roles'],
];

/** The keys of the sentences that say which figures these settings change, each once; names and titles change none. */
export function effectsOf(names: readonly string[]): string[] {
  const found = names.map((name) => EFFECTS.find(([pattern]) => pattern.test(name))?.[1]);
  return [...new Set(found.filter((each) => each !== undefined))];
}

/** Whether a setting is one of those whose figures can be counted before it is saved. */
export function isCounted(name: string): boolean {
  return /^(?:calendar|variants)\./.test(name);
}

/** The difference of a figure, null where one side is unknown. */
export function differenceOf({ before, after }: Pick<Figure, 'before' | 'after'>): number | null {
  return before === null || after === null ? null : Math.round((after - before) * 1e6) / 1e6;
}
