// What of a record stands in a short list: its title and a few words beside it.

import type { RecordColumn, Records, Row } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { textOf } from './figures.ts';

const TITLES = ['title', 'client', 'phone', 'email', 'subject'];
const DETAILS = ['client', 'channel', 'stage', 'subject', 'check', 'loss_reason'];

const LONG = 10 * 3600; // from here on minutes say nothing

const has = (records: Records, name: string): boolean => records.columns.some((column: RecordColumn) => column.name === name);

/** The first that is given of title, name, client, contact; null where the record has none. */
export function titleOf(records: Records, row: Row): string | null {
  const name = titleColumn(records, row);
  return name === null ? null : textOf(row, name);
}

/** Client, channel and stage, as far as they are given and not the title itself. */
export function detailsOf(records: Records, row: Row): string[] {
  const title = titleColumn(records, row);
  const given = DETAILS.filter((name) => name !== title && has(records, name)).map((name) => textOf(row, name));
  return [...new Set(given.filter((text) => text !== null))];
}

/** How long a record waits, in working time given in seconds: none of it passed for one that came after hours. */
export function waitText(format: Format, seconds: number): string {
  if (seconds === 0) return translate(format, 'overview.list.off_hours');
  if (seconds >= LONG) return format.hours(Math.round(seconds / 3600));
  return seconds < 60 ? format.minutes(0) : format.duration(seconds);
}

function titleColumn(records: Records, row: Row): string | null {
  return TITLES.find((name) => has(records, name) && textOf(row, name) !== null) ?? null;
}
