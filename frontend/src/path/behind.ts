// What the page asks of the server, and the cases behind each of its figures.

import { type Filters, type RecordsQuestion, type ViewName, viewQuery } from '../state/url.ts';

/** What is asked beside the filters; clock and detail change the drawing only. */
export const ASKED: readonly ViewName[] = ['pipeline', 'entity', 'axis', 'events'];

/** Which of the cases: nothing means all. */
export type Behind = { step?: string; source?: string; target?: string; way?: string[]; deviation?: string; as_meant?: boolean; stuck?: string; untold?: boolean } & OfCut & OfHands;
/** Of one side of two cuts compared. */
type OfCut = { against?: string; whom?: string; side?: 'one' | 'other' };
/** Of hand-overs. */
type OfHands = { which?: 'handed' | 'late' | 'emptied' | 'taskless' | 'now' | 'stuck'; giver?: string; taker?: string; by?: string; within?: number };

/** The query of /api/path for the filters as seen on `today`. */
export function pathQuery(filters: Filters, today: string): string {
  return viewQuery(filters, today, ASKED);
}

/** The address of one of the page's tables as a file, without its ending; `query` is that of the part. */
export function fileOf(table: string, query: string): { address: string; query: string } {
  return { address: '/api/path/table', query: `${query}&table=${table}` };
}

/** The cases behind a part of the page at hand, for the drawer. */
export function casesOf(filters: Filters, today: string, part: Behind): NonNullable<RecordsQuestion['cases']> {
  const query = new URLSearchParams(pathQuery(filters, today));
  for (const [name, value] of Object.entries(part)) for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  return { of: 'path', query: query.toString() };
}
