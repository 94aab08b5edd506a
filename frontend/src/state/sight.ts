// Whether somebody sees less than they think: who they are in the data is not known, or no team names them as its lead.

/** As whom somebody looks, and the people whom they see. */
type Seen = { user: { role: string; reach: string; employee_id: string | null }; data: { built_at: string | null }; filters: { employees: { id: string }[] } };

export type Sight = 'whole' | 'untied' | 'leads_none';

/** What is wrong with what somebody sees; before the first data there is nothing to see. */
export function sightOf({ user, data, filters }: Seen): Sight {
  if (data.built_at === null || user.reach === 'all' || user.role === 'screen') return 'whole';
  if (user.employee_id === null) return 'untied';
  const isAlone = filters.employees.every((each) => each.id === user.employee_id);
  return user.reach === 'team' && isAlone ? 'leads_none' : 'whole';
}
