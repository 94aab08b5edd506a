// Why a metric of a block is not shown: its data never came or end before, or a filter of the page does not reach it.

import type { Answer } from '../api/types.ts';
import type { Format } from '../format.ts';
import { translate } from '../i18n/dictionary.ts';
import { absenceOf } from '../overview/absence.ts';
import { leftOut } from '../overview/figures.ts';
import { sentence } from './words.ts';

const NOT_BY = 'cannot be cut by: ';
const ENDED = 'data end: ';

/** The filter that a metric cannot be cut by; null where it can by all. */
export function lackedFilter(answer: Answer, metric: string): string | null {
  const left = answer.left_out.find((found) => found.metric === metric && found.reason.startsWith(NOT_BY));
  return left ? left.reason.slice(NOT_BY.length) : null;
}

/** The reason in words; null where the metric is answered. */
export function absentText(answer: Answer, metric: string, format: Format): string | null {
  const filter = lackedFilter(answer, metric);
  if (filter !== null) {
    const name = sentence(format, `filter.${filter}`, {})?.toLocaleLowerCase(format.locale);
    return translate(format, 'blocks.not_by', { filter: name ?? filter });
  }
  const ended = endedText(answer, metric, format);
  if (ended !== null && leftOut(answer, metric) !== null) return ended;
  const absence = absenceOf(answer, metric);
  return absence === null ? null : translate(format, `overview.absent.${absence}`);
}

/** Where the data of a metric end, in words: what it is on the days before is known, what it changed by is not. */
export function endedText(answer: Answer, metric: string, format: Format): string | null {
  const left = answer.left_out.find((found) => found.metric === metric && found.reason.startsWith(ENDED));
  return left ? translate(format, 'overview.absent.data_end', { day: format.day(left.reason.slice(ENDED.length), { year: true }) }) : null;
}

/** What is said once above several figures that all end on one day, apart from those that are absent for another reason. */
export function commonEnd(answer: Answer, metrics: string[], format: Format): string | null {
  const ends = metrics.filter((metric) => endedText(answer, metric, format) !== null || absentText(answer, metric, format) === null).map((metric) => endedText(answer, metric, format));
  return ends.length > 1 && new Set(ends).size === 1 ? (ends[0] ?? null) : null;
}

/** The reasons of all the metrics, each once. */
export function absentTexts(answer: Answer, metrics: string[], format: Format): string[] {
  return [...new Set(metrics.map((metric) => absentText(answer, metric, format)).filter((text) => text !== null))];
}
