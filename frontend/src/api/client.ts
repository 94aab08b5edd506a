// Talks to the server: typed answers, errors in the server's own words, the newest question of a kind wins.

export type Trouble = { what: string; where: string; do: string; kind: string };

/** What went wrong, in words for people; `status` 0 means that the server was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly trouble: Trouble;
  /** The language of the company, where the server says that nobody is signed in; null otherwise. */
  readonly language: string | null;

  constructor(status: number, trouble: Trouble, language: string | null = null) {
    super(trouble.what);
    this.status = status;
    this.trouble = trouble;
    this.language = language;
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

/** Kinds of trouble that only the page knows of; `i18n` has the words. */
export const UNREACHED: Trouble = { what: '', where: '', do: '', kind: 'unreached' };
const UNREADABLE: Trouble = { what: '', where: '', do: '', kind: 'unreadable' };

const REMEMBERED = 40;
type Kept = { text: string; answer: unknown };
const answers = new Map<string, Kept>();
const running = new Map<string, AbortController>();
const ahead = new Map<string, Promise<unknown>>();
const listeners = new Set<() => void>();
/** Grows whenever everything is forgotten: an answer asked for before is not remembered after. */
let forgotten = 0;

/** Call `then` whenever the server says that nobody is signed in. Returns the way to stop. */
export function onSignedOut(then: () => void): () => void {
  listeners.add(then);
  return () => listeners.delete(then);
}

/** The last answer to this address of this visit, if there was one. */
export function remembered<T>(path: string): T | undefined {
  return answers.get(path)?.answer as T | undefined;
}

/** Forget every answer, those still on their way too: another person may sign in. */
export function forget(): void {
  answers.clear();
  ahead.clear();
  forgotten += 1;
}

/** Keep an answer; where it says the same as before the same object is given back, and nothing is drawn again. */
function remember(path: string, text: string): unknown {
  const before = answers.get(path);
  const kept = before?.text === text ? before : { text, answer: JSON.parse(text) as unknown };
  answers.delete(path);
  answers.set(path, kept);
  for (const oldest of answers.keys()) {
    if (answers.size <= REMEMBERED) break;
    answers.delete(oldest);
  }
  return kept.answer;
}

async function troubleOf(response: Response): Promise<Trouble> {
  try {
    const body = (await response.json()) as { error?: Partial<Trouble> };
    if (body.error?.what) return { where: '', do: '', kind: 'ours', ...body.error, what: body.error.what };
  } catch {
    // a proxy's page, or nothing at all: said below
  }
  return { ...UNREADABLE, where: `${response.status} ${new URL(response.url).pathname}` };
}

/** The language in which the server says why it does not answer. */
let language = '';

/** From now on, be refused in this language. */
export function askIn(wanted: string): void {
  language = wanted;
}

/** The headers that say in which language a page speaks, for requests that are not made here. */
export function spokenHeaders(): Record<string, string> {
  return language ? { 'accept-language': language } : {};
}

async function send(path: string, init: RequestInit, isOutside = false): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init, headers: { ...spokenHeaders(), ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, UNREACHED);
  }
  if (response.ok) return response;
  const failure = new ApiError(response.status, await troubleOf(response), response.headers.get('content-language'));
  if (failure.isSignedOut && path !== '/api/session' && !isOutside) for (const then of listeners) then();
  throw failure;
}

/** True for the error of a question that a newer one replaced. */
export function isReplaced(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/**
 * Ask the server. A newer question of the same `slot` ends the older one, which then throws an AbortError.
 * Errors: ApiError.
 */
export async function get<T>(path: string, slot = path): Promise<T> {
  running.get(slot)?.abort();
  const coming = ahead.get(path);
  if (coming) return (await coming) as T;
  const control = new AbortController();
  running.set(slot, control);
  const before = forgotten;
  try {
    const response = await send(path, { signal: control.signal, headers: { accept: 'application/json' } });
    const text = await response.text();
    return (before === forgotten ? remember(path, text) : JSON.parse(text)) as T;
  } finally {
    if (running.get(slot) === control) running.delete(slot);
  }
}

/** Ask ahead of need; a failure is silent here and told when the page really asks. */
export function prefetch(path: string): void {
  if (answers.has(path) || ahead.has(path)) return;
  const coming = get(path, `ahead ${path}`).finally(() => ahead.delete(path));
  ahead.set(path, coming);
  coming.catch(() => undefined);
}

/** Ask for a change; what the server answers. Errors: ApiError. */
export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const response = await send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return (await response.json()) as T;
}

/** Ask for something to be as given; what the server answers. Errors: ApiError. */
export async function put<T>(path: string, body: unknown): Promise<T> {
  const response = await send(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return (await response.json()) as T;
}

/** Send bytes as they are, a file's. Errors: ApiError. */
export async function postBytes<T>(path: string, body: Blob): Promise<T> {
  const response = await send(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body });
  return (await response.json()) as T;
}

/** Ask at the door, where nobody is signed in yet: a 401 is told to who asks alone. Errors: ApiError. */
export async function doorPost<T>(path: string, body: unknown): Promise<T | undefined> {
  const response = await send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, true);
  forget();
  return response.status === 204 ? undefined : ((await response.json()) as T);
}

/** Ask for a change that answers nothing. Errors: ApiError. */
export async function order(path: string, body: unknown = {}): Promise<void> {
  await send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Ask to delete. Errors: ApiError. */
export async function remove(path: string): Promise<void> {
  await send(path, { method: 'DELETE' });
}

/** Sign in. Errors: ApiError, 401 where name or password is wrong. */
export async function signIn(name: string, password: string): Promise<void> {
  await send('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  forget();
}

export async function signOut(): Promise<void> {
  await send('/api/session', { method: 'DELETE' });
  forget();
}
