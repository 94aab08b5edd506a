// What the server says of a file in its own sentences, said in the language of the visit where the sentence is known.

import type { Trouble } from '../api/client.ts';
import type { Format } from '../format.ts';
import { type Params, translate } from '../i18n/dictionary.ts';

export type Sure = 'high' | 'middle' | 'low' | 'chosen' | 'none';
type Said = [pattern: RegExp, key: string, names: string[]];

const REASONS: Said[] = [
  [/^header «.*» is a known name$/, 'data.why.known_name', []],
  [/^header «.*» is nearly the known name «(.*)»$/, 'data.why.nearly', ['name']],
  [/^no values yet$/, 'data.why.no_values', []],
  [/^([\d,]+) of ([\d,]+) values are [a-z -]+$/, 'data.why.values', ['good', 'all']],
  [/^([\d,]+) of ([\d,]+) texts are known words$/, 'data.why.words', ['good', 'all']],
  [/^all values are yes or no$/, 'data.why.yes_no', []],
  [/^would be (\w+), but only ([\d,]+) of ([\d,]+) values are [a-z -]+: (.*)$/s, 'data.why.would_be', ['column', 'good', 'all', 'example']],
  [/^chosen by a person$/, 'data.why.chosen', []],
  [/^empty$/, 'data.why.empty', []],
  [/^the dates contradict each other$/, 'data.why.contradict', []],
  [/^it only numbers the rows of this file$/, 'data.why.counts', []],
  [/^would be (\w+), but its texts are not known ones: (.*)$/s, 'data.why.unknown_texts', ['column', 'example']],
  [/^([\d,]+) different texts are no stages$/, 'data.why.no_stages', ['count']],
  [/^so it is called in (.+)'s export of \w+$/, 'data.why.vendor', ['vendor']],
  [/ of (.+)'s export( put together)?$/, 'data.why.vendor_made', ['vendor']],
];
const VALUE = /^(.+?): not [^:]+: (.*)$/s;
const NO_KEY = /^no value in the key: (.+)$/;

/** The words of a key, null where the dictionaries have none. */
export function word(format: Format, key: string, params: Params = {}): string | null {
  const text = translate(format, key, params);
  return text === key ? null : text;
}

/** Why something came to nothing and what to do, in one line. */
export function troubleSaid(format: Format, { what, do: advice, kind }: Trouble): string {
  return [what || translate(format, `error.${kind}`), advice].filter(Boolean).join('. ');
}

/** The reason for a column, part by part; a part that is not known stays in the server's words. */
export function reasonSaid(format: Format, reason: string): string {
  return reason
    .split('; ')
    .map((part) => known(format, part) ?? part)
    .join('; ');
}

const known = (format: Format, part: string) => firstOf(format, REASONS, part);

/** What of a sentence is a number of the server's, such as 184400.50 or 1,200. */
const COUNTED = new Set(['told', 'sum', 'aside', 'shared', 'all', 'good', 'count']);

function numberSaid(format: Format, text: string): string {
  const plain = text.replaceAll(',', '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? format.number(Number(plain), 'ratio') : text;
}

function firstOf(format: Format, sentences: Said[], part: string): string | null {
  for (const [pattern, key, names] of sentences) {
    const found = pattern.exec(part);
    if (!found) continue;
    const params = Object.fromEntries(names.map((name, at) => [name, COUNTED.has(name) ? numberSaid(format, found[at + 1] ?? '') : (found[at + 1] ?? '')]));
    if (params.table !== undefined) params.table = namedStream(format, params.table);
    const { column } = params; // a column of ours is said in words, one of the file stays as it is called there
    return translate(format, key, column === undefined ? params : { ...params, column: columnSaid(format, column) });
  }
  return null;
}

const READ: Said[] = [
  [/^byte order mark$/, 'data.told.mark', []],
  [/^the whole file is valid UTF-8$/, 'data.told.utf8', []],
  [/^most lines are valid UTF-8$/, 'data.told.most_utf8', []],
  [/UTF-16$/, 'data.told.utf16', []],
  [/^not UTF-8;.*Russia/, 'data.told.russian', []],
  [/^not UTF-8;/, 'data.told.letters', []],
  [/sep= line/, 'data.told.sep', []],
  [/^(\d+) columns in the header/, 'data.told.columns', ['columns']],
  [/^one column/, 'data.told.one_column', []],
  [/^set by the stream$/, 'data.told.set', []],
  [/^named in the page$/, 'data.told.page', []],
];

/** Why a file is read as it is: known sentences in the language of the visit, others as the server says them. */
export function readSaid(format: Format, reason: string): string {
  return firstOf(format, READ, reason) ?? reason;
}

const REFUSED: [pattern: RegExp, name: string][] = [
  [/the file is empty/, 'empty'],
  [/nothing but blank space|holds no header/, 'no_table'],
  [/this is a web page|log-in page/, 'page'],
  [/answer of a server|often an error that the source answered/, 'answer'],
  [/JSON/, 'json'],
  [/this is XML/, 'xml'],
  [/archive/, 'archive'],
  [/password/, 'password'],
  [/^unpacked|unpacked, /, 'bomb'],
  [/workbook is damaged|Parquet file is damaged/, 'damaged'],
  [/no sheet/, 'sheet'],
  [/rows, the limit/, 'rows'],
  [/columns, over the limit/, 'columns'],
  [/characters, over the limit|a record is longer/, 'long_value'],
  [/over the limit/, 'size'],
  [/quote in the header/, 'quote'],
  [/encoding is unclear|is not valid/, 'encoding'],
  [/contradict each other/, 'dates'],
  [/do not tell which of our tables/, 'which_table'],
  [/file has no column|no column/, 'no_column'],
  [/columns is known for/, 'unknown'],
  [/as many values as the header/, 'ragged'],
  [/snapshot lost/, 'snapshot'],
  [/not a table|this is (a|an) /, 'not_table'],
];

const ORDERS = /the dates of `(.+?)` contradict each other: (.+?)(?: \(line (\d+)\))? has the day first, (.+?)(?: \(line (\d+)\))? the month/s;

/** True where a file is refused for days and months that stand in both orders. */
export function isOfDates(message: string): boolean {
  return ORDERS.test(message);
}

/** Why a file is refused and what to do, null for a sentence that has no words here. */
export function refusalSaid(format: Format, message: string): string | null {
  const dates = ORDERS.exec(message);
  if (dates) {
    const [, column = '', day = '', dayLine = '', month = '', monthLine = ''] = dates;
    return translate(format, 'data.refuse.dates.of', { column, day, day_line: dayLine, month, month_line: monthLine });
  }
  const found = REFUSED.find(([pattern]) => pattern.test(message));
  return found ? word(format, `data.refuse.${found[1]}`) : null;
}

const MARKS: Record<string, string> = { Y: 'year', y: 'short_year', m: 'month', d: 'day', H: 'hour', I: 'hour', M: 'minute', S: 'second', b: 'word', B: 'word' };

/** How dates are written: "%d.%m.%Y" is "дд.мм.гггг". */
export function dateSaid(format: Format, written: string): string {
  return word(format, `data.date.${written}`) ?? written.replace(/%-?([a-zA-Z])/g, (whole, mark: string) => (MARKS[mark] ? translate(format, `data.date.${MARKS[mark]}`) : whole));
}

const [HIGH, MIDDLE] = [0.8, 0.5];

/** How sure the meaning of a column is: by what the server reckons, 0 to 1, and whether anybody chose it. */
export function sureOf(ours: string, reason: string, confidence: number | null): Sure {
  if (/chosen by a person/.test(reason)) return 'chosen';
  if (/the dates contradict each other/.test(reason)) return 'low';
  if (!ours) return /^would be/.test(reason) ? 'low' : 'none';
  const counts = /([\d,]+) of ([\d,]+)/.exec(reason);
  if (confidence !== null && confidence < MIDDLE) return 'low';
  return (confidence !== null && confidence < HIGH) || (counts && counts[1] !== counts[2]) ? 'middle' : 'high';
}

/** One of our columns by its name. */
export function columnSaid(format: Format, ours: string): string {
  return word(format, `data.column.${ours}`) ?? ours;
}

/** One of our tables by its name. */
export function tableSaid(format: Format, into: string): string {
  return word(format, `data.table.${into}`) ?? into;
}

/** A table of a source by its stream's name: what it is, and the number of a further one, "deals_2" is "Сделки 2". */
export function titleOfStream(format: Format, stream: string): string {
  const [, into = '', number] = /^(.+?)_(\d+)$/.exec(stream) ?? [];
  const title = word(format, `data.table.${into}`);
  return title !== null && number ? `${title} ${number}` : tableSaid(format, stream);
}

/** The source of a stream by its name. */
export function sourceSaid(format: Format, source: string): string {
  return word(format, `data.source.${source}`) ?? source;
}

/** The source of what people state in Voronka itself. */
export const ENTERED = 'voronka';

/** Where a load came from: "CRM · Сделки"; a stream named otherwise than its table keeps its name. */
export function streamSaid(format: Format, source: string, stream: string): string {
  return source === ENTERED ? translate(format, 'data.sources.entered') : `${sourceSaid(format, source)} · ${titleOfStream(format, stream)}`;
}

/** A stream as the server names it, "crm.deals", as people do: "CRM · Сделки". */
export function namedStream(format: Format, name: string): string {
  const [, source, stream] = /^([a-z]\w*)\.(\w+)$/.exec(name) ?? [];
  return source && stream ? streamSaid(format, source, stream) : name;
}

/** A record's id as its source has it: "crm:18440004" is 18440004, and "name:вектор" is known by its name. */
export function idSaid(id: string): string {
  return id.replace(/^[a-z]\w*:(?:call:)?(?=.)/, '');
}

/** A row of a file as two places name it: "crm.deals uploads/crm.deals/0001_deals.csv:13" is "deals.csv, line 13". */
export function rowSaid(format: Format, id: string): string {
  const [, folder = '', file = id, row] = /^(?:\w+\.\w+ )?(.*\/)?([^/]+?)(?::(\d+))?$/.exec(id) ?? [];
  const name = folder.startsWith('uploads/') ? file.replace(/^\d+_/, '') : file;
  return row ? translate(format, 'data.file_row', { file: name, row: Number(row) }) : name;
}

/** What the server adds to an unknown name: the nearest known one, or the command that lists them. */
const MEANT = /\. Did you mean (.+)\?$|; `voronka metrics` lists them$/;

/** Why a row is put aside, in one line: the kind of fault, and the column and value where they are told. */
export function asideSaid(format: Format, reason: string, message: string): string {
  const kind = word(format, `data.reason.${reason}`);
  if (kind === null) return message;
  const value = VALUE.exec(message);
  if (value) {
    const [given = '', meant] = (value[2] ?? '').split(MEANT);
    const said = `${kind} — ${translate(format, 'data.aside.value', { column: value[1] ?? '', value: given })}`;
    return meant ? `${said}. ${translate(format, 'data.aside.meant', { name: meant })}` : said;
  }
  const key = NO_KEY.exec(message);
  return key ? `${kind}: ${translate(format, 'data.aside.no_key', { column: key[1] ?? '' })}` : kind;
}

/** What a flag says: its words where the dictionaries have them, else the server's sentence. */
export function flagSaid(format: Format, code: string, message: string): string {
  return word(format, `data.flag.${code}`) ?? message;
}

const TOLD: Said[] = [
  [/^([\d,]+) of ([\d,]+) values of «(.+)» are in the stream (\S+) too/, 'data.flags.shared', ['shared', 'all', 'header', 'table']],
  [/^the stream (\S+) reads this file already/, 'data.flags.read_already', ['table']],
  [/^line (\d+) says (.+) in `(.+)`; the rows above it make (\S+) \(without ([\d,]+) put aside\)$/, 'data.flags.total_aside', ['line', 'told', 'total_of', 'sum', 'aside']],
  [/^line (\d+) says (.+) in `(.+)`; the rows above it make (\S+)$/, 'data.flags.total', ['line', 'told', 'total_of', 'sum']],
];
const OLDER = /^by `(.+)` these rows are older .*\(the newest of them of (.+), of those (\S+)\)/s;
const NAMED = /^none of the (\d+) ids in `(.+)` is known in `\w+`, and (\d+) of them are (\w+) of `(\w+)`/s;
const NEED = /^(?:fct|dim|src)_(\w+?)\.(\w+)(?:@(\w+))?$/;
const CALLED: Record<string, string> = { deal_states: 'deals', account: 'accounts', contact: 'contacts', employee: 'employees', stage_entries: 'stage_changes' };
const COLUMNS: Record<string, string> = { 'stage_entries.entered_at': 'changed_at', employee_id: 'employee' };
/** Needs that no column alone tells, by their words. */
const NEEDS: Record<string, string> = { 'identity.value': 'reached_by', has_next_step: 'next_step', is_answered: 'answers', client_id: 'client', journey_id: 'record' };

/** What a check needs and no source gives: `fct_deals.lead_id|…` is a table and its column, or another. */
export function needSaid(format: Format, need: string): string {
  const columns = new Map<string, string[]>();
  for (const part of need.split('|')) {
    const [name = '', kind = ''] = part.split('@');
    const [, table = '', column = part] = NEED.exec(part) ?? [];
    const told = NEEDS[name] ?? NEEDS[column];
    const isOfKind = kind && (table === 'activities' || name === 'identity.value');
    const into = tableSaid(format, isOfKind ? `${kind}s` : (CALLED[table] ?? table));
    const known = told ? translate(format, `data.checks.needs.${told}`) : columnSaid(format, COLUMNS[`${table}.${column}`] ?? COLUMNS[column] ?? column);
    columns.set(into, [...(columns.get(into) ?? []), known]);
  }
  const or = translate(format, 'data.checks.needs.or');
  return [...columns].map(([table, names]) => translate(format, 'data.checks.needs.of', { table, column: names.join(or) })).join(or);
}

const SINCE = /^this file .*`(.+)`.* since (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/s;
const NOT_LOADED = /^`(.+?)` is not loaded: (.*)$/s;

const NEAR = /^the file has (\d+) of (\d+) columns of the stream (\S+); (.+?)\. As a new table/s;

function calledSaid(format: Format, part: string): string {
  const found = /^`?(.+?)` is now called `(.+?)`$/s.exec(part);
  if (found) return translate(format, 'data.flags.now_called', { name: found[1] ?? '', later: found[2] ?? '' });
  return translate(format, 'data.flags.not_there', { name: /^`?(.+?)` is not there$/s.exec(part)?.[1] ?? part });
}

/** What the server's sentence tells beyond the words of the flag: numbers of a total, else the columns it names. */
export function flagDetail(format: Format, message: string): string {
  const since = SINCE.exec(message);
  if (since) return translate(format, 'data.flags.since', { table: namedStream(format, since[1] ?? ''), time: format.dateTime(since[2] ?? '', { year: true }) });
  const near = NEAR.exec(message);
  if (near) {
    const [, there = '', all = '', table = '', parts = ''] = near;
    return translate(format, 'data.flags.near', { there, all, table: namedStream(format, table), called: parts.split(', `').map((part) => calledSaid(format, part)).join(', ') });
  }
  const older = OLDER.exec(message);
  if (older) {
    const [now, held] = [older[2], older[3]].map((day = '') => (/^\d{4}-/.test(day) ? format.day(day, { year: true }) : '—'));
    return translate(format, 'data.flags.older', { column: older[1] ?? '', now: now ?? '', held: held ?? '' });
  }
  const named = NAMED.exec(message);
  if (named) {
    const [, ids = '', column = '', known = '', into = '', space = ''] = named;
    return translate(format, 'data.flags.named', { ids, column, known, table: tableSaid(format, into), space: sourceSaid(format, space) });
  }
  const left = NOT_LOADED.exec(message);
  if (left) return `${left[1]} — ${reasonSaid(format, left[2] ?? '')}`;
  return firstOf(format, TOLD, message) ?? [...new Set([...message.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '').filter((name) => !name.startsWith('--')))].join(', ');
}

const WARNED: Said[] = [
  [/^«(.+)» is the id of the .+, and no column is one of the \w+ themselves/, 'data.warn.key_of_another', ['header']],
  [/^«(.+)» names (\d+) pipelines/, 'data.warn.pipelines', ['header', 'count']],
];

/** What a person should know of a proposal before it is taken, as far as the dictionaries have words: flags tell the rest. */
export function warningsSaid(format: Format, warnings: string[]): string[] {
  return warnings.map((warning) => firstOf(format, WARNED, warning)).filter((said) => said !== null);
}

const SEPARATORS: Record<string, string> = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'pipe', ' ': 'space' };

/** A separator as people call it. */
export function separatorSaid(format: Format, separator: string): string {
  const name = SEPARATORS[separator];
  return (name && word(format, `data.separator.${name}`)) || separator;
}

const UNITS: [key: string, bytes: number][] = [
  ['gb', 1e9],
  ['mb', 1e6],
  ['kb', 1e3],
];

/** The size of a file: "12,3 МБ". */
export function sizeSaid(format: Format, bytes: number): string {
  const [key, unit] = UNITS.find(([, least]) => bytes >= least) ?? ['b', 1];
  return translate(format, `data.size.${key}`, { size: format.number(bytes / unit) });
}
