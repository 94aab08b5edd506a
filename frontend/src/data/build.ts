// Builds the figures by what the company's files say now, for a page on which somebody has just changed them.

import { visit } from '../state/session.svelte.ts';
import { change } from './change.ts';

/** Build and wait for its end; `tell` hears when it begins and when it is over, before which `look` asks anew. */
export async function build(tell: (isOn: boolean) => void, look: () => void): Promise<void> {
  tell(true);
  try {
    await change('/api/data/build', {});
  } finally {
    await visit.look();
    look();
    tell(false);
  }
}
