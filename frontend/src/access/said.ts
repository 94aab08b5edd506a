// What is said where something about who gets in does not go through.

import { ApiError } from '../api/client.ts';
import { t } from '../i18n/language.svelte.ts';

/** What is said of the statuses that mean the same wherever they come from. */
export type Meant = { unknown?: string; refused?: string };

/** A failure in one line; `unknown` is said where the server does not know who asks, `refused` where it said no. */
export function doorTrouble(error: unknown, { unknown, refused }: Meant = {}): string {
  if (!(error instanceof ApiError)) return t('error.page');
  if (error.trouble.kind === 'unreached') return `${t('error.unreached')} ${t('error.unreached.do')}`;
  if (error.isSignedOut && unknown) return unknown;
  if (error.status === 403 && refused) return refused;
  if (error.status === 429) return t('sign_in.wait');
  return [error.trouble.what || t('error.unreadable'), error.trouble.do].filter(Boolean).join('. ');
}
