// What is kept of one-to-ones, sorted for the page: what is agreed and open first, and the goals' measures.

import type { components } from '../api/schema.d.ts';
import type { Answer, Column } from '../api/types.ts';
import type { Format } from '../format.ts';

export type OneToOne = components['schemas']['OneToOneShown'];
export type Entry = OneToOne['entries'][number];
export type Goal = NonNullable<Entry['goal']>;
export type Held = components['schemas']['HeldShown'];
export type Mark = Entry['may'][number];
export type Kind = Entry['kind'];

/** The kinds that are written in the form, in its order; that a meeting was held has a button of its own. */
export const WRITTEN = ['agreement', 'note', 'goal'] as const;
export type Written = (typeof WRITTEN)[number];

/** The entries of a kind: agreements with what is open first, by their day due; all else as told, the newest first. */
export function entriesOf(kept: OneToOne, kind: Kind): Entry[] {
  const found = kept.entries.filter((entry) => entry.kind === kind);
  if (kind !== 'agreement') return found;
  const due = (entry: Entry) => entry.due_on ?? '9999-12-31';
  return found.sort((one, other) => Number(one.is_done) - Number(other.is_done) || due(one).localeCompare(due(other)) || other.id - one.id);
}

/** How a goal stands: reached, missed, still running, or unknown. */
export function standingOf(goal: Goal): 'met' | 'missed' | 'running' | 'holding' | 'unknown' {
  if (goal.is_met === null) return goal.is_over ? 'unknown' : 'running';
  if (goal.is_over) return goal.is_met ? 'met' : 'missed';
  if (!goal.is_met) return 'running';
  return goal.better === 'up' ? 'met' : 'holding'; // what is to stay low may grow yet
}

/** The metrics that a goal can be set by: those of the page's own figures of which more or less is better. */
export function goalMetrics(answer: Answer | undefined): Column[] {
  return (answer?.columns ?? []).filter((column) => column.kind === 'metric' && column.better !== null && answer?.ask.metrics.includes(column.name));
}

/** The figures of a goal in its unit. */
export function goalFigures(goal: Goal, format: Format): Record<'target' | 'before' | 'now', string> {
  const said = (value: number | null) => format.number(value, goal.unit);
  return { target: said(goal.target), before: said(goal.before), now: said(goal.now) };
}
