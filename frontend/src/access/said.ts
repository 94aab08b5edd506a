// What is said where something about who gets in does not go through.

import { ApiError } from '../api/client.ts';
import { t } from '../i18n/language.svelte.ts';

/** A failure in one line, in the server's own words where it was reached. */
export function doorTrouble(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.page');
  if (error.trouble.kind === 'unreached') return `${t('error.unreached')} ${t('error.unreached.do')}`;
  return [error.trouble.what || t('error.unreadable'), error.trouble.do].filter(Boolean).map((said) => (/[.?!]$/.test(said) ? said : `${said}.`)).join(' ');
}
