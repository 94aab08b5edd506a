// Files on their way in: one after another each is sent, looked at, chosen for, and loaded. Lives as long as the visit.

import { ApiError, post, remove, type Trouble } from '../api/client.ts';
import type { Job, Upload } from '../api/types.ts';
import { visit } from '../state/session.svelte.ts';
import { type Loaded, type Look, NOTHING_WISHED, type Wish } from './looked.ts';
import { ended, failureOf, sendFile } from './send.ts';

export type Step = 'queued' | 'sending' | 'looking' | 'choosing' | 'loading' | 'done' | 'failed';

/** One file and where it stands. */
export class Bringing {
  readonly name: string;
  readonly size: number;
  #file: File | null;
  upload = $state<string | null>(null);
  step = $state<Step>('queued');
  share = $state(0);
  wish = $state.raw<Wish>(NOTHING_WISHED);
  look = $state.raw<Look | null>(null);
  /** True while what is shown is being looked at again with other choices. */
  isStale = $state(false);
  job = $state.raw<Job | null>(null);
  loaded = $state.raw<Loaded | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  #asked = 0;
  #stop: () => void = () => undefined;

  constructor(file: File | Upload) {
    this.name = file.name;
    this.size = file.size;
    this.#file = file instanceof File ? file : null;
    if (!(file instanceof File)) this.upload = file.upload_id;
  }

  /** Send the file, and look at it. */
  async begin(): Promise<void> {
    await this.#tried(async () => {
      if (this.upload === null && this.#file) {
        this.step = 'sending';
        const sending = sendFile(this.#file, (share) => (this.share = share));
        this.#stop = sending.stop;
        this.upload = (await sending.sent).upload_id;
        this.#file = null;
      }
      this.step = 'looking';
      await this.#look();
    });
  }

  /** Look at the file again with other choices; of several in a row the last one counts. */
  async choose(changes: Partial<Wish>): Promise<void> {
    this.wish = { ...this.wish, ...changes };
    this.isStale = true;
    const asked = ++this.#asked;
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    if (asked === this.#asked) await this.#tried(() => this.#look());
  }

  async #look(): Promise<void> {
    const asked = ++this.#asked;
    this.isStale = this.look !== null;
    const job = await post<Job>(`/api/data/uploads/${this.upload}/look`, this.wish);
    const last = await ended(job, (now) => asked === this.#asked && (this.job = now), () => asked === this.#asked);
    if (asked !== this.#asked) return;
    if (last.state === 'failed') throw new ApiError(0, failureOf(last));
    this.look = last.result as Look;
    this.isStale = false;
    this.step = 'choosing';
  }

  /** Load the file as chosen; the figures are built unless more files follow. */
  async load(build: boolean): Promise<void> {
    await this.#tried(async () => {
      this.step = 'loading';
      const wish = { ...this.wish, source: this.wish.source || this.look?.source || 'crm', stream: this.look?.stream || '-', mended: this.look?.mended ?? false, build };
      const last = await ended(await post<Job>(`/api/data/uploads/${this.upload}/load`, wish), (now) => (this.job = now));
      if (last.state === 'failed') throw new ApiError(0, failureOf(last));
      this.loaded = last.result as Loaded;
      queue.owes = !this.loaded.built;
      this.step = 'done';
      await visit.look();
    });
  }

  /** Give the file up; what was sent of it is deleted. */
  async forget(): Promise<void> {
    this.#asked += 1;
    this.#stop();
    if (this.upload && this.step !== 'loading' && this.step !== 'done') await remove(`/api/data/uploads/${this.upload}`).catch(() => undefined);
  }

  async #tried(work: () => Promise<void>): Promise<void> {
    this.trouble = null;
    try {
      await work();
    } catch (error) {
      this.isStale = false;
      this.trouble = error instanceof ApiError ? error.trouble : { what: String(error), where: '', do: '', kind: 'ours' };
      this.step = 'failed';
    }
  }
}

const SETTLED_MS = 350;

class Queue {
  files = $state<Bringing[]>([]);
  /** True while rows are loaded that the figures do not hold yet. */
  owes = $state(false);

  /** The file that is being worked on. */
  get now(): Bringing | undefined {
    return this.files[0];
  }

  get waiting(): number {
    return Math.max(0, this.files.length - 1);
  }

  /** Take files in; the first is begun at once where nothing else is under way. */
  add(files: (File | Upload)[]): void {
    const isIdle = this.files.length === 0 || this.now?.step === 'done';
    if (this.now?.step === 'done') this.files = [];
    this.files = [...this.files, ...files.map((file) => new Bringing(file))];
    if (isIdle) void this.now?.begin();
  }

  /** Go on to the next file; one that is not done is given up. */
  async next(): Promise<void> {
    const before = this.now;
    this.files = this.files.slice(1);
    if (before && before.step !== 'done') await before.forget();
    void this.now?.begin();
  }

  has(upload: string): boolean {
    return this.files.some((file) => file.upload === upload);
  }
}

export const queue = new Queue();
