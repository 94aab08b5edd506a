// Steps of the simple funnel with their shares and the place where most is lost.
import type { Answer } from '../api/types.ts';
import { leftOut, numberOf, share } from './figures.ts';

export type Step = {
  name: string;
  count: number | null;
  ofFirst: number | null;
  ofPrevious: number | null;
  lost: number | null;
  isLargestLoss: boolean;
  isLoaded: boolean;
};

export const STEPS = ['leads', 'leads_answered', 'leads_qualified', 'leads_with_deal', 'leads_won'];

/**
 * The steps in order. Shares are percents; a step is compared with the nearest earlier one that is known, and the
 * largest loss is the step before which most leads were lost by number.
 */
export function funnelSteps(answer: Answer): Step[] {
  const steps: Step[] = [];
  for (const name of STEPS) {
    const count = numberOf(answer.totals, name);
    const before = steps.findLast((step) => step.count !== null)?.count ?? null;
    const first = steps[0]?.count ?? count;
    const lost = count === null || before === null ? null : before - count;
    steps.push({
      name, count, lost,
      ofFirst: share(count, first),
      ofPrevious: steps.length === 0 ? null : share(count, before),
      isLargestLoss: false,
      isLoaded: leftOut(answer, name) === null,
    });
  }
  const worst = Math.max(0, ...steps.map((step) => step.lost ?? 0));
  const place = steps.find((step) => worst > 0 && step.lost === worst);
  if (place) place.isLargestLoss = true;
  return steps;
}
