// What the period is compared with, and whether the two can be compared as they are.

import type { Better, Overview } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';

type Days = Overview['working_days'];

/** "С 1–22 окт.: 14 рабочих дней против 16", and which days of the period are compared where not all until today are. */
export function comparedText(overview: Pick<Overview, 'compared' | 'counted' | 'facts' | 'today' | 'working_days'>, format: Format): string | null {
  const { compared, counted, facts, today, working_days: days } = overview;
  if (facts === null) return null;
  if (counted === null) return translate(format, 'overview.compared.nothing');
  if (compared === null) return null;
  const isThisYear = [compared.from, compared.to].every((day) => day.slice(0, 4) === today.slice(0, 4));
  const period = format.span(compared.from, compared.to, { year: !isThisYear });
  const isPart = counted.to < facts.to;
  const own = format.span(counted.from, counted.to, { year: counted.to.slice(0, 4) !== today.slice(0, 4) });
  const key = `overview.compared${isPart ? '.part' : ''}`;
  if (days.counted === null || days.compared === null) return translate(format, `${key}.with`, { own, period });
  return translate(format, `${key}.days`, { own, period, count: days.counted, other: days.compared });
}

/**
 * Whether more is better for a growth in percent of something counted; null where the numbers of working days alone
 * would have moved it as far: 14 days after 16 are 12.5 % fewer, whoever works on them.
 */
export function fairly(better: Better, growth: number | null, { counted, compared }: Days): Better {
  if (growth === null || counted === null || compared === null) return better;
  if (compared === 0) return growth > 0 || counted === 0 ? null : better;
  const ofDays = 100 * (counted / compared - 1);
  const isExplained = growth > 0 === ofDays > 0 && Math.abs(growth) <= Math.abs(ofDays);
  return isExplained ? null : better;
}
