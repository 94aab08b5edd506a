// Asks for a change of who gets in, and tells in a toast where it does not go through.

import { ApiError } from '../api/client.ts';
import { t } from '../i18n/language.svelte.ts';
import { toasts } from '../state/toasts.svelte.ts';
import { doorTrouble } from './said.ts';

/** Do something that asks the server; what it gives, or undefined where it failed and was told . */
export async function tried<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError && error.isSignedOut)) toasts.say(doorTrouble(error));
    return undefined;
  }
}

/** Put what a field holds where it can be pasted from; browsers keep the clipboard from pages without https. */
export async function copy(field: HTMLInputElement): Promise<void> {
  field.select();
  if (!window.isSecureContext) {
    toasts.say(t('access.selected'), 'neutral');
    return;
  }
  await navigator.clipboard.writeText(field.value);
  toasts.say(t('access.copied'), 'neutral');
}
