// What of a record stands in a short list: its title and a few words beside it.

import type { RecordColumn, Records, Row } from '../api/types.ts';
import { textOf } from './figures.ts';

const TITLES = ['title', 'client', 'phone', 'email'];
const DETAILS = ['client', 'channel', 'stage'];

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

function titleColumn(records: Records, row: Row): string | null {
  return TITLES.find((name) => has(records, name) && textOf(row, name) !== null) ?? null;
}
