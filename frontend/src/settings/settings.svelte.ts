// The settings as the company's file says them, being changed on the page: saved, refused, taken back.

import { ApiError, get, post, put } from '../api/client.ts';
import { build } from '../data/build.ts';
import { troubleSaid } from '../data/told.ts';
import { fmt, speech, t } from '../i18n/language.svelte.ts';
import { catalogue } from '../state/catalogue.svelte.ts';
import { Resource } from '../state/resource.svelte.ts';
import { visit } from '../state/session.svelte.ts';
import { toasts } from '../state/toasts.svelte.ts';
import type { Foreseen } from './stages.ts';
import { changed, type Draft, kept, type Setting, type Shown } from './value.ts';

export class Settings {
  draft = $state.raw<Draft>({});
  isSending = $state(false);
  isBuilding = $state(false);
  /** What was counted of the draft before it is saved, null where nothing was asked. */
  foreseen = $state.raw<Foreseen | null>(null);
  /** Why nothing was saved: at a setting by its name, '' for all of them. */
  trouble = $state.raw<{ at: string; text: string } | null>(null);
  #asked: Resource<Shown>;

  /** Make one while a component is being set up. */
  constructor() {
    this.#asked = new Resource<Shown>('settings', () => (visit.session ? `/api/settings?lang=${speech.lang}` : null));
  }

  get told(): Shown | null {
    return this.#asked.data;
  }

  get error(): ApiError | null {
    return this.#asked.error;
  }

  retry(): void {
    this.#asked.retry();
  }

  set(setting: Setting, value: unknown): void {
    this.draft = changed(this.draft, setting, value);
    this.foreseen = null;
    if (this.trouble?.at === setting.name) this.trouble = null;
  }

  drop(): void {
    this.draft = {};
    this.foreseen = null;
    this.trouble = null;
  }

  /** Count what the draft would change; nothing is saved. */
  async foresee(): Promise<void> {
    this.isSending = true;
    this.trouble = null;
    try {
      this.foreseen = await post<Foreseen>('/api/settings/preview', { values: this.draft });
    } catch (error) {
      this.#refused(error);
    } finally {
      this.isSending = false;
    }
  }

  save(): Promise<void> {
    const told = this.told;
    if (!told) return Promise.resolve();
    return this.#send(() => put<Shown>(`/api/settings?lang=${speech.lang}`, { seen: told.seen, values: this.draft }), t('settings.saved'));
  }

  /** Write settings that the page does not show yet: those of a role that is added; false where they were refused. */
  async add(values: Draft): Promise<boolean> {
    const told = this.told;
    if (!told) return false;
    await this.#send(() => put<Shown>(`/api/settings?lang=${speech.lang}`, { seen: told.seen, values }), t('settings.saved'));
    return this.trouble === null;
  }

  undo(number: number): Promise<void> {
    return this.#send(() => post<Shown>(`/api/settings/undo?lang=${speech.lang}`, { number }), t('settings.undone'));
  }

  /** Build the figures by the settings of now. */
  build(): Promise<void> {
    return build((isOn) => (this.isBuilding = isOn), () => this.retry());
  }

  async #send(ask: () => Promise<Shown>, done: string): Promise<void> {
    this.isSending = true;
    this.trouble = null;
    try {
      const now = await ask();
      this.drop();
      this.#asked.data = now;
      toasts.say(done, 'neutral');
      await visit.enter(); // the company's name, its language, its currency
      catalogue.renew();
      if (now.is_behind) void this.build();
    } catch (error) {
      if (this.#refused(error).status === 409) await this.#lookAgain();
    } finally {
      this.isSending = false;
    }
  }

  #refused(error: unknown): ApiError {
    if (!(error instanceof ApiError)) throw error;
    this.trouble = { at: error.trouble.where in this.draft ? error.trouble.where : '', text: troubleSaid(fmt(), error.trouble) };
    return error;
  }

  /** Take over what somebody else has saved; what is being changed here stays. */
  async #lookAgain(): Promise<void> {
    try {
      const now = await get<Shown>(`/api/settings?lang=${speech.lang}`, 'settings');
      this.#asked.data = now;
      this.draft = kept(this.draft, now.settings);
    } catch {
      this.retry(); // its own trouble is told there
    }
  }
}
