// What the page asks of the server, and the cases behind each of its figures.

import { type Filters, type RecordsQuestion, type ViewName, viewQuery } from '../state/url.ts';

/** What is asked beside the filters; clock and detail change the drawing only. */
export const ASKED: readonly ViewName[] = ['pipeline', 'entity', 'axis', 'events'];
/** What is asked of another process: it has no period, no people, no channels. */
const OF_LOG: readonly ViewName[] = ['log', 'model', 'exits', 'may_stop', 'window'];

/** Which of the cases: nothing means all. */
export type Behind = { step?: string; source?: string; target?: string; way?: string[]; deviation?: string; as_meant?: boolean; stuck?: string; untold?: boolean } & OfCut & OfHands & OfStop;
/** Of one side of two cuts compared. */
type OfCut = { against?: string; whom?: string; side?: 'one' | 'other' };
/** Of hand-overs. */
type OfHands = { which?: 'handed' | 'late' | 'emptied' | 'taskless' | 'now' | 'stuck'; giver?: string; taker?: string; by?: string; within?: number };

/** Of a step of another process' funnel: who came to it, or no further. */
type OfStop = { stop?: 'reached' | 'dropped'; place?: number };

/** The source whose process is looked at in place of the company's own cases; null for these. */
export const logOf = ({ view }: Pick<Filters, 'view'>): string | null => view.log?.[0] ?? null;

/** The query of the page for the filters as seen on `today`, at the address of `pathAddress`. */
export function pathQuery(filters: Filters, today: string): string {
  if (logOf(filters) === null) return viewQuery(filters, today, ASKED);
  return new URLSearchParams(OF_LOG.flatMap((name) => (filters.view[name] ?? []).map((value) => [name, value]))).toString();
}

/** The address that answers the page: of the company's own cases, or of another process. */
export function pathAddress(filters: Filters, today: string): string {
  return `/api/path${logOf(filters) === null ? '' : '/log'}?${pathQuery(filters, today)}`;
}

/** The address of one of the page's tables as a file, without its ending; `query` is that of the part. */
export function fileOf(table: string, query: string): { address: string; query: string } {
  const isOfLog = new URLSearchParams(query).has('log');
  return { address: isOfLog ? '/api/path/log/table' : '/api/path/table', query: `${query}&table=${table}` };
}

/** The cases behind a part of the page at hand, for the drawer. */
export function casesOf(filters: Filters, today: string, part: Behind): NonNullable<RecordsQuestion['cases']> {
  const query = new URLSearchParams(pathQuery(filters, today));
  for (const [name, value] of Object.entries(part)) for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  return { of: logOf(filters) === null ? 'path' : 'path/log', query: query.toString() };
}
