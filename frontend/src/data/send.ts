// Sends a file to the server, telling how much of it has gone; asks for jobs, and waits for their end.

import { ApiError, get, post, spokenHeaders, type Trouble, UNREACHED } from '../api/client.ts';
import type { Job, Upload } from '../api/types.ts';

/** Send a file as it is. `tell` hears the share that has gone, 0 to 1. Errors: ApiError. */
export function sendFile(file: File, tell: (share: number) => void): { sent: Promise<Upload>; stop: () => void } {
  const request = new XMLHttpRequest(); // fetch does not tell how far a body has gone
  const sent = new Promise<Upload>((resolve, reject) => {
    request.open('POST', `/api/data/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(spokenHeaders())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = (event) => tell(event.total ? event.loaded / event.total : 0);
    request.onload = () => (request.status < 300 ? resolve(request.response as Upload) : reject(new ApiError(request.status, troubleOf(request.response, request.status))));
    request.onerror = () => reject(new ApiError(0, UNREACHED));
    request.onabort = () => reject(new ApiError(0, UNREACHED));
    request.send(file);
  });
  return { sent, stop: () => request.abort() };
}

function troubleOf(body: unknown, status: number): Trouble {
  const told = (body as { error?: Trouble } | null)?.error;
  return told?.what ? told : { what: '', where: String(status), do: '', kind: 'unreadable' };
}

const FIRST_MS = 250;
const MOST_MS = 1500;

/** Ask for a job until it has ended, and return it; `tell` hears how far it is. Errors: ApiError. */
export async function ended(job: Job, tell: (job: Job) => void, isWanted: () => boolean = () => true): Promise<Job> {
  let wait = FIRST_MS;
  for (let now = job; ; wait = Math.min(wait * 1.3, MOST_MS)) {
    tell(now);
    if (now.state === 'done' || now.state === 'failed' || !isWanted()) return now;
    await new Promise((resolve) => setTimeout(resolve, wait));
    now = await get<Job>(`/api/data/jobs/${now.job_id}`);
  }
}

/** Why a job that failed came to nothing. */
export function failureOf(job: Job): Trouble {
  const { what = '', where = '', do: advice = '' } = job.result as Partial<Trouble>;
  return { what, where, do: advice, kind: what ? 'input' : 'unreadable' };
}

/** How a job came out: it ended or the server could not be asked, and why it came to nothing if it did. */
export type Outcome = { isEnded: boolean; trouble: Trouble | null };

/** Ask for a job and wait for its end; `tell` hears how far it is. */
export async function carryOut(path: string, body?: unknown, tell: (job: Job) => void = () => undefined): Promise<Outcome> {
  try {
    const last = await ended(await post<Job>(path, body), tell);
    const { fault } = last.result as { fault?: Partial<Trouble> }; // the change stands, the figures could not be built
    return { isEnded: true, trouble: last.state === 'failed' ? failureOf(last) : fault ? failureOf({ ...last, result: fault }) : null };
  } catch (error) {
    if (error instanceof ApiError) return { isEnded: false, trouble: error.trouble };
    throw error;
  }
}
