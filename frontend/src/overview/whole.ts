// The facts of a period and what was planned, as one answer to one question.

import type { Answer } from '../api/types.ts';

const SHOWN = /_(plan|attainment|pace)$/;

/** Facts followed by the plans that there are, their shares and paces; both are of the same period and filters. */
export function withPlans(facts: Answer, plans: Answer): Answer {
  const columns = plans.columns.filter(({ name }) => SHOWN.test(name) && (plans.totals[name] ?? null) !== null);
  const beside = Object.fromEntries(columns.map(({ name }) => [name, plans.totals[name] ?? null]));
  return {
    ...facts,
    ask: { ...facts.ask, metrics: [...facts.ask.metrics, ...columns.map(({ name }) => name)] },
    columns: [...facts.columns, ...columns],
    rows: facts.rows.map((row) => ({ ...row, ...beside })),
    totals: { ...facts.totals, ...beside },
  };
}
