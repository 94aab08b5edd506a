// What a job about a file came to, as the server tells it (pipeline/uploading.py, web/working.py).

import type { Flag } from '../api/types.ts';

export type Outcome = 'accept' | 'accept_flag' | 'quarantine' | 'refuse';
export type StageOutcome = 'open' | 'won' | 'lost';
export type Value = string | number | boolean | null;

export type Proposed = {
  into: string;
  into_reason: string;
  runner_up: string | null;
  key: string[] | null;
  key_reason: string;
  /** Whose export it is by its headers, null where they are of no known one. */
  vendor: string | null;
  columns: { ours: string; theirs: string; reason: string; confidence: number }[];
  ignored: { header: string; samples: string[]; reason: string }[];
  warnings: string[];
};

/** A column of ours that is made of another one; `filled` of the `rows` loaded before have that one. */
export type Change = { kind: 'taken' | 'left' | 'other' | 'renamed'; ours: string; before: string; theirs: string; filled: number; rows: number };

/** Records by what a table has of them: none, another content, the same. */
export type Compared = { new: number; updated: number; unchanged: number };

/** What would become of a file, and what may be chosen of it. */
export type Look = {
  outcome: Outcome;
  file: string;
  encoding: string | null;
  separator: string | null;
  header_row: number | null;
  sheet: string | null;
  rows_in: number;
  rows_aside: number;
  aside: { row: number; key: string | null; reason: string; message: string }[];
  aside_left_off?: number;
  flags: Flag[];
  message: string;
  records: Record<string, Value>[];
  /** What the rows that count come to, by our columns: exact digits; of tables that add up. */
  sums?: Record<string, string>;
  into: string | null;
  columns: Record<string, string>;
  decided: Record<string, string>;
  reading: Record<string, string>;
  proposal?: Proposed;
  headers: string[];
  samples: Record<string, string[]>;
  stages: { text: string; outcome: StageOutcome; rows: number; is_known: boolean; closed: number }[];
  stream: string;
  fitting: string[];
  /** What becomes otherwise of the columns of the table that the file is added to, for rows loaded before too. */
  changes: Change[];
  /** Columns that this table reads and the file lacks. */
  missing: { header: string; ours: string }[];
  /** The columns of the file that a record is known by: none where its content is; null where that is not known yet. */
  key: string[] | null;
  /** How the records stand to those of the table; null where it has none. */
  compared: Compared | null;
  /** The system that such a file mostly comes from. */
  source: string;
  /** Columns of ids that are nearly all those of records of some sources: `known` of `ids` different ones. */
  named: { column: string; into: string; ids: number; known: number; sources: string[] }[];
  /** The load of this very file that was undone; '' where there is none. */
  undone_load: string;
  /** The file holds rows that were put aside: they go where they came from. */
  mended: boolean;
};

/** What became of a file. */
export type Loaded = {
  source: string;
  stream: string;
  state: string;
  load: string;
  rows: number;
  good: number;
  repeated: number;
  aside: number;
  deleted: number;
  compared: Compared | null;
  flags: Flag[];
  built: boolean;
  remarks: { subject: string; text: string }[];
  /** Why the figures could not be built though the rows are in. */
  fault?: { what: string; where: string; do: string };
};

/** What is wished of a file; what is empty is found out by the server. */
export type Wish = {
  stream: string;
  into: string;
  columns: Record<string, string> | null;
  outcomes: Record<string, StageOutcome>;
  /** The texts of stages as they follow each other; none as they were found. */
  order: string[];
  source: string;
  /** The sheet of a workbook that is to be read; '' where it is found out. */
  sheet: string;
  mended?: boolean;
  /** Which of day and month comes first where both are numbers; '' where it is found out. */
  dates: '' | 'day_first' | 'month_first';
  /** What rows are that share what their figures are of: they add up, or the last counts; '' where it is found out. */
  repeats: '' | 'add' | 'last';
};

export const NOTHING_WISHED: Wish = { stream: '', into: '', columns: null, outcomes: {}, order: [], source: '', sheet: '', dates: '', repeats: '' };

/** A column of a file as the wizard shows it: what it becomes, why, and how sure that is. */
export type Row = { header: string; ours: string; reason: string; confidence: number | null; samples: string[]; isExpression: boolean };

/** The columns of a file, those that are loaded first: each with what it becomes, `''` for nothing. */
export function rowsOf(look: Look): Row[] {
  const proposed = new Map(look.proposal?.columns.map((column) => [column.theirs, column]));
  const refused = new Map(look.proposal?.ignored.map((item) => [item.header, item]));
  const made = Object.entries(look.columns).filter(([theirs]) => !look.headers.includes(theirs));
  const rows = look.headers.map((header): Row => {
    const ours = look.columns[header] ?? '';
    const samples = look.samples[header] ?? refused.get(header)?.samples ?? [];
    const column = proposed.get(header);
    return { header, ours, reason: column?.reason ?? refused.get(header)?.reason ?? '', confidence: column?.confidence ?? null, samples, isExpression: false };
  });
  const computed = made.map(([theirs, ours]): Row => ({ header: theirs, ours, reason: proposed.get(theirs)?.reason ?? '', confidence: proposed.get(theirs)?.confidence ?? null, samples: [], isExpression: theirs.startsWith('=') }));
  return [...rows.filter((row) => row.ours), ...computed, ...rows.filter((row) => !row.ours)];
}

/** The columns with one header given another meaning; whatever had this meaning before loses it. */
export function chosen(columns: Record<string, string>, header: string, ours: string): Record<string, string> {
  const rest = Object.entries(columns).filter(([theirs, known]) => theirs !== header && known !== ours);
  return Object.fromEntries(ours ? [...rest, [header, ours]] : rest);
}

/** True where rows are known by their content alone though the table has an id. */
export function lacksId(look: Look, key: string | null): boolean {
  if (key === null) return false;
  return look.key === null ? look.proposal !== undefined && !Object.values(look.columns).includes(key) : look.key.length === 0;
}

/** True where this very file is in the table that it would be added to: nothing would change. */
export function isInAlready(look: Look): boolean {
  return endOf(look) !== '';
}

/** Whether this very file was loaded into the table that it would be added to, or loaded and undone; '' for neither. */
function endOf(look: Look): '' | 'loaded' | 'undone' {
  const told = (code: string) => look.stream !== '' && look.flags.some((flag) => flag.code === code);
  return told('already_undone') ? 'undone' : told('already_loaded') ? 'loaded' : '';
}

/** The stages' texts with one moved by so many places; those that would leave the list stay at its end. */
export function moved(texts: string[], text: string, by: number): string[] {
  const rest = texts.filter((each) => each !== text);
  return rest.toSpliced(Math.max(0, texts.indexOf(text) + by), 0, text);
}

/** Stages in the order that was chosen; those that it does not name stay behind. */
export function ordered<T extends { text: string }>(stages: T[], order: string[]): T[] {
  const place = ({ text }: T) => (order.includes(text) ? order.indexOf(text) : order.length);
  return stages.toSorted((one, other) => place(one) - place(other));
}

/** The sheets of a workbook, the one that is read first; none of a file that has no sheets. */
export function sheetsOf(look: Pick<Look, 'sheet' | 'reading'>): string[] {
  return look.sheet === null ? [] : [look.sheet, ...(look.reading['other_sheets']?.split(' / ') ?? [])];
}

/** What becomes of the rows, in one word: beside the outcome, whether none or but few of them would go in. */
export function verdictOf(look: Look): Outcome | 'none' | 'few' | 'loaded' | 'undone' {
  const end = endOf(look);
  if (end && look.outcome !== 'refuse') return end;
  if (look.outcome !== 'quarantine') return look.outcome;
  if (look.rows_in === 0) return 'none';
  return look.rows_aside > look.rows_in ? 'few' : 'quarantine';
}

/** Of rows that repeat, those that are the same word for word and those that another row with their id replaces. */
export function repeatsOf(loaded: Loaded): { same: number; replaced: number } {
  const told = loaded.flags.find((flag) => flag.code === 'repeated_row')?.rows ?? 0;
  const same = Math.min(loaded.repeated, told);
  return { same, replaced: loaded.repeated - same };
}

const MONEY = /(^|_)(amount|margin|discount|cost|price|value)$/;

/** True for an amount of money, which comes as a text of its exact digits. */
export function isMoney(column: string, value: string): boolean {
  return MONEY.test(column) && /^-?\d+(\.\d+)?$/.test(value);
}

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z)?)?$/;

/** A day or time of a record as the company's clocks show it, without a zone; null for what is none. */
export function localTime(value: string, zone: string): string | null {
  const found = TIME.exec(value);
  if (!found) return null;
  if (!found[4]) return value;
  const part = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return part.format(new Date(value)).replace(' ', 'T');
}
