// Changes what is loaded or what the figures are made of, and tells in a toast how that came out.

import type { Job } from '../api/types.ts';
import { fmt } from '../i18n/language.svelte.ts';
import { toasts } from '../state/toasts.svelte.ts';
import { carryOut } from './send.ts';
import { troubleSaid } from './told.ts';

type Wishes = {
  body?: unknown;
  /** What to say of success; nothing where the page shows it itself. */
  done?: string;
  /** Hears how far the job is. */
  tell?: (job: Job) => void;
};

/** Ask for a change and wait for its end, good or bad. False where the server could not be asked. */
export async function change(path: string, { body, done, tell }: Wishes): Promise<boolean> {
  const { isEnded, trouble } = await carryOut(path, body, tell);
  if (trouble) toasts.say(troubleSaid(fmt(), trouble));
  else if (done) toasts.say(done, 'neutral');
  return isEnded;
}
