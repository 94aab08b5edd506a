// When a key opens the search, and where the arrows lead among what is found.

export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Ctrl+K (⌘K) wherever one is, on whatever keyboard layout; "/" where nothing is being written. A Russian keyboard writes it with Shift. */
export function opensSearch(event: Key, isWriting: boolean): boolean {
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return !event.shiftKey && (event.code === 'KeyK' || event.key.toLowerCase() === 'k');
  return !isWriting && event.key === '/';
}

/** The place among `count` to which a key leads from `at`, which is -1 before the first; null for any other key. */
export function moved(key: string, at: number, count: number): number | null {
  if (!count) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return at <= 0 ? count - 1 : at - 1;
  return null;
}
