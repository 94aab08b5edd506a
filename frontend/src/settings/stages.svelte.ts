// The pipelines on the page: what is told of them, what is being changed, and the way into their files and back.

import { ApiError, post, put } from '../api/client.ts';
import { change } from '../data/change.ts';
import { troubleSaid } from '../data/told.ts';
import { fmt, speech, t } from '../i18n/language.svelte.ts';
import { Resource } from '../state/resource.svelte.ts';
import { visit } from '../state/session.svelte.ts';
import { toasts } from '../state/toasts.svelte.ts';
import { type Draft, draftOf, type Foreseen, given, type Pipeline, type Shown } from './stages.ts';

const PATH = '/api/settings/pipelines';

export class Stages {
  chosen = $state('');
  draft = $state.raw<Draft | null>(null);
  foreseen = $state.raw<Foreseen | null>(null);
  isSending = $state(false);
  isBuilding = $state(false);
  trouble = $state('');
  #asked: Resource<Shown>;

  /** Make one while a component is being set up. */
  constructor() {
    this.#asked = new Resource<Shown>('pipelines', () => (visit.session ? `${PATH}?lang=${speech.lang}` : null));
  }

  get told(): Shown | null {
    return this.#asked.data;
  }

  get error(): ApiError | null {
    return this.#asked.error;
  }

  get pipeline(): Pipeline | null {
    const known = this.told?.pipelines ?? [];
    return known.find((each) => each.pipeline === this.chosen) ?? known[0] ?? null;
  }

  retry(): void {
    this.#asked.retry();
  }

  choose(name: string): void {
    this.chosen = name;
    this.drop();
  }

  set(draft: Draft): void {
    this.draft = draft;
    this.foreseen = null;
    this.trouble = '';
  }

  drop(): void {
    this.draft = null;
    this.foreseen = null;
    this.trouble = '';
  }

  /** Count what the draft would change; nothing is saved. */
  foresee(): Promise<void> {
    return this.#send(async (pipeline) => {
      this.foreseen = await post<Foreseen>(`${PATH}/preview`, given(pipeline, this.draft ?? draftOf(pipeline)));
    });
  }

  save(): Promise<void> {
    return this.#send(async (pipeline) => {
      await this.#take(await put<Shown>(`${PATH}?lang=${speech.lang}`, given(pipeline, this.draft ?? draftOf(pipeline))), t('stages.saved'));
    });
  }

  undo(number: number): Promise<void> {
    return this.#send(async () => {
      await this.#take(await post<Shown>(`${PATH}/undo?lang=${speech.lang}`, { number }), t('stages.undone'));
    });
  }

  /** Build the figures by the files of now. */
  async build(): Promise<void> {
    this.isBuilding = true;
    try {
      await change('/api/data/build', {});
    } finally {
      await visit.look();
      this.retry();
      this.isBuilding = false;
    }
  }

  async #take(now: Shown, done: string): Promise<void> {
    this.drop();
    this.#asked.data = now;
    toasts.say(done, 'neutral');
    if (now.is_behind) void this.build();
  }

  async #send(ask: (pipeline: Pipeline) => Promise<void>): Promise<void> {
    const pipeline = this.pipeline;
    if (!pipeline) return;
    this.isSending = true;
    this.trouble = '';
    try {
      await ask(pipeline);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.trouble = troubleSaid(fmt(), error.trouble);
    } finally {
      this.isSending = false;
    }
  }
}
