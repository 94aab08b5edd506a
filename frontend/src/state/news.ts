// Hears from the server that the data were built anew, as long as somebody looks at the page.

/** The part of a browser's EventSource that is needed. */
export type Stream = { addEventListener(name: string, then: (event: { data: string }) => void): void; close(): void };
/** Whether the page is looked at, and the way to hear when that changes; returns the way to stop hearing. */
export type Looking = { isSeen: () => boolean; onChange: (then: () => void) => () => void };

const ADDRESS = '/api/news';

const DOCUMENT: Looking = {
  isSeen: () => !document.hidden,
  onChange: (then) => {
    document.addEventListener('visibilitychange', then);
    return () => document.removeEventListener('visibilitychange', then);
  },
};

/**
 * Call `then` with the version of the data whenever the server tells one, and with '' when the session has ended.
 * A page that nobody looks at hears nothing: a browser has few connections to one server, and a stream holds one. It is
 * told the version as soon as it is looked at again. Returns the way to stop.
 */
export function hear(then: (version: string) => void, open: (address: string) => Stream = (address) => new EventSource(address), looking: Looking = DOCUMENT): () => void {
  let stream: Stream | null = null;

  function end() {
    stream?.close();
    stream = null;
  }

  function follow() {
    if (!looking.isSeen()) return end();
    if (stream) return;
    stream = open(ADDRESS);
    stream.addEventListener('version', ({ data }) => then((JSON.parse(data) as { version: string }).version));
    stream.addEventListener('over', () => {
      end();
      then('');
    });
  }

  const stop = looking.onChange(follow);
  follow();
  return () => {
    stop();
    end();
  };
}
