// The lists of the board: which there are, by which metric each is shown, what is said of it.

import type { Answer, Finding, Page, Row, Words } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { numberOf, textOf } from '../overview/figures.ts';
import { answerOf } from '../page/tables.ts';

export type List = { board: string; title: Words | null; by: 'employee' | 'team'; metrics: string[] };
/** What stands for the role in the lists of teams: a role may well be called teams. */
export const TEAMS = '@teams';

/** The lists of a page, in its order. */
export function listsOf(page: Pick<Page, 'tables'>): List[] {
  return (page.tables['boards']?.rows ?? []).map((row) => {
    const [ru, en] = [textOf(row, 'title_ru'), textOf(row, 'title_en')];
    const title = ru === null || en === null ? null : { ru, en };
    return { board: textOf(row, 'board') ?? '', title, by: row['by'] === 'team' ? 'team' : 'employee', metrics: (textOf(row, 'metrics') ?? '').split(',').filter(Boolean) };
  });
}

/** The metric by which a list is shown: the one that the address names for it ("ae:revenue"), else its first. */
export function metricOf(list: List, shown: readonly string[]): string {
  const named = shown.find((each) => each.startsWith(`${list.board}:`))?.slice(list.board.length + 1);
  return list.metrics.find((metric) => metric === named) ?? list.metrics[0] ?? '';
}

/** What the address names after another metric is chosen for a list. */
export function choosing(list: List, metric: string, shown: readonly string[]): string[] {
  const others = shown.filter((each) => !each.startsWith(`${list.board}:`));
  return metric === list.metrics[0] ? others : [...others, `${list.board}:${metric}`];
}

export const tableName = (list: List, metric: string): string => `places:${list.board}:${metric}`;

/** A list as an answer: its figures open what the question of all of them asks for. */
export function answerOfList(page: Page, list: List, metric: string): Answer | null {
  const table = page.tables[tableName(list, metric)];
  const asked = page.blocks[`facts:${list.board}`];
  if (!table || !asked) return null;
  return { ...answerOf(table, page), ask: { ...asked.ask, metrics: [metric], by: [list.by] }, data_version: asked.data_version };
}

export function saidOf(page: Pick<Page, 'findings'>, list: List, metric: string): Finding | null {
  return page.findings.find(({ values }) => values['board'] === list.board && values['metric'] === metric) ?? null;
}

/** The unit at the end of a title: the figure has its own. */
const UNIT = /, \p{L}{1,3}$|, %$/u;

/** Who is first, in one sentence: "Продажи: впереди Анна Белова — 14, на 3 больше второго места". */
export function saidText(said: Finding, unit: string, title: string, format: Format): string {
  const { names, more, value, lead, count } = said.values;
  const text = translate(format, `board.said.${said.kind}`, {
    metric: title.replace(UNIT, ''),
    names: typeof more === 'number' && more > 0 ? translate(format, 'board.names.more', { names: String(names), count: more }) : String(names ?? ''),
    value: format.number(Number(value ?? 0), unit),
    lead: format.number(Number(lead ?? 0), unit),
    count: Number(count ?? 0),
  });
  return text;
}

/** "2=" of a place that is shared. */
export const placeText = (row: Row): string => `${numberOf(row, 'place') ?? ''}${row['is_shared'] === true ? '=' : ''}`;

/** By how many places somebody went up since the period before (down where below 0); null where that is not known, or nothing moved. */
export function movedBy(row: Row): number | null {
  const [now, before] = [numberOf(row, 'place'), numberOf(row, 'place_previous')];
  return now === null || before === null || now === before ? null : before - now;
}
