// Hand-overs as a matrix: who gave down, who took across.

import type { Answer, Row } from '../api/types.ts';
import { numberOf, textOf } from '../overview/figures.ts';

export type Member = { id: string | null; name: string | null; total: number };
export type Matrix = { givers: Member[]; takers: Member[]; at: (giver: Member, taker: Member) => Row | null };

/** Both sides from whom most was handed; a side that is not given stands last. */
export function matrix(answer: Answer, metric: string): Matrix {
  const givers = members(answer, 'from_employee', metric);
  const takers = members(answer, 'to_employee', metric);
  const rows = new Map(answer.rows.map((row) => [keyOf(textOf(row, 'from_employee_id'), textOf(row, 'to_employee_id')), row]));
  return { givers, takers, at: (giver, taker) => rows.get(keyOf(giver.id, taker.id)) ?? null };
}

const keyOf = (giver: string | null, taker: string | null): string => JSON.stringify([giver, taker]);

function members(answer: Answer, side: string, metric: string): Member[] {
  const found = new Map<string | null, Member>();
  for (const row of answer.rows) {
    const id = textOf(row, `${side}_id`);
    const known = found.get(id) ?? { id, name: textOf(row, side), total: 0 };
    found.set(id, { ...known, total: known.total + (numberOf(row, metric) ?? 0) });
  }
  return [...found.values()].sort((one, other) => Number(one.id === null) - Number(other.id === null) || other.total - one.total || (one.name ?? '').localeCompare(other.name ?? ''));
}
