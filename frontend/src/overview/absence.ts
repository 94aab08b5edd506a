// What is missing when a metric has no data: the word for the empty state.

import type { Answer } from '../api/types.ts';
import { leftOut, numberOf } from './figures.ts';

/** The end of a key `overview.absent.…`. */
export type Absence =
  | 'telephony'
  | 'mail'
  | 'messengers'
  | 'meetings'
  | 'demos'
  | 'proposals'
  | 'tasks'
  | 'deals'
  | 'leads'
  | 'answers'
  | 'qualified_stage'
  | 'deal_links'
  | 'direction'
  | 'mail_direction'
  | 'message_direction'
  | 'nurture_stage'
  | 'temperature_rule'
  | 'handovers'
  | 'spend'
  | 'payments'
  | 'ended'
  | 'not_given';

const TABLES: Record<string, Absence> = {
  calls: 'telephony',
  emails: 'mail',
  messages: 'messengers',
  meetings: 'meetings',
  demos: 'demos',
  proposals: 'proposals',
  tasks: 'tasks',
  deals: 'deals',
  leads: 'leads',
  handovers: 'handovers',
  'nurture states': 'nurture_stage',
  nurtures: 'nurture_stage',
  'ad spend': 'spend',
  payments: 'payments',
  purchases: 'payments',
};
const COLUMNS: Record<string, Absence> = {
  has_next_step: 'tasks',
  is_answered: 'answers',
  reached_qualified: 'qualified_stage',
  has_deal: 'deal_links',
  is_won: 'deal_links',
  direction: 'direction',
  is_label_wrong: 'temperature_rule',
};

/** Of what else than calls a source does not tell who addressed whom. */
const DIRECTIONS: Record<string, Absence> = { emails_sent: 'mail_direction', messages_sent: 'message_direction' };

/** What a metric of the answer lacks; null where it lacks nothing. */
export function absenceOf(answer: Answer, metric: string): Absence | null {
  const [kind, what = ''] = (leftOut(answer, metric) ?? '').split(': ');
  if (kind === 'not loaded') return TABLES[what] ?? 'not_given';
  if (kind === 'data end') return 'ended';
  if (kind !== 'never given') return null;
  const absence = what.split(', ').map((column) => COLUMNS[column]).find((found) => found !== undefined) ?? 'not_given';
  return absence === 'direction' ? (DIRECTIONS[metric] ?? absence) : absence;
}

/** What the metrics of the answer lack, each thing once. */
export function absencesOf(answer: Answer, metrics: string[]): Absence[] {
  return [...new Set(metrics.map((metric) => absenceOf(answer, metric)).filter((absence) => absence !== null))];
}

/** Why an answer shows nothing: its data never came, or nothing happened; null where there is something. */
export function emptiness(answer: Answer, metrics: string[]): 'not_loaded' | 'nothing' | null {
  if (metrics.every((metric) => leftOut(answer, metric) !== null)) return 'not_loaded';
  const rows = answer.rows.length > 0 ? answer.rows : [answer.totals];
  const isSomething = rows.some((row) => metrics.some((metric) => (numberOf(row, metric) ?? 0) !== 0));
  return isSomething ? null : 'nothing';
}
