// What an address names that the visitor's company has not, or that they may not see.

import type { Session } from '../api/types.ts';
import type { Filters } from './url.ts';

export type Gone = { name: 'team' | 'employee' | 'channel'; ids: string[] };
type Offered = Pick<Session, 'filters'>;

const NAMES = ['team', 'employee', 'channel'] as const;

function known({ filters }: Offered): Record<Gone['name'], Set<string>> {
  const ids = (options: { id: string }[]) => new Set(options.map((option) => option.id));
  return { team: ids(filters.teams), employee: ids(filters.employees), channel: ids(filters.channels) };
}

/** The filters of an address whose values are not among those offered. Roles are told by the data of a page, not here. */
export function goneOf(filters: Filters, offered: Offered): Gone[] {
  const of = known(offered);
  return NAMES.map((name) => ({ name, ids: filters[name].filter((id) => !of[name].has(id)) })).filter(({ ids }) => ids.length);
}

/** The filters without what is gone. */
export function withoutGone(filters: Filters, gone: readonly Gone[]): Filters {
  const left = { ...filters };
  for (const { name, ids } of gone) left[name] = filters[name].filter((id) => !ids.includes(id));
  return left;
}
