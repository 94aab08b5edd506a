// An analysis' table in the shape of an answer, so that the same components draw it; it cannot be asked for alone.

import type { Answer, Page, Table } from '../api/types.ts';

/** The table as an answer without a question: `by` are its dimensions, so that figures carry their row's keys. */
export function answerOf(table: Table, page: Pick<Page, 'today'>): Answer {
  const by = table.columns.filter((column) => column.kind === 'dimension').map((column) => column.name.replace(/_id$/, ''));
  return {
    ask: { metrics: [], by: [...new Set(by)], where: {}, from: null, to: null, compare: null },
    columns: table.columns,
    rows: table.rows,
    totals: table.totals,
    data_version: '',
    as_of: page.today,
    left_out: [],
  };
}
