// Tables that are wider than a sheet of paper, made to fit it.

const TABLES = 'main .edges > table, main .scroll > table';
const UNSEEN = '.visually-hidden:not(.on-paper)';
/** Smaller than this nobody reads. */
const LEAST = 0.6;

/** How much smaller a table must be drawn to fit its frame. */
export function fit(table: number, frame: number): number {
  return table <= frame + 1 || table === 0 ? 1 : Math.max(LEAST, Math.floor((frame / table) * 1000) / 1000);
}

/**
 * Fit every table of the page as it is laid out for paper; returns what undoes it.
 *
 * They are made smaller and nothing else: the sheets are counted by now, and a line more would be lost.
 */
export function fitTables(): () => void {
  const room = (table: HTMLElement): number => fit(table.scrollWidth, table.parentElement?.clientWidth ?? 0);
  const wide = [...document.querySelectorAll<HTMLElement>(TABLES)].filter((table) => !table.closest(UNSEEN) && room(table) < 1);
  const times = wide.map(room);
  wide.forEach((table, at) => (table.style.zoom = String(times[at])));
  return () => wide.forEach((table) => table.style.removeProperty('zoom'));
}
