// The second cut that the path is held against: what is chosen, what is asked, what the map marks, what is said.

import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { type Filters, isDay, viewQuery } from '../state/url.ts';
import { ASKED } from './behind.ts';
import { spanText } from './said.ts';
import type { Against, Clock, ShareCompared, TimeCompared } from './shapes.ts';

export const KINDS = ['outcome', 'previous', 'since', 'best_win_rate', 'best_revenue', 'employee', 'team', 'channel'] as const;
export type Kind = (typeof KINDS)[number];
/** The kinds that need one more choice: a member of a list, or a day. */
export const NEEDS: readonly Kind[] = ['since', 'employee', 'team', 'channel'];
/** Sentences of each sort that are said; the tables have the others. */
const SAID = 4;

export type Chosen = { kind: Kind | null; whom: string };

/** What is chosen in the address; a kind that is none is as if none were given. */
export function chosenOf({ view }: Pick<Filters, 'view'>): Chosen {
  const kind = KINDS.find((each) => each === view.against?.[0]) ?? null;
  const whom = kind && NEEDS.includes(kind) ? (view.whom?.[0] ?? '') : '';
  return { kind, whom: kind === 'since' && !isDay(whom) ? '' : whom };
}

export const isWhole = ({ kind, whom }: Chosen): boolean => kind !== null && (!NEEDS.includes(kind) || whom !== '');

/** The query of the comparison; null where nothing, or not enough, is chosen. */
export function againstQuery(filters: Filters, today: string): string | null {
  const chosen = chosenOf(filters);
  if (!isWhole(chosen)) return null;
  const query = new URLSearchParams(viewQuery(filters, today, ASKED));
  query.set('against', chosen.kind ?? '');
  if (chosen.whom) query.set('whom', chosen.whom);
  if (filters.view.clock?.[0] === 'working') query.set('clock', 'working');
  return query.toString();
}

export type Mark = { share: 'more' | 'less' | null; time: boolean; text: string };
export const SIGNS = { more: '▲', less: '▼', time: '●' } as const;

/** What an item of the map bears before its figures: whether the one pass it more often, or less, or in another time. */
export const signsOf = (mark: Mark | undefined): string => (mark ? `${mark.share ? SIGNS[mark.share] : ''}${mark.time ? SIGNS.time : ''} ` : '');

export const placeOf = (row: { source: string | null; target: string }): string => (row.source === null ? row.target : `${row.source} → ${row.target}`);

type Names = { named: (key: string) => string; one: string; other: string };

/** What differs beyond chance, by the id of the map's item, in words. */
export function marksOf(found: Against | null, names: Names, format: Format): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  if (!found) return marks;
  const mark = (id: string) => marks.get(id) ?? { share: null, time: false, text: '' };
  const put = (id: string, changes: Partial<Mark>, text: string) => marks.set(id, { ...mark(id), ...changes, text: [mark(id).text, text].filter(Boolean).join('. ') });
  for (const row of found.shares) if (row.differs) put(placeOf(row), { share: row.difference > 0 ? 'more' : 'less' }, shareText(row, names, format));
  for (const row of found.times) if (row.differs) put(placeOf(row), { time: true }, timeText(row, names, format, found.clock));
  return marks;
}

export function shareText(row: ShareCompared, { named, one, other }: Names, format: Format): string {
  const points = (value: number | null) => format.points(value, { signed: true });
  return translate(format, row.source === null ? 'path.against.say.step' : 'path.against.say.edge', {
    source: row.source === null ? '' : named(row.source),
    target: named(row.target),
    ...{ one, other },
    share_one: format.percent(row.share_one, { compact: true }),
    share_other: format.percent(row.share_other, { compact: true }),
    points: points(row.difference),
    low: points(row.low),
    high: points(row.high),
  });
}

export function timeText(row: TimeCompared, { named, one, other }: Names, format: Format, clock: Clock): string {
  return translate(format, clock === 'working' ? 'path.against.say.time.working' : 'path.against.say.time', {
    source: named(row.source ?? ''),
    target: named(row.target),
    ...{ one, other },
    median_one: spanText(row.median_one, format, clock),
    median_other: spanText(row.median_other, format, clock),
  });
}

/** The surest differences in sentences, and how many more there are. */
export function sentences(found: Against, names: Names, format: Format): { said: string[]; more: number } {
  const shares = found.shares.filter((row) => row.differs);
  const times = found.times.filter((row) => row.differs);
  const said = [...shares.slice(0, SAID).map((row) => shareText(row, names, format)), ...times.slice(0, SAID).map((row) => timeText(row, names, format, found.clock))];
  return { said, more: shares.length + times.length - said.length };
}
