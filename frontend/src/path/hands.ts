// Who hands over to whom: what is asked, and the matrix and sentences of it.

import type { Session, Words } from '../api/types.ts';
import { type Filters, viewQuery } from '../state/url.ts';
import { ASKED } from './behind.ts';
import type { Hands, Joint } from './shapes.ts';

export const WITHIN = 9;
const LONGEST = 10_000;

export type Asked = { by: 'people' | 'roles'; within: number };

export function handsAsked({ view }: Pick<Filters, 'view'>): Asked {
  const hours = Number(view.within?.[0]);
  return { by: view.hands?.[0] === 'roles' ? 'roles' : 'people', within: hours > 0 && hours <= LONGEST ? hours : WITHIN };
}

/** The query of the hand-overs of the page at hand. */
export function handsQuery(filters: Filters, today: string): string {
  const query = new URLSearchParams(viewQuery(filters, today, ASKED));
  const { by, within } = handsAsked(filters);
  query.set('by', by);
  query.set('within', String(within));
  return query.toString();
}

/** What a role is called: by its title, one that the settings do not know by its code; null for no role. */
export function roleOf(code: string, roles: Pick<Session['roles'][number], 'code' | 'title'>[]): Words | null {
  const role = roles.find((known) => known.code === code);
  return code ? { ru: role?.title['ru'] || code, en: role?.title['en'] || code } : null;
}

/** Who stands for nobody known in an address. */
export const idOf = (key: string): string => key || '-';

export type Matrix = { givers: string[]; takers: string[]; cells: Map<string, Joint>; most: number };

export const cellOf = (giver: string, taker: string): string => `${giver}\n${taker}`;

/** Givers and takers, those with the most hand-overs first. */
export function matrixOf(rows: Joint[]): Matrix {
  const sums = (of: (row: Joint) => string) => {
    const counted = new Map<string, number>();
    for (const row of rows) counted.set(of(row), (counted.get(of(row)) ?? 0) + row.handed + row.now_cases / 1000);
    return [...counted].toSorted((one, other) => other[1] - one[1] || one[0].localeCompare(other[0])).map(([key]) => key);
  };
  return { givers: sums((row) => row.giver), takers: sums((row) => row.taker), cells: new Map(rows.map((row) => [cellOf(row.giver, row.taker), row])), most: Math.max(1, ...rows.map((row) => row.cases)) };
}

export const lateShare = (row: Pick<Joint, 'watched' | 'without_contact'>): number | null => (row.watched ? (100 * row.without_contact) / row.watched : null);

/** The whole of the hand-overs, and the pair that stands out beyond chance. */
export function wholeOf({ rows, worst }: Pick<Hands, 'rows' | 'worst'>): { watched: number; late: number; share: number | null; worst: Joint | null } {
  const [watched, late] = [rows.reduce((sum, row) => sum + row.watched, 0), rows.reduce((sum, row) => sum + row.without_contact, 0)];
  const named = rows.find((row) => worst && row.giver === worst.giver && row.taker === worst.taker) ?? null;
  return { watched, late, share: watched ? (100 * late) / watched : null, worst: named };
}
