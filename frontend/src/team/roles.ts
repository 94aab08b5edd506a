// The roles of the page of the team: their blocks, what they are called, how each person stands among its role.

import type { Answer, Page, Row, Words } from '../api/types.ts';
import { leftOut, numberOf, textOf } from '../overview/figures.ts';
import { isOnItsWay } from '../overview/words.ts';

export type Side = 'ahead' | 'behind' | 'series' | 'alike' | 'unknown';
export type Stand = { side: Side; mean: number | null; level: number | null; days: number };
export type Role = {
  code: string;
  title: Words | null;
  facts: Answer;
  plans: Answer | null;
  course: Answer | null;
  /** The metric that people are compared by; null where none adds up. */
  main: string | null;
  stands: Map<string, Stand>;
};

const BLOCK = 'role:';
const SIDES: readonly string[] = ['ahead', 'behind', 'series', 'alike', 'unknown'];

/** The roles that the page shows, in its order; who has none comes last, with "" for a code. */
export function rolesOf(page: Pick<Page, 'blocks' | 'tables'>): Role[] {
  return Object.entries(page.blocks).flatMap(([name, facts]) => {
    if (!name.startsWith(BLOCK)) return [];
    const code = name.slice(BLOCK.length);
    const course = page.blocks[`course:${code}`] ?? null;
    return [{ code, title: titleOf(page, code), facts, plans: page.blocks[`plans:${code}`] ?? null, course, main: course?.ask.metrics[0] ?? null, stands: standsOf(page, code) }];
  });
}

/** What there is to choose from: every role with its title and people, whatever is chosen now. */
export function choicesOf(page: Pick<Page, 'tables'>): { code: string; title: Words | null; people: number }[] {
  const rows = page.tables['roles']?.rows ?? [];
  return rows.map((row) => ({ code: textOf(row, 'role') ?? '', title: wordsOf(row), people: numberOf(row, 'people') ?? 0 }));
}

function titleOf(page: Pick<Page, 'tables'>, code: string): Words | null {
  const row = page.tables['roles']?.rows.find((one) => (textOf(one, 'role') ?? '') === code);
  return row ? wordsOf(row) : null;
}

function wordsOf(row: Row): Words | null {
  const [ru, en] = [textOf(row, 'title_ru'), textOf(row, 'title_en')];
  return ru === null || en === null ? null : { ru, en };
}

function standsOf(page: Pick<Page, 'tables'>, code: string): Map<string, Stand> {
  const rows = (page.tables['standing']?.rows ?? []).filter((row) => (textOf(row, 'role') ?? '') === code);
  return new Map(rows.map((row) => [String(row['employee_id']), standOf(row)]));
}

function standOf(row: Row): Stand {
  const side = SIDES.includes(String(row['side'])) ? (row['side'] as Side) : 'unknown';
  return { side, mean: numberOf(row, 'mean'), level: numberOf(row, 'level'), days: numberOf(row, 'worked_days') ?? 0 };
}

/** The metrics of a role that are shown, those that were never loaded, and those of which nobody has anything. */
export function metricsOf(role: Role): { shown: string[]; missing: string[]; void: string[] } {
  const { facts, plans } = role;
  const missing = facts.ask.metrics.filter((metric) => leftOut(facts, metric) !== null);
  const loaded = facts.ask.metrics.filter((metric) => !missing.includes(metric));
  const isSomething = (metric: string) => [facts.totals, ...facts.rows].some((row) => numberOf(row, metric) || numberOf(row, `${metric}_previous`));
  const shown = loaded.filter((metric) => isSomething(metric) || plans?.ask.metrics.includes(`${metric}_plan`));
  return { shown, missing, void: loaded.filter((metric) => !shown.includes(metric)) };
}

/** By what part of a plan people are judged: what is due by today while the period runs, the whole of it afterwards. */
export function planPart(page: Pick<Page, 'facts' | 'counted' | 'period' | 'today'>): 'pace' | 'attainment' {
  return isOnItsWay(page) ? 'pace' : 'attainment';
}

/** The course of a person's main figure: one number for each day, week or month that anybody has. */
export function courseOf(role: Role, employee: string): { label: string; value: number | null }[] {
  const { course, main } = role;
  const grain = course?.ask.by[1];
  if (!course || !main || !grain) return [];
  const labels = [...new Set(course.rows.map((row) => textOf(row, grain)).filter((label) => label !== null))].sort();
  const own = new Map(course.rows.filter((row) => row['employee_id'] === employee).map((row) => [textOf(row, grain), numberOf(row, main)]));
  return labels.map((label) => ({ label, value: own.get(label) ?? 0 }));
}
