// What the page of the funnel asks, and the cases behind each of its numbers.

import type { Row } from '../api/types.ts';
import { daysOf, type Filters, type RecordsQuestion, type ViewName, viewQuery } from '../state/url.ts';

/** What the page asks beside the filters. */
export const ASKS: readonly ViewName[] = ['pipeline', 'entity', 'step', 'sequence', 'window', 'by'];

/** Which cases of a step: all who reached it, or what became of them. */
export type Behind = 'reached' | 'went_on' | 'dropped' | 'lost' | 'open' | 'went_round';
export type Which = {
  place: number;
  behind?: Behind;
  /** Lost for this reason; null where none is named. */
  reason?: string | null;
  /** Of this group of the cut; null where it is not given. */
  group?: string | null;
  /** Begun in this month only, within the days until `to`. */
  month?: { month: string; to: string };
};

/** The columns of a step and the cases that they count; money is that of the same cases. */
const OF_COLUMN: Record<string, Behind> = {
  cases: 'reached', money: 'reached',
  went_on: 'went_on', went_on_money: 'went_on',
  lost: 'lost', lost_money: 'lost',
  open: 'open', open_money: 'open',
  went_round: 'went_round', went_round_money: 'went_round',
};

/** The address that answers the page. */
export function funnelAddress(filters: Filters, today: string): string {
  return `/api/funnel?${funnelQuery(filters, today)}`;
}

/** The query of the page, of its months and of its files. */
export function funnelQuery(filters: Filters, today: string): string {
  return viewQuery(filters, today, ASKS);
}

/** The cases behind a number of the page as the drawer asks for them. */
export function casesOf(filters: Filters, today: string, which: Which): NonNullable<RecordsQuestion['cases']> {
  const { month } = which;
  const days = month ? monthOf(month) : daysOf(filters.period, today);
  const query = new URLSearchParams(funnelQuery({ ...filters, period: days }, today));
  query.set('place', String(which.place));
  query.set('behind', which.behind ?? 'reached');
  if (which.reason !== undefined) query.set('reason', which.reason ?? '');
  if (which.group !== undefined) query.set('group', which.group ?? '');
  return { of: 'funnel', query: query.toString() };
}

function monthOf({ month, to }: NonNullable<Which['month']>) {
  const days = daysOf('this_month', `${month}-01`);
  return { from: days.from, to: days.to < to ? days.to : to };
}

/** Which cases a column of a step's row counts; null for a share, a time and what was before. */
export function behindOf(row: Row | null, column: string): Which | null {
  const place = row?.['place'];
  const behind = OF_COLUMN[column];
  return typeof place === 'number' && behind ? { place, behind } : null;
}

/** Which cases a column of a group's or a month's row counts: those who began, those who got to the end. */
export function reachedOf(column: string, last: number): number | null {
  if (column === 'cases' || column === 'money') return 0;
  if (column.startsWith('finished')) return last;
  const at = /^(?:step|overall)_(\d+)$/.exec(column)?.[1];
  return at === undefined ? null : Number(at);
}

/** The steps after one was chosen or left: in the order in which they are offered as long as they stood so. */
export function stepsAfter(before: string[], chosen: string[], offered: string[]): string[] {
  const place = (step: string) => offered.indexOf(step);
  const stood = before.every((step, at) => at === 0 || place(before[at - 1] ?? '') < place(step));
  return stood ? chosen.toSorted((one, other) => place(one) - place(other)) : chosen;
}

/** The steps with one of them a place earlier (-1) or later (1). */
export function moved(steps: string[], at: number, by: -1 | 1): string[] {
  const [one, other] = [steps[at], steps[at + by]];
  return one === undefined || other === undefined ? steps : steps.with(at, other).with(at + by, one);
}
