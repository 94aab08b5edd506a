// Why a figure is a dash.

import type { Answer, Row } from '../api/types.ts';
import { fmt, t } from '../i18n/language.svelte.ts';
import { baseOf } from '../state/catalogue.svelte.ts';

const NOT_LOADED = 'not loaded: ';
const ENDED = 'data end: ';
const NEVER_GIVEN = 'never given: ';

/** The reason in words, null where the figure is known. */
export function whyUnknown(answer: Answer, name: string, row: Row | null): string | null {
  if (((row ?? answer.totals)[name] ?? null) !== null) return null;
  const { metric, beside } = baseOf(name);
  const left = answer.left_out.find((found) => found.metric === name) ?? answer.left_out.find((found) => found.metric === metric);
  if (!left) return beside ? null : t('reason.no_divisor');
  if (left.reason.startsWith(NOT_LOADED)) return t('reason.not_loaded', { what: left.reason.slice(NOT_LOADED.length) });
  if (left.reason.startsWith(NEVER_GIVEN)) return t('reason.never_given', { what: left.reason.slice(NEVER_GIVEN.length) });
  if (left.reason.startsWith(ENDED)) return t('reason.data_end', { day: fmt().day(left.reason.slice(ENDED.length), { year: true }) });
  return left.rows ? t('reason.rows', { what: left.reason, count: left.rows }) : left.reason;
}
