// The grid of plans: where keys lead, what a block is written as, what is asked and said of a cell.

import type { components } from '../api/schema.d.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import '../i18n/plans.words.ts';
import { isDay, type View } from '../state/url.ts';

type Schemas = components['schemas'];
export type PlanGrid = Schemas['PlanGridShown'];
export type PlanRow = Schemas['PlanRowShown'];
export type PlanCell = Schemas['PlanCellShown'];
export type PlanPeriod = Schemas['PlanPeriodShown'];
export type PlanEdit = Schemas['PlanEditShown'];
export type PlanDays = Schemas['PlanDaysShown'];
export type Edited = Schemas['PlanEdited'];
export type Grain = PlanGrid['grain'];
export type Place = { row: number; column: number };
export type Asked = { metric: string; grain: Grain; first: string | null; last: string | null };

export const GRAINS: Grain[] = ['month', 'quarter', 'week'];
const STEPS: Record<string, [rows: number, columns: number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

/** Where a key leads from a cell in a grid of so many lines and columns; null where it leads nowhere. */
export function moved({ row, column }: Place, key: string, rows: number, columns: number, isFar = false): Place | null {
  const step = STEPS[key];
  if (step) return { row: within(row + step[0] * (isFar ? rows : 1), rows), column: within(column + step[1] * (isFar ? columns : 1), columns) };
  if (key === 'Home') return { row: isFar ? 0 : row, column: 0 };
  if (key === 'End') return { row: isFar ? rows - 1 : row, column: columns - 1 };
  return null;
}

/** The cells of the rectangle between two, line by line. */
export function between(one: Place, other: Place): Place[][] {
  const [top, bottom] = [Math.min(one.row, other.row), Math.max(one.row, other.row)];
  const [left, right] = [Math.min(one.column, other.column), Math.max(one.column, other.column)];
  return Array.from({ length: bottom - top + 1 }, (_, row) => Array.from({ length: right - left + 1 }, (__, column) => ({ row: top + row, column: left + column })));
}

/** A number as one edits it, and as spreadsheets of the language take it: no marks between thousands. */
export function written(value: number | null | undefined, lang: string): string {
  if (value === null || value === undefined) return '';
  return lang === 'ru' ? String(value).replace('.', ',') : String(value);
}

/** The plans of a rectangle as text that a spreadsheet takes. */
export function copied(grid: PlanGrid, block: Place[][], lang: string): string {
  return block.map((line) => line.map(({ row, column }) => written(grid.rows[row]?.cells[column]?.stood?.value, lang)).join('\t')).join('\n');
}

const PLAIN: Asked = { metric: 'revenue', grain: 'month', first: null, last: null };

/** The grid that an address asks for; what it cannot mean is as if it were not there. */
export function askedOf({ plan, plan_by, plan_from, plan_to }: View): Asked {
  const [first, last] = [plan_from?.[0] ?? null, plan_to?.[0] ?? null];
  const days = isDay(first) && isDay(last) && first <= last ? { first, last } : { first: null, last: null };
  return { metric: plan?.[0] ?? PLAIN.metric, grain: GRAINS.find((grain) => grain === plan_by?.[0]) ?? PLAIN.grain, ...days };
}

/** What an address tells of a grid: nothing where it is as when the page is opened. */
export function viewOf({ metric, grain, first, last }: Asked): View {
  const days = first && last ? { plan_from: [first], plan_to: [last] } : { plan_from: [], plan_to: [] };
  return { plan: metric === PLAIN.metric ? [] : [metric], plan_by: grain === PLAIN.grain ? [] : [grain], ...days };
}

/** The query of a grid. */
export function gridQuery({ metric, grain, first, last }: Asked, lang: string): string {
  const days: Record<string, string> = first && last ? { from: first, to: last } : {};
  return new URLSearchParams({ metric, grain, ...days, lang }).toString();
}

/** The days of as many columns before or after those of the grid. */
export function stepped(grid: PlanGrid, by: -1 | 1): { first: string; last: string } {
  const [first, last] = [grid.columns[0]?.first ?? '', grid.columns.at(-1)?.last ?? ''];
  const count = grid.columns.length * by;
  if (grid.grain === 'week') return { first: daysOn(first, 7 * count), last: daysOn(last, 7 * count) };
  const months = count * (grid.grain === 'quarter' ? 3 : 1);
  return { first: monthsOn(first, months), last: daysOn(monthsOn(daysOn(last, 1), months), -1) };
}

function daysOn(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function monthsOn(first: string, months: number): string {
  const date = new Date(`${first}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** What a column is called. */
export function columnTitle(format: Format, grain: Grain, { first, last }: PlanPeriod): string {
  if (grain === 'week') return format.span(first, last, { year: false });
  if (grain === 'month') return format.month(first, { short: true });
  const quarter = Math.ceil(Number(first.slice(5, 7)) / 3);
  return translate(format, 'plans.quarter', { quarter, year: first.slice(0, 4) });
}

/** Which column holds a day: where nothing is chosen yet, plans are looked at and filled from today's on; 0 where none does. */
export function columnOf(columns: PlanPeriod[], day: string): number {
  return Math.max(0, columns.findIndex(({ first, last }) => first <= day && day <= last));
}

/** What counts of a cell: its plan, or where plans of other periods share its days, what the figures show. */
export function amountOf(cell: PlanCell): number | null {
  return cell.others.length && cell.figure !== null ? cell.figure : (cell.stood?.value ?? null);
}

/** How far an own plan is above the sum of those below it; null where one of them is not known. */
export function aboveSum(row: PlanRow, column: number): number | null {
  const cell = row.cells[column];
  const [own, below] = [cell ? amountOf(cell) : null, row.below[column] ?? null];
  return own === null || below === null ? null : Math.round((own - below) * 100) / 100;
}

/** The edit that Ctrl+Z takes back: the visitor's own last one that is no undoing. */
export function lastOwn(edits: PlanEdit[]): PlanEdit | null {
  return edits.find((edit) => edit.is_mine && edit.can_undo && edit.action !== 'undo') ?? null;
}

/** Whether a key typed over a cell begins a number. */
export const beginsNumber = (key: string): boolean => /^[\d.,\-−(]$/.test(key);
