// One answer that a part of the page shows: asked again when its address changes, the last one kept until then.

import { ApiError, get, isReplaced, remembered } from '../api/client.ts';
import { t } from '../i18n/language.svelte.ts';
import { toasts } from './toasts.svelte.ts';

export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  #slot: string;
  #path: string | null = null;

  /**
   * `path` is read in an effect: make a Resource while a component is being set up. `null` asks nothing.
   * The same address is asked again whenever `changes` tells another number: the answer may be another one too.
   */
  constructor(slot: string, path: () => string | null, changes: () => number = () => 0) {
    this.#slot = slot;
    $effect(() => this.#show(path()));
    let seen = changes();
    $effect(() => {
      if (changes() === seen) return;
      seen = changes();
      this.retry();
    });
  }

  /** True while what is shown belongs to an older question. */
  get isStale(): boolean {
    return this.loading && this.data !== null;
  }

  retry(): void {
    this.error = null;
    if (this.#path) void this.#ask(this.#path);
  }

  #show(path: string | null): void {
    if (path !== this.#path) this.error = null; // of another question
    this.#path = path;
    if (path === null) {
      this.data = null;
      this.loading = false;
      return;
    }
    const known = remembered<T>(path);
    if (known !== undefined) {
      this.data = known;
      this.error = null;
    }
    void this.#ask(path, known !== undefined);
  }

  async #ask(path: string, isKnown = false): Promise<void> {
    this.loading = !isKnown;
    try {
      const data = await get<T>(path, this.#slot);
      if (path !== this.#path) return;
      this.data = data;
      this.error = null;
      this.loading = false;
    } catch (error) {
      if (isReplaced(error) || path !== this.#path) return;
      this.loading = false;
      const failure = error instanceof ApiError ? error : new ApiError(0, { what: String(error), where: '', do: '', kind: 'ours' });
      if (isKnown) toasts.say(said(failure)); // what was known a moment ago stays on the page
      else this.error = failure;
    }
  }
}

/** What to tell of a failure in one line. */
function said(failure: ApiError): string {
  const { what, kind } = failure.trouble;
  return t('toast.not_renewed', { why: what || t(`error.${kind}`) });
}
