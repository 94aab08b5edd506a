// What is expected beside what is measured, and what a form for it holds: no words, no server.

import type { components } from '../api/schema.d.ts';

export type Workshop = components['schemas']['WorkshopShown'];
export type Hypothesis = components['schemas']['HypothesisShown'];
export type Given = components['schemas']['HypothesisGiven'];
export type Kind = Given['kind'];
export type Offered = components['schemas']['OfferedShown'];

export const KINDS: readonly Kind[] = ['time', 'reach', 'return', 'skip'];
const WHOLE = 100;
const AIR = 1.15;

/** Where things lie on a line from nought to 100. A measured value without an upper limit reaches to its end. */
export type Line = { from: number; to: number; at: number; limit: number };

export function line(kind: Kind, found: { value: number | null; low: number | null; high: number | null } | null, limit: number): Line | null {
  if (!found || found.value === null) return null;
  const { value, low, high } = found;
  const farthest = Math.max(high ?? 0, value, limit, low ?? 0) * AIR || 1;
  const whole = kind === 'time' ? farthest : Math.min(farthest, WHOLE);
  const place = (amount: number) => Math.min((WHOLE * amount) / whole, WHOLE);
  const isBare = low === null && high === null;
  return { from: place(low ?? value), to: isBare ? place(value) : high === null ? WHOLE : place(high), at: place(value), limit: place(limit) };
}

const HOUR = 3600;
const DAY = 24 * HOUR;
export type Unit = 'hours' | 'days';

/** What stands in the form: numbers as they are typed. */
export type Form = Omit<Given, 'value' | 'channel' | 'first' | 'last' | 'team'> & { amount: number | null; unit: Unit; channel: string; first: string; last: string; team: string };

const USUAL: Record<Kind, { bound: Given['bound']; amount: number }> = {
  time: { bound: 'most', amount: 2 },
  reach: { bound: 'least', amount: 60 },
  return: { bound: 'most', amount: 10 },
  skip: { bound: 'most', amount: 5 },
};

/** The form of a kind, with what was chosen of steps and cases kept. */
export function formOf(kind: Kind, kept: Partial<Form>, steps: readonly Offered[]): Form {
  const offered = stepsOf(kind, steps).map((step) => step.key);
  const has = (key: string | undefined): key is string => key !== undefined && offered.includes(key);
  const step = has(kept.step) ? kept.step : (offered[0] ?? '');
  const to = kind === 'skip' ? '' : has(kept.to) ? kept.to : (offered[offered.indexOf(step) + 1] ?? offered[0] ?? '');
  return {
    kind,
    step,
    to,
    ...USUAL[kind],
    unit: 'days',
    clock: 'calendar',
    pipeline: kept.pipeline ?? '',
    entity: kept.entity ?? 'journey',
    axis: kept.axis ?? 'created',
    first: kept.first ?? '',
    last: kept.last ?? '',
    team: kept.team ?? '',
    channel: kept.channel ?? '',
    why: kept.why ?? '',
  };
}

/** The steps that a hypothesis of a kind may name: only stages are skipped. */
export function stepsOf(kind: Kind, steps: readonly Offered[]): readonly Offered[] {
  const stages = steps.filter((step) => step.is_stage);
  return kind === 'skip' ? stages : [...stages, ...steps.filter((step) => !step.is_stage)];
}

/** What the server is given; a day of working time is no day of 24 hours, so it is counted in hours. */
export function given(form: Form): Given {
  const { amount, unit, channel, first, last, team, ...more } = form;
  const isTime = form.kind === 'time';
  const value = isTime ? (amount ?? 0) * (unit === 'days' && form.clock === 'calendar' ? DAY : HOUR) : (amount ?? 0);
  return { ...more, clock: isTime ? form.clock : 'calendar', value, channel: channel ? [channel] : [], first: first || null, last: last || null, team: team || null };
}
