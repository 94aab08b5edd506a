import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import type { Job } from '../api/types.ts';
import { carryOut } from './send.ts';

const job = (state: Job['state'], result: Job['result'] = {}) => ({ job_id: 7, kind: 'build', state, result }) as Job;

/** Answers in turn, one a request; what was asked comes back. */
function serve(...replies: [status: number, body: unknown][]): string[] {
  const asked: string[] = [];
  mock.method(globalThis, 'fetch', async (path: string, init: RequestInit) => {
    const [status, body] = replies[asked.length] ?? assert.fail('one request too many');
    asked.push([init.method ?? 'GET', path, init.body].filter(Boolean).join(' '));
    const response = new Response(JSON.stringify(body), { status });
    Object.defineProperty(response, 'url', { value: `http://here${path}` });
    return response;
  });
  return asked;
}

/** Waits take no time. */
const hurry = () => mock.method(globalThis, 'setTimeout', (then: () => void) => then());

afterEach(() => mock.restoreAll());

test('a job is asked about until it has ended, and every answer is told', async () => {
  hurry();
  const asked = serve([202, job('waiting')], [200, job('running')], [200, job('done')]);
  const told: string[] = [];
  const out = await carryOut('/api/data/loads/x', { state: 'undone' }, (now) => told.push(now.state));
  assert.deepEqual(out, { isEnded: true, trouble: null });
  assert.deepEqual(told, ['waiting', 'running', 'done']);
  assert.deepEqual(asked, ['POST /api/data/loads/x {"state":"undone"}', 'GET /api/data/jobs/7', 'GET /api/data/jobs/7']);
});

test('a job that failed has ended, and says why', async () => {
  serve([202, job('failed', { what: 'No room on the disk', where: '/data', do: 'Make room' })]);
  assert.deepEqual(await carryOut('/api/data/build'), { isEnded: true, trouble: { what: 'No room on the disk', where: '/data', do: 'Make room', kind: 'input' } });
});

test('a job that failed without a word is one that cannot be read', async () => {
  serve([202, job('failed')]);
  assert.deepEqual((await carryOut('/api/data/build')).trouble, { what: '', where: '', do: '', kind: 'unreadable' });
});

test('a change that the server refuses was never a job, and says why', async () => {
  const trouble = { what: 'No such load', where: 'x', do: 'Reload the page', kind: 'not_found' };
  serve([404, { error: trouble }]);
  assert.deepEqual(await carryOut('/api/data/loads/x'), { isEnded: false, trouble });
});

test('a server that is gone before the job has ended says nothing of its end', async () => {
  hurry();
  mock.method(globalThis, 'fetch', async (_: string, init: RequestInit) => {
    if (init.method !== 'POST') throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(job('running')), { status: 202 });
  });
  const out = await carryOut('/api/data/build');
  assert.deepEqual([out.isEnded, out.trouble?.kind], [false, 'unreached']);
});
