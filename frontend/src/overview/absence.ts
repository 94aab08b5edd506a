// What is not connected when a metric has no data: the word for the empty state.
import type { Answer } from '../api/types.ts';
import { leftOut, numberOf } from './figures.ts';

export type Subject = 'telephony' | 'mail' | 'messengers' | 'meetings' | 'proposals' | 'tasks' | 'deals' | 'leads';

const SUBJECTS: [Subject, string[]][] = [
  ['telephony', ['calls', 'outgoing_calls', 'taken_calls', 'answered_calls', 'talk_time']],
  ['mail', ['emails_sent']],
  ['messengers', ['messages_sent']],
  ['meetings', ['meetings', 'demos']],
  ['proposals', ['proposals']],
  ['tasks', ['tasks_done']],
  ['leads', ['leads', 'leads_answered', 'leads_qualified', 'leads_with_deal', 'leads_won', 'leads_unanswered']],
];

/** The source a metric's records come from; deals where nothing else is said. */
export function subjectOf(metric: string): Subject {
  return SUBJECTS.find(([, metrics]) => metrics.includes(metric))?.[0] ?? 'deals';
}

/** Why an answer shows nothing: its data never came, or nothing happened; null where there is something. */
export function emptiness(answer: Answer, metrics: string[]): 'not_loaded' | 'nothing' | null {
  if (metrics.every((metric) => leftOut(answer, metric) !== null)) return 'not_loaded';
  const rows = answer.rows.length > 0 ? answer.rows : [answer.totals];
  const isSomething = rows.some((row) => metrics.some((metric) => (numberOf(row, metric) ?? 0) !== 0));
  return isSomething ? null : 'nothing';
}
