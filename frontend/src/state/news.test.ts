import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hear, type Stream } from './news.ts';

class Server {
  open: { address: string; says: (name: string, data?: string) => void; isClosed: boolean }[] = [];

  connect = (address: string): Stream => {
    const heard = new Map<string, (event: { data: string }) => void>();
    const made = { address, says: (name: string, data = '') => heard.get(name)?.({ data }), isClosed: false };
    this.open.push(made);
    return { addEventListener: (name, then) => void heard.set(name, then), close: () => void (made.isClosed = true) };
  };

  get states(): boolean[] {
    return this.open.map((each) => each.isClosed);
  }
}

class Screen {
  seen = true;
  changed: (() => void) | null = null;
  isSeen = () => this.seen;
  onChange = (then: () => void) => {
    this.changed = then;
    return () => void (this.changed = null);
  };

  show(seen: boolean) {
    this.seen = seen;
    this.changed?.();
  }
}

test('each version that the server tells is passed on', () => {
  const [server, told] = [new Server(), [] as string[]];
  hear((version) => told.push(version), server.connect, new Screen());
  server.open[0]?.says('version', '{"version":"1-a"}');
  server.open[0]?.says('version', '{"version":"2-b"}');
  assert.deepEqual([server.open[0]?.address, told], ['/api/news', ['1-a', '2-b']]);
});

test('a page that nobody looks at holds no connection', () => {
  const [server, screen] = [new Server(), new Screen()];
  screen.seen = false;
  const stop = hear(() => undefined, server.connect, screen);
  assert.deepEqual(server.states, []);
  screen.show(true);
  screen.show(true);
  assert.deepEqual(server.states, [false]);
  screen.show(false);
  screen.show(true);
  assert.deepEqual(server.states, [true, false]);
  stop();
  assert.deepEqual(server.states, [true, true]);
  assert.equal(screen.changed, null);
});

test('the end of the session is told once and the stream is not asked for again', () => {
  const [server, told] = [new Server(), [] as string[]];
  hear((version) => told.push(version), server.connect, new Screen());
  server.open[0]?.says('over');
  assert.deepEqual([server.states, told], [[true], ['']]);
});
