// The lists of records of one person's page: which there are, by what each is measured, and the question behind all of one.

import type { Page, Records } from '../api/types.ts';
import type { RecordsQuestion } from '../state/url.ts';

export type Listed = { name: string; records: Records; measure: string; question: RecordsQuestion };

/** By what a record of a kind is measured, the first column that there is. */
const MEASURES = ['talk_seconds', 'amount', 'due_at', 'from_day', 'created_at', 'started_at'];
/** The proof of a step stands apart from what is to be discussed. */
const PROOF = ['proof', 'behind'];
/** As the page's answer has them: of the days of the period, or as they stand now. */
const OF_PERIOD = [...PROOF, 'tasks_overdue', 'missed_not_called_back', 'leads_rejected'];

/** The named lists of the page that have records, in this order; without names all but the proof. */
export function listedOf(page: Pick<Page, 'lists' | 'tables' | 'facts'>, names?: string[]): Listed[] {
  const wanted = names ?? Object.keys(page.lists).filter((name) => !PROOF.includes(name));
  const employee = page.tables['person']?.rows[0]?.['employee_id'];
  return wanted.flatMap((name) => {
    const records = page.lists[name];
    if (!records?.rows.length) return [];
    const has = (column: string) => records.columns.some((found) => found.name === column);
    const days = OF_PERIOD.includes(name) ? page.facts : null;
    const question = { metric: records.metric, where: { employee: [String(employee)] }, from: days?.from ?? null, to: days?.to ?? null };
    const isSilent = has('talk_seconds') && records.rows.every((row) => !row['talk_seconds']);
    return [{ name, records, measure: MEASURES.find((column) => has(column) && !(isSilent && column === 'talk_seconds')) ?? '', question }];
  });
}
