// What a share of plan or a growth means, apart from any colour.

import type { Better } from '../api/types.ts';

export type Verdict = 'ahead' | 'near' | 'behind' | 'better' | 'worse' | 'same' | 'plain' | 'unknown';

/** From this share of plan on a person is close to it, not behind. */
export const NEAR_PLAN = 80;
const PLAN_MET = 100;
/** A change below this is none: it is shown as 0 %, or 0 points. */
const NO_CHANGE = { growth: 0.5, points: 0.05 };

export type Judged = 'attainment' | 'growth' | 'points';

/** `value` in percent or points; `better` says whether more is better, null where neither is: a change is then no verdict ("plain"). */
export function judge(value: number | null, kind: Judged, better: Better): Verdict {
  if (value === null) return 'unknown';
  if (kind !== 'attainment') {
    if (Math.abs(value) < NO_CHANGE[kind]) return 'same';
    if (better === null) return 'plain';
    return value > 0 === (better === 'up') ? 'better' : 'worse';
  }
  const shown = Math.round(value); // a pill that says 100 % is never of the colour of 99
  if (better === 'down') return shown <= PLAN_MET ? 'ahead' : 'behind';
  if (shown >= PLAN_MET) return 'ahead';
  return shown >= NEAR_PLAN ? 'near' : 'behind';
}

/** The tone of a verdict, none where it is neither good nor bad. */
export const TONES: Readonly<Partial<Record<Verdict, 'good' | 'warn' | 'bad'>>> = { ahead: 'good', better: 'good', near: 'warn', behind: 'bad', worse: 'bad' };

/** The sign before a value: an arrow for a change that is shown as one, else the mark of the verdict. */
export function signOf(value: number | null, kind: Judged, verdict: Verdict): string {
  if (kind !== 'attainment') return value === null || verdict === 'same' ? '' : value > 0 ? '▲' : '▼';
  return { ahead: '✓', near: '•', behind: '!', better: '', worse: '', same: '', plain: '', unknown: '' }[verdict];
}
