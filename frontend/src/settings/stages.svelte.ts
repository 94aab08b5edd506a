// The pipelines on the page: what is told of them, what is being changed, and the way into their files and back.

import { ApiError, get, post, put } from '../api/client.ts';
import { build } from '../data/build.ts';
import { troubleSaid } from '../data/told.ts';
import { fmt, speech, t } from '../i18n/language.svelte.ts';
import { Resource } from '../state/resource.svelte.ts';
import { visit } from '../state/session.svelte.ts';
import { toasts } from '../state/toasts.svelte.ts';
import { samePipeline, takenOver } from './meanwhile.ts';
import { type Draft, draftOf, type Foreseen, given, isChanged, type Pipeline, type Shown } from './stages.ts';

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
  build(): Promise<void> {
    return build((isOn) => (this.isBuilding = isOn), () => this.retry());
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
      if (error.status === 409 && (await this.#lookAgain(pipeline))) this.trouble = t('stages.meanwhile');
    } finally {
      this.isSending = false;
    }
  }

  /** Take over what somebody else has made of a pipeline, what is being changed here stays; false where it is as it was. */
  async #lookAgain(before: Pipeline): Promise<boolean> {
    try {
      this.#asked.data = await get<Shown>(`${PATH}?lang=${speech.lang}`, 'pipelines');
    } catch {
      this.retry(); // its own trouble is told there
      return false;
    }
    const now = samePipeline(before, this.told?.pipelines ?? []);
    if (!now || now.seen === before.seen) return false;
    const draft = takenOver(this.draft ?? draftOf(before), before, now);
    this.chosen = now.pipeline;
    this.draft = isChanged(now, draft) ? draft : null;
    this.foreseen = null;
    return true;
  }
}
