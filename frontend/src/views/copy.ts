// Puts a link of this application where it can be pasted from.

import { t } from '../i18n/language.svelte.ts';
import { toasts } from '../state/toasts.svelte.ts';

/** Copy the whole address of a path; where the browser keeps the clipboard from the page, the link is shown. */
export async function copyLink(path: string): Promise<void> {
  const url = location.origin + path;
  try {
    await navigator.clipboard.writeText(url);
    toasts.say(t('views.copied'), 'neutral');
  } catch {
    toasts.say(t('views.by_hand', { url }), 'neutral');
  }
}
