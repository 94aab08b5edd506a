// What a share of plan or a growth means, apart from any colour.

import type { Better } from '../api/types.ts';

export type Verdict = 'ahead' | 'near' | 'behind' | 'better' | 'worse' | 'same' | 'plain' | 'unknown';

/** From this share of plan on a person is close to it, not behind. */
export const NEAR_PLAN = 80;
const PLAN_MET = 100;
/** Growth below this is no change: it is shown as 0 %. */
const NO_CHANGE = 0.5;

/** `value` in percent; `better` says whether more is better, null where neither is: a growth is then no verdict ("plain"). */
export function judge(value: number | null, kind: 'attainment' | 'growth', better: Better): Verdict {
  if (value === null) return 'unknown';
  if (kind === 'growth') {
    if (Math.abs(value) < NO_CHANGE) return 'same';
    if (better === null) return 'plain';
    return value > 0 === (better === 'up') ? 'better' : 'worse';
  }
  const shown = Math.round(value); // a pill that says 100 % is never of the colour of 99
  if (better === 'down') return shown <= PLAN_MET ? 'ahead' : 'behind';
  if (shown >= PLAN_MET) return 'ahead';
  return shown >= NEAR_PLAN ? 'near' : 'behind';
}

/** The sign before a value: an arrow for a growth that is shown as one, else the mark of the verdict. */
export function signOf(value: number | null, kind: 'attainment' | 'growth', verdict: Verdict): string {
  if (kind === 'growth') return value === null || verdict === 'same' ? '' : value > 0 ? '▲' : '▼';
  return { ahead: '✓', near: '•', behind: '!', better: '', worse: '', same: '', plain: '', unknown: '' }[verdict];
}
