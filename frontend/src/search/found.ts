// What is found, by kind, and where each of it leads.

import type { FoundThing } from '../api/types.ts';
import type { RecordsQuestion } from '../state/url.ts';

export const KINDS = ['employee', 'account', 'contact', 'deal', 'lead'] as const;
export type Group = { kind: FoundThing['kind']; found: FoundThing[] };
export type Leads = { to: 'person'; id: string } | { to: 'records'; question: RecordsQuestion } | { to: 'crm'; url: string } | { to: 'nowhere' };

/** What is found kind by kind, as the server ordered each. */
export function groupsOf(found: readonly FoundThing[]): Group[] {
  return KINDS.map((kind) => ({ kind, found: found.filter((each) => each.kind === kind) })).filter((group) => group.found.length);
}

/** Where something found leads: a person to their page, a record to the list it stands in, else to its own system. */
export function leadsTo(each: FoundThing): Leads {
  if (each.kind === 'employee') return { to: 'person', id: each.id };
  const [list] = each.lists;
  if (list) return { to: 'records', question: questionOf(each, list) };
  return each.open ? { to: 'crm', url: each.open } : { to: 'nowhere' };
}

/** The question of a list in which something stands. */
export function questionOf(each: FoundThing, list: FoundThing['lists'][number]): RecordsQuestion {
  const isClient = each.kind === 'account' || each.kind === 'contact';
  const { metric, where, from, to } = list;
  return { metric, where, from, to, ...(isClient && { title: each.title }) };
}
