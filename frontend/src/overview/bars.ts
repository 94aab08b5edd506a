// People and kinds of action for the chart of activity.
import type { Answer, Row } from '../api/types.ts';
import { largestFirst, leftOut, numberOf, textOf } from './figures.ts';

export const KINDS = ['outgoing_calls', 'taken_calls', 'emails_sent', 'messages_sent', 'meetings', 'demos', 'proposals', 'tasks_done'];
/** What nobody knows whose it is: drawn in no bar. */
export const UNDIRECTED = ['undirected_calls', 'undirected_emails', 'undirected_messages'];
export const SHOWN = 20;

/** The kinds that have data; those never loaded are not drawn. */
export function loadedKinds(answer: Answer): string[] {
  return KINDS.filter((kind) => leftOut(answer, kind) === null);
}

/** The kinds that were never loaded. */
export function missingKinds(answer: Answer): string[] {
  return KINDS.filter((kind) => leftOut(answer, kind) !== null);
}

/** What is in no bar since its direction is not known, and how much of it there is. */
export function undirected(answer: Answer): { name: string; count: number }[] {
  return UNDIRECTED.map((name) => ({ name, count: numberOf(answer.totals, name) ?? 0 })).filter((each) => each.count > 0);
}

/** Rows of those who did anything, the most active first. */
export function activeRows(answer: Answer): Row[] {
  const kinds = loadedKinds(answer);
  const total = (row: Row): number => kinds.reduce((sum, kind) => sum + (numberOf(row, kind) ?? 0), 0);
  const rows = answer.rows.filter((row) => total(row) > 0).map((row): Row => ({ ...row, activities: total(row) }));
  return largestFirst(rows, 'activities');
}

/** The kind whose part of the row's bar lies at a value of the axis: what is beyond the bar belongs to its last part. */
export function kindAt(row: Row, kinds: string[], value: number): string | null {
  const done = kinds.filter((kind) => (numberOf(row, kind) ?? 0) > 0);
  let end = 0;
  for (const kind of done) {
    end += numberOf(row, kind) ?? 0;
    if (value < end) return kind;
  }
  return done.at(-1) ?? null;
}

/** What each row's person is called: people of one name are told apart by their teams, of one team by their ids. */
export function namesOf(rows: Row[], nobody: string, teamOf: (id: string | null) => string | null): string[] {
  const names = rows.map((row) => textOf(row, 'employee') ?? nobody);
  const inTeams = apart(names, rows.map((row) => teamOf(textOf(row, 'employee_id'))));
  return apart(inTeams, rows.map((row) => textOf(row, 'employee_id')));
}

/** The names that stand more than once, each with its own addition in brackets. */
function apart(names: string[], additions: (string | null)[]): string[] {
  const isTwin = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
  return names.map((name, at) => (isTwin(name) && additions[at] ? `${name} (${additions[at]})` : name));
}
