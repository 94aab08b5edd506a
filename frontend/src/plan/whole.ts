// Whether what is added up is the whole company: somebody who sees a part of it, or a cut, is not told of the company.

import { address } from '../state/address.svelte.ts';
import { session } from '../state/session.svelte.ts';

export function isWholeCompany(): boolean {
  const { team, employee, channel } = address.filters;
  return session().user.reach === 'all' && team.length + employee.length + channel.length === 0;
}
