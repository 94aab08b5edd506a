// What a screen on the wall shows in turn: each list by each of its first metrics, teams, contests on their way.

import type { Contest, Page, Row } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { numberOf, textOf } from '../overview/figures.ts';
import { answerOfList, type List, listsOf, placeText, saidOf, saidText, TEAMS } from './lists.ts';

export type Line = { place: string; name: string; beside: string | null; value: string; share: string | null; size: number; isFirst: boolean };
export type Slide = { key: string; title: string; said: string; lines: Line[]; note: string | null };

/** How many lines can be read from the other side of a room. */
export const LINES = 8;
/** By how many of its metrics a list is shown in turn. */
const METRICS = 3;

export function slidesOf(page: Page, contests: readonly Contest[], format: Format): Slide[] {
  return [...listsOf(page).flatMap((list) => list.metrics.slice(0, METRICS).flatMap((metric) => ofList(page, list, metric, format))), ...contests.filter(({ state }) => state === 'running').flatMap((contest) => ofContest(contest, format))];
}

export function listTitle(list: List, format: Format): string {
  if (list.board === TEAMS) return translate(format, 'board.teams');
  return list.title?.[format.lang] ?? translate(format, 'board.everybody');
}

function ofList(page: Page, list: List, metric: string, format: Format): Slide[] {
  const answer = answerOfList(page, list, metric);
  const said = saidOf(page, list, metric);
  if (!answer || !said || said.kind === 'nobody') return [];
  const column = answer.columns.find(({ name }) => name === metric);
  const [title, unit] = [column?.title[format.lang] ?? metric, column?.unit ?? 'count'];
  const head = { title: listTitle(list, format), said: saidText(said, unit, title, format), note: null };
  return parted(`${list.board}:${metric}`, head, linesOf(answer.rows, list.by, metric, unit, format));
}

function ofContest(contest: Contest, format: Format): Slide[] {
  const { table, said, metric, between } = contest;
  if (!table) return [];
  const unit = table.columns.find(({ name }) => name === metric)?.unit ?? 'count';
  const title = contest.metric_title[format.lang] ?? metric;
  const days = translate(format, 'board.contest.until', { day: format.day(contest.to, { long: true }) });
  const note = [contest.prize ? translate(format, 'board.contest.prize', { prize: contest.prize }) : '', days].filter(Boolean).join(' · ');
  const head = { title: translate(format, 'board.contest.named', { title: contest.title }), said: said.kind === 'unknown' ? '' : saidText(said, unit, title, format), note };
  return parted(`contest:${contest.contest_id}`, head, linesOf(table.rows, between, metric, unit, format));
}

export function linesOf(rows: readonly Row[], by: 'employee' | 'team', metric: string, unit: string, format: Format): Line[] {
  const most = Math.max(...rows.map((row) => numberOf(row, metric) ?? 0), 0);
  return rows.map((row) => {
    const value = numberOf(row, metric);
    const attained = numberOf(row, `${metric}_attainment`);
    return {
      place: placeText(row),
      name: textOf(row, by) ?? '',
      beside: by === 'team' ? null : textOf(row, 'beside'),
      value: format.number(value, unit, { compact: unit === 'money' }),
      share: attained === null ? null : translate(format, 'board.of_plan', { share: format.percent(attained, { compact: true }) }),
      isFirst: row['place'] === 1,
      size: most > 0 ? Math.max(0, (value ?? 0) / most) : 0,
    };
  });
}

/** A list that is longer than a screen goes on on the next ones. */
function parted(key: string, head: Omit<Slide, 'key' | 'lines'>, lines: Line[]): Slide[] {
  const parts: Slide[] = [];
  for (let at = 0; at < lines.length; at += LINES) parts.push({ ...head, key: `${key}:${at}`, lines: lines.slice(at, at + LINES) });
  return parts.filter((part, at) => at === 0 || part.lines.some(({ size }) => size > 0)); // a screen of those who did nothing is none
}
