// Whether a page can be narrowed to some people: there are others to leave out, and they are not left out already.
import { address } from '../state/address.svelte.ts';
import { session } from '../state/session.svelte.ts';

/** Say so of people by id. */
export function narrows(ids: readonly string[]): boolean {
  const shown = address.filters.employee;
  const isShown = ids.length === shown.length && ids.every((id) => shown.includes(id));
  return ids.length > 0 && !isShown && session().filters.employees.length > 1;
}
