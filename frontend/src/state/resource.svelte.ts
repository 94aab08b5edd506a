// One answer that a part of the page shows: asked again when its address changes, the last one kept until another comes.

import { ApiError, get, isReplaced, remembered } from '../api/client.ts';
import { t } from '../i18n/language.svelte.ts';
import { renewal } from './renewal.ts';
import { toasts } from './toasts.svelte.ts';

export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  #slot: string;
  #path: string | null = null;
  /** The address whose answer `data` is. */
  #answered: string | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `path` is read in an effect: make a Resource while a component is being set up. `null` asks nothing.
   * The same address is asked again whenever `changes` tells another number: the answer may be another one too.
   */
  constructor(slot: string, path: () => string | null, changes: () => number = () => 0) {
    this.#slot = slot;
    $effect(() => {
      this.#show(path());
      return () => this.#leave();
    });
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

  /** Whoever shows it is gone, or has another question: what is still to come is nobody's. */
  #leave(): void {
    clearTimeout(this.#timer);
    this.#path = null;
  }

  retry(): void {
    this.error = null;
    this.#failures = 0;
    if (this.#path) void this.#ask(this.#path);
  }

  #show(path: string | null): void {
    if (path !== this.#path) this.error = null; // of another question
    this.#path = path;
    this.#failures = 0;
    if (path === null) {
      this.data = null;
      this.#answered = null;
      this.loading = false;
      return;
    }
    const known = remembered<T>(path);
    if (known !== undefined) {
      this.data = known;
      this.#answered = path;
      this.error = null;
    }
    void this.#ask(path, known !== undefined);
  }

  async #ask(path: string, isKnown = false): Promise<void> {
    clearTimeout(this.#timer);
    this.loading = !isKnown;
    try {
      const data = await get<T>(path, this.#slot);
      if (path !== this.#path) return;
      this.data = data;
      this.#answered = path;
      this.#failures = 0;
      this.error = null;
      this.loading = false;
    } catch (error) {
      if (isReplaced(error) || path !== this.#path) return;
      this.#failed(path, error instanceof ApiError ? error : new ApiError(500, { what: String(error), where: '', do: '', kind: 'ours' }));
    }
  }

  /** What answers this very question stays on the page, unless the server refuses it now; what passes is asked again. */
  #failed(path: string, failure: ApiError): void {
    const isShown = this.#answered === path;
    const { said: told, wait } = renewal(failure.status, isShown, ++this.#failures);
    this.loading = !isShown && told === 'nothing';
    if (told === 'instead') this.error = failure;
    if (told === 'beside') toasts.say(said(failure));
    if (wait !== null) this.#timer = setTimeout(() => void this.#ask(path, isShown), wait);
  }
}

/** What to tell of a failure in one line. */
function said(failure: ApiError): string {
  const { what, kind } = failure.trouble;
  return t('toast.not_renewed', { why: what || t(`error.${kind}`) });
}
