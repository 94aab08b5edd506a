// The addresses of saved views, and what of an address is kept in one.

import { type Filters, writeFilters } from '../state/url.ts';

/** The number of the saved view that a path leads to; null for any other path. */
export function viewOf(path: string): number | null {
  const found = /^\/view\/(\d{1,15})$/.exec(path);
  return found ? Number(found[1]) : null;
}

export function viewPath(id: number): string {
  return `/view/${id}`;
}

/** What is kept of the page one is on: its language is whoever opens it. */
export function keptOf(path: string, filters: Filters): string {
  return path + writeFilters({ ...filters, lang: null });
}
