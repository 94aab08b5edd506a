// Filters <-> address: the only place that reads or writes the query of a page's address.

import type { Ask, Compare } from '../api/types.ts';

export const PRESETS = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_12_months',
] as const;
export type Preset = (typeof PRESETS)[number];
export type Comparison = Compare | 'none';
export type Language = 'ru' | 'en';

/** Both days inside; ISO days of the company's zone. */
export type Days = { from: string; to: string };
/** What the records' drawer shows: the rows behind one figure. */
export type RecordsQuestion = {
  metric: string;
  part?: string;
  title?: string;
  where: Record<string, (string | null)[]>;
  from: string | null;
  to: string | null;
  /** The column to sort by and how; without it the figure's own time, the latest first. */
  sort?: string;
  order?: 'asc' | 'desc';
  /** Cases of a process in place of a metric's rows: the page that counted them, and the query of their address. */
  cases?: { of: ProcessPage; query: string };
};

/** The pages that list the cases they count, at /api/<page>/cases. */
export const PROCESS_PAGES = ['funnel', 'path', 'path/log'] as const;
export type ProcessPage = (typeof PROCESS_PAGES)[number];

/** What single pages ask beside the filters, by its name in the address: of use on that page only. */
export const VIEW = ['pipeline', 'entity', 'axis', 'events', 'step', 'sequence', 'window', 'by', 'measure', 'clock', 'detail', 'show', 'against', 'whom', 'hands', 'within', 'log', 'model', 'exits', 'may_stop', 'plan', 'plan_by', 'plan_from', 'plan_to', 'tv', 'section'] as const;
export type ViewName = (typeof VIEW)[number];
export type View = Partial<Record<ViewName, string[]>>;

export type Filters = {
  period: Preset | Days;
  compare: Comparison;
  team: string[];
  employee: string[];
  channel: string[];
  role: string[];
  day: string | null;
  lang: Language | null;
  records: RecordsQuestion | null;
  view: View;
};

export const NOTHING_CHOSEN: Filters = {
  period: 'this_month',
  compare: 'previous',
  team: [],
  employee: [],
  channel: [],
  role: [],
  day: null,
  lang: null,
  records: null,
  view: {},
};

const LISTS = ['team', 'employee', 'channel', 'role'] as const;
const COMPARISONS: readonly string[] = ['previous', 'year', 'none'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that the calendar has: "2026-02-30" is none. */
export function isDay(text: string | null): text is string {
  if (!text || !DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

function readPeriod(query: URLSearchParams): Preset | Days {
  const from = query.get('from');
  const to = query.get('to');
  if (isDay(from) && isDay(to)) return from <= to ? { from, to } : { from: to, to: from };
  const preset = query.get('period');
  return PRESETS.find((name) => name === preset) ?? NOTHING_CHOSEN.period;
}

function readWhere(given: unknown): RecordsQuestion['where'] {
  const where: RecordsQuestion['where'] = {};
  if (typeof given !== 'object' || given === null) return where;
  for (const [dimension, values] of Object.entries(given)) {
    if (Array.isArray(values)) where[dimension] = values.map((value) => (value === null ? null : String(value)));
  }
  return where;
}

function readCases(given: unknown): RecordsQuestion['cases'] | null {
  const { of, query } = (given ?? {}) as Record<string, unknown>;
  const page = PROCESS_PAGES.find((name) => name === of);
  return page && typeof query === 'string' ? { of: page, query } : null;
}

function readView(query: URLSearchParams): View {
  const named = VIEW.map((name): [ViewName, string[]] => [name, query.getAll(name).filter(Boolean)]);
  return Object.fromEntries(named.filter(([, values]) => values.length));
}

function readRecords(text: string | null): RecordsQuestion | null {
  if (!text) return null;
  try {
    const given = JSON.parse(text) as Record<string, unknown>;
    if (typeof given['metric'] !== 'string') return null;
    const question: RecordsQuestion = { metric: given['metric'], where: readWhere(given['where']), from: null, to: null };
    if (typeof given['from'] === 'string' && isDay(given['from'])) question.from = given['from'];
    if (typeof given['to'] === 'string' && isDay(given['to'])) question.to = given['to'];
    if (typeof given['part'] === 'string') question.part = given['part'];
    if (typeof given['title'] === 'string') question.title = given['title'];
    if (typeof given['sort'] === 'string') question.sort = given['sort'];
    if (given['order'] === 'asc' || given['order'] === 'desc') question.order = given['order'];
    const cases = readCases(given['cases']);
    if (cases) question.cases = cases;
    return question;
  } catch {
    return null; // a link cut short: the page opens without the drawer
  }
}

/** Read a query such as `?period=last_month&team=crm:1&team=crm:2`. What it cannot mean is as if it were not there. */
export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const compare = query.get('compare');
  const lang = query.get('lang');
  const day = query.get('day');
  return {
    period: readPeriod(query),
    compare: COMPARISONS.includes(compare ?? '') ? (compare as Comparison) : NOTHING_CHOSEN.compare,
    team: [...new Set(query.getAll('team'))].filter(Boolean),
    employee: [...new Set(query.getAll('employee'))].filter(Boolean),
    channel: [...new Set(query.getAll('channel'))].filter(Boolean),
    role: [...new Set(query.getAll('role'))].filter(Boolean),
    day: isDay(day) ? day : null,
    lang: lang === 'ru' || lang === 'en' ? lang : null,
    records: readRecords(query.get('records')),
    view: readView(query),
  };
}

/** Write the query, "" where nothing differs from what a plain address means. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams();
  if (typeof filters.period === 'object') {
    query.set('from', filters.period.from);
    query.set('to', filters.period.to);
  } else if (filters.period !== NOTHING_CHOSEN.period) query.set('period', filters.period);
  if (filters.compare !== NOTHING_CHOSEN.compare) query.set('compare', filters.compare);
  for (const name of LISTS) for (const id of filters[name]) query.append(name, id);
  if (filters.day) query.set('day', filters.day);
  appendView(query, filters.view);
  if (filters.lang) query.set('lang', filters.lang);
  if (filters.records) query.set('records', JSON.stringify(filters.records));
  const text = query.toString();
  return text ? `?${text}` : '';
}

function appendView(query: URLSearchParams, view: View): void {
  for (const name of VIEW) for (const value of view[name] ?? []) query.append(name, value);
}

/** A day some days later (earlier where `count` is below 0). */
export function addDays(day: string, count: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

function monthSpan(year: number, month: number, months: number): Days {
  const first = new Date(Date.UTC(year, month, 1));
  const last = new Date(Date.UTC(year, month + months, 0));
  return { from: first.toISOString().slice(0, 10), to: last.toISOString().slice(0, 10) };
}

/** The days of a preset as seen on `today`; weeks start on Monday, running periods are given whole. */
export function daysOf(period: Preset | Days, today: string): Days {
  if (typeof period === 'object') return period;
  const at = new Date(`${today}T00:00:00Z`);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const quarter = month - (month % 3);
  const monday = addDays(today, -((at.getUTCDay() + 6) % 7));
  const spans: Record<Preset, () => Days> = {
    today: () => ({ from: today, to: today }),
    yesterday: () => ({ from: addDays(today, -1), to: addDays(today, -1) }),
    this_week: () => ({ from: monday, to: addDays(monday, 6) }),
    last_week: () => ({ from: addDays(monday, -7), to: addDays(monday, -1) }),
    this_month: () => monthSpan(year, month, 1),
    last_month: () => monthSpan(year, month - 1, 1),
    this_quarter: () => monthSpan(year, quarter, 3),
    last_quarter: () => monthSpan(year, quarter - 3, 3),
    this_year: () => monthSpan(year, 0, 12),
    last_12_months: () => monthSpan(year, month - 11, 12),
  };
  return spans[period]();
}

/** The query of a data address: repeated keys, nothing split at commas. */
export function askQuery(ask: Ask): string {
  const query = new URLSearchParams();
  for (const metric of ask.metrics) query.append('metric', metric);
  for (const dimension of ask.by) query.append('by', dimension);
  appendCut(query, ask);
  if (ask.compare) query.set('compare', ask.compare);
  return query.toString();
}

/** The address that lists the records, without its query and ending. */
export function recordsAddress({ cases }: RecordsQuestion): string {
  return cases ? `/api/${cases.of}/cases` : '/api/records';
}

/** The query of the address that lists the records, without paging. */
export function recordsQuery(question: RecordsQuestion): string {
  const query = new URLSearchParams(question.cases ? question.cases.query : { metric: question.metric });
  if (question.part) query.set('part', question.part);
  if (!question.cases) appendCut(query, question);
  if (question.sort) query.set('sort', question.sort);
  if (question.order) query.set('order', question.order);
  return query.toString();
}

function appendCut(query: URLSearchParams, cut: Pick<Ask, 'where' | 'from' | 'to'>): void {
  for (const [dimension, values] of Object.entries(cut.where))
    for (const value of values) query.append('where', `${dimension}=${value ?? ''}`);
  if (cut.from) query.set('from', cut.from);
  if (cut.to) query.set('to', cut.to);
}

/** The query of a page of blocks for the filters as seen on `today`. */
export function pageQuery(filters: Filters, today: string): string {
  const days = daysOf(filters.period, today);
  const query = new URLSearchParams({ from: days.from, to: days.to, compare: filters.compare });
  for (const name of LISTS) for (const id of filters[name]) query.append(name, id);
  if (filters.day) query.set('day', filters.day);
  return query.toString();
}

/** The query of /api/overview: it is not cut by role, which only pages about roles offer. */
export function overviewQuery(filters: Filters, today: string): string {
  return pageQuery({ ...filters, role: [] }, today);
}

/** The query of a page that asks more than the filters: what it shows is told in the address too. */
export function viewQuery(filters: Filters, today: string, names: readonly ViewName[]): string {
  const query = new URLSearchParams(pageQuery(filters, today));
  appendView(query, Object.fromEntries(names.map((name) => [name, filters.view[name] ?? []])));
  return query.toString();
}
