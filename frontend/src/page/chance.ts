// What the server says of chance: which rows differ from the others by more than it.

import type { Row, Table } from '../api/types.ts';

/** Whether the row differs from the others by no more than chance; a row that nothing is said of does not differ. */
export function isWithinChance(table: Table | undefined, key: string, row: Row): boolean {
  return table?.rows.find((one) => one[key] === row[key])?.['differs'] !== true;
}
