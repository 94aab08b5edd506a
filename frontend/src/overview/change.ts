// How a figure changed against the compared period, where that can be said at all.

import type { Answer, Better, Overview, Page, Row } from '../api/types.ts';
import type { Format } from '../format.ts';
import { fairly } from './compared.ts';
import { growth, hasColumn, numberOf } from './figures.ts';

/** By how much, in percent of what it was, or in percentage points where the figure is itself in percent. */
export type Change = { value: number; kind: 'growth' | 'points' };

/** Figures that are themselves a growth: the growth of a growth tells nobody anything. */
const GROWTH = /_growth(_percent)?$/;

/** The change of a metric of a row (default: of all); null where nothing is compared, or a change says nothing. */
export function changeOf(answer: Answer, metric: string, row: Row | null = null): Change | null {
  if (!answer.ask.compare || GROWTH.test(metric)) return null;
  const values = row ?? answer.totals;
  const [now, before] = [numberOf(values, metric), numberOf(values, `${metric}_previous`)];
  if (now === null || before === null) return null;
  if (unitOf(answer, metric) === 'percent') return { value: now - before, kind: 'points' };
  const grown = now < 0 ? null : growth(now, before); // from a gain to a loss is no percent
  return grown === null ? null : { value: grown, kind: 'growth' };
}

/** Whether a cohort of the period is not over: later days will still add to it, so it has no like to compare with. */
export function isRipening(answer: Answer, metric: string, page: Pick<Page, 'period' | 'today'>, row: Row | null = null): boolean {
  const name = `${metric}_complete`;
  if (!hasColumn(answer, name)) return false;
  const isComplete = (row ?? answer.totals)[name];
  return isComplete === false || (isComplete !== true && page.period.to >= page.today);
}

/** Whether more is better for a change; a growth that the numbers of working days explain is neither. */
export function fairlyOf(answer: Answer, metric: string, change: Change, days: Overview['working_days']): Better {
  const better = answer.columns.find((column) => column.name === metric)?.better ?? null;
  return change.kind === 'points' ? better : fairly(better, change.value, days);
}

/** The size of a change with an arrow: "▲ 12 %", "▼ 3,2 п. п.". */
export function changeText({ value, kind }: Change, format: Format): string {
  const arrow = value > 0 ? '▲' : value < 0 ? '▼' : '';
  const size = kind === 'points' ? format.points(Math.abs(value)) : format.percent(Math.abs(value), { compact: true });
  return `${arrow}\u00a0${size}`;
}

const unitOf = (answer: Answer, metric: string): string => answer.columns.find((column) => column.name === metric)?.unit ?? 'count';
