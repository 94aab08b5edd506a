// The sentence above the page: what the data can say of the period, and in what tone.

import type { Finding, Overview } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { addDays, daysOf, type Days } from '../state/url.ts';
import { headlineText, stageOf } from './words.ts';

/** `go` is the month to look at instead, where the data end before the period. */
export type Headline = { text: string; tone: Finding['tone'] | 'warn'; go: Days | null };

type Asked = Pick<Overview, 'headline' | 'period' | 'facts' | 'counted' | 'today' | 'working_days' | 'data_until'> & { tiles: { facts: Pick<Overview['tiles']['facts'], 'ask'> } };

/** Days off in a row that are no sign of data having ended: the longest holidays. */
const HOLIDAYS = 14;

/** The headline of the overview in words. */
export function headlineOf(overview: Asked, format: Format): Headline {
  const { headline, data_until: until } = overview;
  const told = (key: string, values = {}): string => translate(format, `overview.headline.${key}`, values);
  if (isEnded(overview)) {
    if (until === null) return { text: told('no_events'), tone: 'neutral', go: null };
    const day = format.moment(until, overview.today);
    return { text: told('data_end', { day }), tone: 'neutral', go: daysOf('this_month', until) };
  }
  if (headline.kind === 'ended') {
    const last = String(headline.values['data_until']);
    return { text: told('ended', { day: format.moment(last, overview.today) }), tone: 'neutral', go: daysOf('this_month', last) };
  }
  if (isDayOff(overview)) {
    const isToday = overview.period.from === overview.today && overview.period.to === overview.today;
    return { text: told(isToday ? 'nothing_sold.today_off' : 'nothing_sold.off'), tone: 'neutral', go: null };
  }
  if (headline.kind === 'nothing_sold' && overview.facts !== null && overview.counted === null) return { text: told('nothing_sold.begun'), tone: 'neutral', go: null };
  const tone = headline.kind === 'revenue_behind' && headline.tone === 'neutral' ? 'warn' : headline.tone;
  return { text: headlineText(headline, stageOf(overview), overview.tiles.facts.ask.compare, format), tone, go: null };
}

/** Whether nothing happened in the data since before the period; a few days off, or a day that has only begun, are no end of data. */
export function isEnded({ facts, counted, period, today, working_days, data_until: until }: Pick<Asked, 'facts' | 'counted' | 'period' | 'today' | 'working_days' | 'data_until'>): boolean {
  if (facts === null) return false;
  if (until === null) return true;
  if (until >= period.from) return false;
  const hasBegunOnly = counted === null && period.from === today;
  return (!hasBegunOnly && (working_days.facts ?? 0) > 0) || addDays(until, HOLIDAYS) < period.from;
}

const isDayOff = ({ headline, facts, working_days }: Asked): boolean => headline.kind === 'nothing_sold' && facts !== null && working_days.facts === 0;
