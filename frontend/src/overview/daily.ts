// The daily table: which actions it has, and in which parts.

import type { Answer, Row } from '../api/types.ts';
import { judge, type Verdict } from '../components/judge.ts';
import { leftOut, numberOf } from './figures.ts';

export const DAILY = ['calls', 'talk_time', 'emails_sent', 'meetings', 'proposals', 'tasks_done'];

export type Part = 'plan' | 'fact' | 'share';

/** The answer's column of a metric's part. */
export function columnOf(metric: string, part: Part): string {
  return { plan: `${metric}_plan`, fact: metric, share: `${metric}_attainment` }[part];
}

/** Whether anybody has a plan of the metric that day. */
export function isPlanned(answer: Answer, metric: string): boolean {
  const plan = columnOf(metric, 'plan');
  return [answer.totals, ...answer.rows].some((row) => numberOf(row, plan) !== null);
}

/**
 * What the share of plan says of a row (none: of all); null where nothing is planned, or less than one a day of what is
 * counted in pieces: whether a plan of 0.3 was met is chance.
 */
export function verdictOf(answer: Answer, metric: string, row: Row | null = null): Verdict | null {
  const column = answer.columns.find((found) => found.name === metric);
  const plan = numberOf(row ?? answer.totals, columnOf(metric, 'plan'));
  if (plan === null || (column?.unit === 'count' && plan < 1)) return null;
  return judge(numberOf(row ?? answer.totals, columnOf(metric, 'share')), 'attainment', column?.better ?? 'up');
}

/** The metrics with data or with a plan; those never loaded and never planned would be columns of dashes. */
export function dailyMetrics(answer: Answer): string[] {
  return DAILY.filter((metric) => leftOut(answer, metric) === null || isPlanned(answer, metric));
}

/** The parts shown of a metric: without any plan the fact alone. */
export function partsOf(answer: Answer, metric: string): Part[] {
  return isPlanned(answer, metric) ? ['plan', 'fact', 'share'] : ['fact'];
}
