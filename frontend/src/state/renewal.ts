// What to do when an answer does not come: whether to ask again by itself, and whether what is shown stays.

/** After how many milliseconds a question is asked again, one more time for each. */
export const WAITS: readonly number[] = [1_000, 3_000, 10_000];

/** `said`: nothing, a short message beside what is shown, or the trouble in place of it. `wait`: milliseconds, null: not again. */
export type Renewal = { said: 'nothing' | 'beside' | 'instead'; wait: number | null };

/** True for what passes by itself: the server is not reached, has too much to do, or changes over to new data. */
function isPassing(status: number): boolean {
  return status === 0 || status === 429 || (status >= 502 && status <= 504);
}

/**
 * A question failed for the `failures`th time in a row. `isShown`: an earlier answer to this very question stands on the page.
 * It stays there unless the server now refuses the question; a failure that passes at once is told to nobody.
 */
export function renewal(status: number, isShown: boolean, failures: number): Renewal {
  const isRefused = status >= 400 && status < 500 && !isPassing(status);
  const wait = isPassing(status) ? (WAITS[failures - 1] ?? null) : null;
  if (isRefused || !isShown) return { said: wait !== null && failures === 1 ? 'nothing' : 'instead', wait };
  const isTold = wait === null ? failures <= 1 : failures === 2;
  return { said: isTold ? 'beside' : 'nothing', wait };
}
