// How people of a role compare in its rates: the tables of an analysis, and what they come to in words.

import type { Answer, Column, Page, Row } from '../api/types.ts';
import type { Format } from '../format.ts';
import { numberOf, textOf } from '../overview/figures.ts';
import { answerOf } from '../page/tables.ts';

export type Compared = {
  metric: string;
  /** The table's name on the page and in files. */
  name: string;
  answer: Answer;
  limits: Row[];
  rate: Row;
  column: Column;
  /** Whether people are judged by the figure on the role's mix of leads. */
  isAdjusted: boolean;
};
export type Said = { key: string; params?: Record<string, string | number> };
export type Tone = 'good' | 'bad' | 'pale';

const DEFAULT = 'win_rate';
/** Points of percent under which a mix of leads is as good as the role's. */
const SAME_MIX = 0.5;

/** The comparisons of a role in the order of its settings. */
export function comparisonsOf(page: Pick<Page, 'tables' | 'today'>, code: string): Compared[] {
  return (page.tables[`rates:${code}`]?.rows ?? []).flatMap((rate) => {
    const metric = textOf(rate, 'metric') ?? '';
    const name = `compared:${code}:${metric}`;
    const table = page.tables[name];
    const column = table?.columns.find((one) => one.name === metric);
    if (!table || !column) return [];
    return [{ metric, name, answer: answerOf(table, page), limits: page.tables[`limits:${code}:${metric}`]?.rows ?? [], rate, column, isAdjusted: table.rows.some((row) => numberOf(row, 'adjusted') !== null) }];
  });
}

/** What is shown where nothing is chosen: the win rate, else the first of the role's. */
export function chosenOf(all: Compared[], metric: string): Compared | null {
  return all.find((one) => one.metric === metric) ?? all.find((one) => one.metric === DEFAULT) ?? all[0] ?? null;
}

/** The figure that a person is judged by: on the role's mix of leads where that is known. */
export function levelOf(row: Row, metric: string): number | null {
  return numberOf(row, 'adjusted') ?? numberOf(row, metric);
}

/** Good or bad for whoever is beyond the limit of 99.8 %; pale for all others. */
export function toneOf(row: Row, better: Column['better']): Tone {
  const side = textOf(row, 'side');
  if (side !== 'above' && side !== 'below') return 'pale';
  return (side === 'above') === (better !== 'down') ? 'good' : 'bad';
}

const namesOf = (compared: Compared, side: string) => compared.answer.rows.filter((row) => row['side'] === side).map((row) => textOf(row, 'employee') ?? '');

/** How often chance alone does it, as people say it: "26 %", "less than 0.1 %". */
export function chanceText(chance: number, format: Format): string {
  return chance < 0.001 ? `< ${format.percent(0.1)}` : format.percent(100 * chance, { compact: chance >= 0.1 });
}

/** The p of a test: "= 0.26", "< 0.01". */
export function pText(chance: number, format: Format): string {
  if (chance < 0.01) return `<\u00a0${format.number(0.01, 'ratio')}`; // a ratio is written with two decimals
  return `=\u00a0${format.number(chance, 'ratio')}`;
}

/** What a comparison comes to: whether people differ at all, then who does. */
export function conclusionOf(compared: Compared, format: Format): Said[] {
  const { rate } = compared;
  const chance = numberOf(rate, 'chance');
  if (chance === null) return [{ key: 'team.compared.untested' }];
  const params = { chance: chanceText(chance, format) };
  const outside = (['above', 'below'] as const).flatMap((side) => {
    const names = namesOf(compared, side);
    return names.length ? [{ key: `team.compared.${side}`, params: { names: names.join(', ') } }] : [];
  });
  if (rate['differs'] !== true) {
    const key = chance < 0.05 ? 'team.compared.within.many' : 'team.compared.within';
    return [{ key, params }, ...outside, ...(outside.length ? [{ key: 'team.compared.within.but' }] : [])];
  }
  const over: Said[] = rate['is_over'] === true ? [{ key: 'team.compared.over', params: { phi: format.number(numberOf(rate, 'phi')) } }] : [];
  return [{ key: 'team.compared.differs', params }, ...over, ...(outside.length ? outside : [{ key: 'team.compared.nobody' }])];
}

/** Why the expected figure is not the role's: what the person has more or fewer of; null where the mix is the same. */
export function whyExpected(row: Row, centre: number | null): { of: string; value: string | null; own: number; whole: number } | null {
  const [expected, own, whole] = [numberOf(row, 'expected'), numberOf(row, 'mix_own'), numberOf(row, 'mix_whole')];
  const of = textOf(row, 'mix_of');
  if (expected === null || centre === null || of === null || own === null || whole === null || Math.abs(expected - centre) < SAME_MIX) return null;
  return { of, value: textOf(row, 'mix_value'), own, whole };
}

export type Span = { left: number; width: number; at: number };

/** Where an interval lies on a line from the least to the most of all of them, in percent of its length. */
export function spansOf(compared: Compared): { of: (row: Row) => Span | null; centre: number | null } {
  const [low, high] = compared.isAdjusted ? ['adjusted_low', 'adjusted_high'] : [`${compared.metric}_low`, `${compared.metric}_high`];
  const ends = compared.answer.rows.flatMap((row) => [numberOf(row, low), numberOf(row, high)].filter((end) => end !== null));
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const place = (value: number) => (most > least ? (100 * (value - least)) / (most - least) : 50);
  const centre = numberOf(compared.answer.totals, compared.metric);
  return {
    of: (row) => {
      const [from, to, at] = [numberOf(row, low), numberOf(row, high), levelOf(row, compared.metric)];
      return from === null || to === null || at === null ? null : { left: place(from), width: place(to) - place(from), at: place(at) };
    },
    centre: centre === null ? null : place(centre),
  };
}

export type Use = { work: string; title: { ru: string; en: string }; unit: string; best: number; rest: number; apart: number; low: number | null; high: number | null; differs: boolean };
export type TimeUse = { name: string; answer: Answer; uses: Use[]; best: string[]; others: number; result: Column | null };

/** What the best of a role do otherwise; null where nothing can be told. */
export function timeOf(page: Pick<Page, 'tables' | 'today'>, code: string): TimeUse | null {
  const [table, best] = [page.tables[`time:${code}`], page.tables[`best:${code}`]];
  if (!table || !best) return null;
  const uses = table.rows.map((row) => ({
    work: textOf(row, 'work') ?? '',
    title: { ru: textOf(row, 'title_ru') ?? '', en: textOf(row, 'title_en') ?? '' },
    unit: textOf(row, 'unit') ?? 'count',
    best: numberOf(row, 'best') ?? 0,
    rest: numberOf(row, 'rest') ?? 0,
    apart: numberOf(row, 'difference') ?? 0,
    low: numberOf(row, 'difference_low'),
    high: numberOf(row, 'difference_high'),
    differs: row['differs'] === true,
  }));
  const names = best.rows.map((row) => textOf(row, 'employee') ?? '');
  return { name: `time:${code}`, answer: answerOf(table, page), uses, best: names, others: numberOf(best.totals, 'others') ?? 0, result: best.columns.find((column) => column.name === 'result') ?? null };
}
