import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { ApiError, askIn, forget, get, isReplaced, onSignedOut, prefetch, remembered, signIn } from './client.ts';

type Reply = { status: number; body: unknown; after?: Promise<void> };

function serve(reply: (path: string) => Reply) {
  return mock.method(globalThis, 'fetch', async (path: string, init: RequestInit) => {
    const { status, body, after } = reply(path);
    const ended = new Promise<never>((_, failed) => init.signal?.addEventListener('abort', () => failed(new DOMException('', 'AbortError'))));
    await Promise.race([after ?? Promise.resolve(), ended]);
    const response = new Response(status === 204 ? null : JSON.stringify(body), { status });
    Object.defineProperty(response, 'url', { value: `http://here${path}` });
    return response;
  });
}

afterEach(() => {
  mock.restoreAll();
  forget();
});

test('an answer is remembered by its address until it is forgotten', async () => {
  serve(() => ({ status: 200, body: { calls: 5 } }));
  assert.deepEqual(await get('/api/x'), { calls: 5 });
  assert.deepEqual(remembered('/api/x'), { calls: 5 });
  forget();
  assert.equal(remembered('/api/x'), undefined);
});

test('an answer that was on its way when everything was forgotten is not remembered for the next person', async () => {
  let land = (): void => undefined;
  const after = new Promise<void>((resolve) => (land = resolve));
  const asked = serve(() => ({ status: 200, body: { calls: 5 }, after }));
  const [shown] = [get('/api/x'), prefetch('/api/y')];
  forget();
  land();
  await shown;
  assert.equal(remembered('/api/x'), undefined);
  await get('/api/y'); // asked anew, not the one asked ahead by whoever was here before
  assert.equal(asked.mock.callCount(), 3);
});

test('the same answer twice is the same object, so that nothing is drawn again', async () => {
  serve(() => ({ status: 200, body: { calls: 5 } }));
  assert.equal(await get('/api/x'), await get('/api/x'));
});

test('a newer question of the slot ends the older one', async () => {
  const never = new Promise<void>(() => undefined);
  serve((path) => ({ status: 200, body: path, ...(path === '/api/old' ? { after: never } : {}) }));
  const old = get('/api/old', 'slot');
  assert.equal(await get('/api/new', 'slot'), '/api/new');
  await assert.rejects(old, isReplaced);
});

test('a question says in which language it is asked', async () => {
  const asked = serve(() => ({ status: 200, body: {} }));
  askIn('ru');
  await get('/api/russian');
  askIn('');
  await get('/api/none');
  assert.deepEqual(asked.mock.calls.map((call) => call.arguments[1]?.headers), [{ 'accept-language': 'ru', accept: 'application/json' }, { accept: 'application/json' }]);
});

test('an error says what the server said', async () => {
  serve(() => ({ status: 400, body: { error: { what: 'No such metric', where: 'cals', do: 'Did you mean calls?', kind: 'question' } } }));
  await assert.rejects(get('/api/x'), (error: ApiError) => error.status === 400 && error.trouble.do === 'Did you mean calls?' && error.trouble.kind === 'question');
});

test('an error that is not in our words still says where', async () => {
  serve(() => ({ status: 502, body: 'Bad gateway' }));
  await assert.rejects(get('/api/x'), (error: ApiError) => error.trouble.kind === 'unreadable' && error.trouble.where === '502 /api/x');
});

test('a server that is not there is told apart', async () => {
  mock.method(globalThis, 'fetch', () => Promise.reject(new TypeError('fetch failed')));
  await assert.rejects(get('/api/x'), (error: ApiError) => error.status === 0 && error.trouble.kind === 'unreached');
});

test('a session that ended is told to whoever listens; a wrong password is not', async () => {
  const heard: string[] = [];
  const stop = onSignedOut(() => heard.push('out'));
  serve(() => ({ status: 401, body: { error: { what: 'Sign in', kind: 'sign_in' } } }));
  await assert.rejects(get('/api/overview'));
  await assert.rejects(signIn('anna', 'wrong'));
  stop();
  assert.deepEqual(heard, ['out']);
});

test('what was asked ahead is not asked twice, and its failure is told to whoever needs it', async () => {
  const asked = serve((path) => (path === '/api/good' ? { status: 200, body: 1 } : { status: 500, body: { error: { what: 'Ours', kind: 'ours' } } }));
  prefetch('/api/good');
  prefetch('/api/good');
  assert.equal(await get('/api/good', 'slot'), 1);
  prefetch('/api/bad');
  await assert.rejects(get('/api/bad', 'slot'), (error: ApiError) => error.trouble.what === 'Ours');
  assert.deepEqual(asked.mock.calls.map((call) => call.arguments[0]), ['/api/good', '/api/bad']);
});
