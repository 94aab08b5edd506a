// Who is signed in, at which company, with which data: asked once, shared by all pages.

import { ApiError, forget, get, onSignedOut, signOut } from '../api/client.ts';
import type { Session } from '../api/types.ts';
import { speech } from '../i18n/language.svelte.ts';

export type Doorway = 'asking' | 'inside' | 'outside' | 'failed';
/** Why the visitor stands outside: chosen sentence of the sign-in page. */
export type Outside = 'first' | 'link_used' | 'session_over' | 'signed_out';

class Visit {
  doorway = $state<Doorway>('asking');
  outside = $state<Outside>('first');
  session = $state.raw<Session | null>(null);
  /** What the session will be as soon as the visitor wants the new data. */
  waiting = $state.raw<Session | null>(null);
  error = $state.raw<ApiError | null>(null);

  constructor() {
    onSignedOut(() => this.#leave(this.doorway === 'inside' ? 'session_over' : this.outside));
  }

  /** Ask the server who is here. */
  async enter(): Promise<void> {
    try {
      const session = await get<Session>('/api/session', 'session');
      speech.count(session.company.currency);
      this.#speak(session.company.language);
      this.session = session;
      this.error = null;
      this.doorway = 'inside';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.isSignedOut) this.#speak(error.language);
      if (error.isSignedOut) return this.#leave(this.#linkWasUsed() ? 'link_used' : this.outside);
      this.error = error;
      this.doorway = 'failed';
    }
  }

  /** Take over at once what was built by the visitor's own act; where the session has ended, leave. */
  async look(): Promise<void> {
    await this.glance();
    this.take();
  }

  /** See whether the data were built anew, the day has changed, or the session has ended; the figures stay as they are. */
  async glance(): Promise<void> {
    if (!this.session) return;
    try {
      const now = await get<Session>('/api/session', 'session');
      const before = this.session;
      this.waiting = now.data.version !== before.data.version || now.company.today !== before.company.today ? now : null;
    } catch (error) {
      if (error instanceof ApiError && error.isSignedOut) this.#leave('session_over');
      // any other failure is told by whatever the visitor does next
    }
  }

  /** Hear of a version of the data from the server; '': the session has ended. */
  hear(version: string): void {
    if (this.session && version !== this.session.data.version) void this.glance();
  }

  /** Show what has been waiting; the pages follow. */
  take(): void {
    if (this.waiting) this.session = this.waiting;
    this.waiting = null;
  }

  /** Begin at another page from now on, null: at that of the role; the server knows already. */
  begin(page: string | null): void {
    if (this.session) this.session = { ...this.session, user: { ...this.session.user, own_start: page } };
  }

  async exit(): Promise<void> {
    await signOut();
    this.#leave('signed_out');
  }

  /** Speak as the company does, unless the visitor has chosen otherwise. */
  #speak(language: string | null): void {
    if (!speech.isChosen && (language === 'ru' || language === 'en')) speech.speak(language, false);
  }

  #leave(outside: Outside): void {
    forget();
    this.session = null;
    this.waiting = null;
    this.outside = outside;
    this.doorway = 'outside';
  }

  #linkWasUsed(): boolean {
    return new URLSearchParams(location.search).get('entered') === 'no';
  }
}

export const visit = new Visit();

/** The session of a page that is only shown inside. Errors: our own mistake where nobody is signed in. */
export function session(): Session {
  if (!visit.session) throw new Error('a page asked for the session before anybody was signed in');
  return visit.session;
}

/** Whether the visitor may do something: the rights of their role. */
export function may(right: string): boolean {
  return visit.session?.user.rights.includes(right) ?? false;
}

/** The name of the team that a person is in now; null where there is none, or it may not be seen. */
export function teamOf(id: string | null): string | null {
  const { teams, employees } = session().filters;
  const team = employees.find((employee) => employee.id === id)?.team_id;
  return teams.find((found) => found.id === team)?.name ?? null;
}
