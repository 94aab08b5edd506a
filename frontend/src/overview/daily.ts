// The daily table: which actions it has, and in which parts.

import type { Answer } from '../api/types.ts';
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

/** The metrics with data or with a plan; those never loaded and never planned would be columns of dashes. */
export function dailyMetrics(answer: Answer): string[] {
  return DAILY.filter((metric) => leftOut(answer, metric) === null || isPlanned(answer, metric));
}

/** The parts shown of a metric: without any plan the fact alone. */
export function partsOf(answer: Answer, metric: string): Part[] {
  return isPlanned(answer, metric) ? ['plan', 'fact', 'share'] : ['fact'];
}
