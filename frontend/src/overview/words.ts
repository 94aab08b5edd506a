// The conclusion and the findings in words, from their kinds and values.

import type { Compare, Finding, Overview } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';

/** A finding for people: a sentence, one more, and its price with how it was reckoned. */
export type Told = { text: string; more: string | null; money: string | null; method: string | null };

type Values = Finding['values'];
const KNOWN = ['revenue_on_pace', 'revenue_behind', 'revenue_no_plan', 'nothing_sold', 'no_deals'];
const SAME_PERCENT = 1;

const asNumber = (values: Values, name: string): number | null => {
  const value = values[name];
  return typeof value === 'number' ? value : null;
};
const asText = (values: Values, name: string): string => String(values[name] ?? '');

/** Where the period stands to today: still to come, on its way, or ended, so that nothing is "due by today" any more. */
export type Stage = 'ahead' | 'running' | 'over';

/** Where the overview's period stands. */
export function stageOf({ period, facts, today }: Pick<Overview, 'period' | 'facts' | 'today'>): Stage {
  if (facts === null) return 'ahead';
  return facts.to === period.to && today > period.to ? 'over' : 'running';
}

/** Whether the period has days to come, or its last one is not over: a whole plan is not due yet. */
export function isOnItsWay({ period, facts, counted, today }: Pick<Overview, 'period' | 'facts' | 'counted' | 'today'>): boolean {
  if (facts === null) return false;
  return facts.to < period.to || (period.to === today && (counted === null || counted.to < today));
}

/** The sentence of the page's own conclusion; how the data stand to the period is told in `headline.ts`. */
export function headlineText(finding: Finding, stage: Stage, compare: Compare | null, format: Format): string {
  const { kind, tone, values } = finding;
  if (stage === 'ahead' && kind !== 'no_deals') return translate(format, 'overview.headline.ahead');
  if (!KNOWN.includes(kind)) return translate(format, 'overview.headline.unknown');
  if (kind === 'revenue_no_plan') return withoutPlan(values, compare, format);
  const ending = endingOf(kind, tone, stage);
  const money = (name: string): string => format.money(asNumber(values, name), { compact: true });
  return translate(format, `overview.headline.${kind}${ending}`, {
    revenue: money('revenue'),
    plan: money('plan'),
    gap: money('gap'),
    pace: format.percent(asNumber(values, 'pace')),
    attainment: format.percent(asNumber(values, 'attainment')),
  });
}

function endingOf(kind: string, tone: Finding['tone'], stage: Stage): string {
  if (stage === 'over' && (kind === 'revenue_on_pace' || kind === 'revenue_behind')) return '.over';
  return kind === 'revenue_behind' && tone === 'neutral' ? '.slightly' : '';
}

function withoutPlan(values: Values, compare: Compare | null, format: Format): string {
  const growth = asNumber(values, 'revenue_growth');
  const ending = growth === null || compare === null ? '' : Math.abs(growth) < SAME_PERCENT ? '.same' : growth > 0 ? '.more' : '.less';
  return translate(format, `overview.headline.revenue_no_plan${ending}`, {
    revenue: format.money(asNumber(values, 'revenue'), { compact: true }),
    previous: format.money(asNumber(values, 'revenue_previous'), { compact: true }),
    growth: format.percent(Math.abs(growth ?? 0)),
    compared: translate(format, `overview.compared.${compare ?? 'previous'}`),
  });
}

/** Which days the conclusion is about, and until when there are data where they do not reach its end. */
export function periodText(overview: Pick<Overview, 'period' | 'facts' | 'today' | 'data_until'>, format: Format): string {
  const { period, facts, today, data_until: until } = overview;
  const isShort = facts !== null && until !== null && until >= period.from && until < period.to;
  const year = until?.slice(0, 4) !== today.slice(0, 4);
  return translate(format, `overview.headline.period${isShort ? '' : '.over'}`, {
    period: format.span(period.from, period.to),
    until: format.day(until, { long: true, year }),
  });
}

/** A finding in words; null for a kind that this page does not know. */
export function findingText(finding: Finding, format: Format): Told | null {
  return TELLERS[finding.kind]?.(finding.values, format) ?? null;
}

const estimate = (values: Values, name: string, format: Format, sign = ''): string | null => {
  const value = asNumber(values, name);
  return value === null ? null : sign + format.money(value, { compact: true });
};

const TELLERS: Record<string, (values: Values, format: Format) => Told> = {
  leads_unanswered: (values, format) => ({
    text: translate(format, 'finding.leads_unanswered', { count: asNumber(values, 'count') }),
    more: values['since'] ? translate(format, 'finding.leads_unanswered.more', { since: format.dateTime(asText(values, 'since'), { year: true }) }) : null,
    money: estimate(values, 'money', format, '≈ '),
    method: translate(format, 'finding.leads_unanswered.method'),
  }),
  deals_without_task: (values, format) => ({
    text: translate(format, 'finding.deals_without_task', { count: asNumber(values, 'count') }),
    more: translate(format, 'finding.deals_without_task.more', { share: format.percent(asNumber(values, 'share')) }),
    money: estimate(values, 'amount', format),
    method: translate(format, 'finding.deals_without_task.method'),
  }),
  channel_without_return: (values, format) => ({
    text: translate(format, 'finding.channel_without_return', { channel: asText(values, 'channel') }),
    more: translate(format, 'finding.channel_without_return.more', { count: asNumber(values, 'months') }),
    money: estimate(values, 'spend', format),
    method: translate(format, 'finding.channel_without_return.method'),
  }),
  people_behind_plan: (values, format) => ({
    text: translate(format, 'finding.people_behind_plan', { count: asNumber(values, 'count'), of: asNumber(values, 'of') }),
    more: namesText(values, format),
    money: estimate(values, 'gap', format),
    method: translate(format, 'finding.people_behind_plan.method'),
  }),
  fewer_leads: (values, format) => {
    const change = (name: string): string => format.percent(Math.abs(asNumber(values, name) ?? 0));
    return {
      text: translate(format, 'finding.fewer_leads', { revenue: change('revenue_growth'), leads: change('leads_growth') }),
      more: translate(format, 'finding.fewer_leads.more', { conversion: format.points(asNumber(values, 'conversion_points'), { signed: true }) }),
      money: null,
      method: null,
    };
  },
};

function namesText(values: Values, format: Format): string {
  const names = asText(values, 'names');
  const others = (asNumber(values, 'count') ?? 0) - names.split(',').filter((name) => name.trim()).length;
  return translate(format, `finding.people_behind_plan.more${others > 0 ? '.others' : ''}`, { names, others });
}
