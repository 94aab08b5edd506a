// What is shown, in words, for whoever reads it without the page's filters: days, team, people, channels.

import type { Session } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { type Days, daysOf, type Filters } from '../state/url.ts';

const KINDS = [['team', 'teams'], ['employee', 'employees'], ['channel', 'channels']] as const;
/** Names that are written out; more are counted. */
const NAMED = 6;

type Offered = Record<(typeof KINDS)[number][1], { id: string; name: string }[]>;

/** "Команда: Север; Канал: Сайт", or that nothing is left out. */
export function cutText(filters: Pick<Filters, 'team' | 'employee' | 'channel'>, offered: Offered, format: Format): string {
  const parts = KINDS.flatMap(([kind, list]) => {
    const names = filters[kind].map((id) => offered[list].find((one) => one.id === id)?.name ?? translate(format, 'filter.unknown', { id }));
    if (!names.length) return [];
    const rest = names.length - NAMED;
    const said = rest > 1 ? translate(format, 'print.names_more', { names: names.slice(0, NAMED).join(', '), count: rest }) : names.join(', ');
    return [`${translate(format, `filter.${kind}`)}: ${said}`];
  });
  return parts.length ? parts.join('; ') : translate(format, 'print.everything');
}

/** "Этот месяц, 1–30 нояб. 2026. С прошлым периодом": the period by its name and its days, and what it is set against. */
export function periodLine(filters: Pick<Filters, 'period' | 'compare'>, today: string, format: Format): string {
  const name = typeof filters.period === 'string' ? `${translate(format, `period.${filters.period}`)}, ` : '';
  const days = daysOf(filters.period, today);
  const against = filters.compare === 'none' ? '' : `. ${translate(format, `print.compared.${filters.compare}`)}`;
  return `${name}${format.span(days.from, days.to)}${against}`;
}

/** The days a block is about: those it asked for itself, else the page's. */
export function daysShown(filters: Pick<Filters, 'period'>, asked: { from: string | null; to: string | null } | null, today: string): Days {
  return asked?.from && asked.to ? { from: asked.from, to: asked.to } : daysOf(filters.period, today);
}

/** What stands under a block's title where it is read alone. A log of another process has neither period nor people. */
export function linesOf(filters: Filters, asked: Parameters<typeof daysShown>[1], offered: Offered, today: string, format: Format): string[] {
  if (filters.view.log?.length) return filters.view.log;
  const [days, page] = [daysShown(filters, asked, today), daysOf(filters.period, today)];
  const isPages = days.from === page.from && days.to === page.to;
  return [isPages ? periodLine(filters, today, format) : format.span(days.from, days.to), cutText(filters, offered, format)];
}

/** Whose figures these are, and how fresh: "Северный ветер. Данные на 23 нояб., 14:05". */
export function footText({ company, data }: Pick<Session, 'company' | 'data'>, format: Format): string {
  const fresh = data.built_at ? translate(format, 'fresh.at', { time: format.dateTime(data.built_at, { year: true }) }) : translate(format, 'fresh.never');
  return `${company.name}. ${fresh}. ${translate(format, 'print.made', { day: format.day(company.today, { year: true }) })}`;
}
