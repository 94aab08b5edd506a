// One stop of the Tab key for a whole table of figures; arrows walk its cells.

const STOPS = 'a[href], button, [tabindex]';

const STEPS: Record<string, [down: number, right: number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export type Place = { row: number; cell: number };

/** Where an arrow leads from a cell: the nearest cell in that direction that holds something to stop at. */
export function nextCell(at: Place, key: string, hasStop: (row: number, cell: number) => boolean, rows: number, cells: number): Place | null {
  const step = STEPS[key];
  if (!step) return null;
  const [down, right] = step;
  for (let row = at.row + down, cell = at.cell + right; row >= 0 && row < rows && cell >= 0 && cell < cells; row += down, cell += right)
    if (hasStop(row, cell)) return { row, cell };
  return null;
}

/** For `{@attach roving}` on a table: its headings keep their own stops, its body and foot share one. */
export function roving(table: HTMLTableElement): () => void {
  const rows = () => [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])].flatMap((part) => [...part.rows]);
  const stopIn = (row: HTMLTableRowElement | undefined, cell: number) => row?.cells[cell]?.querySelector<HTMLElement>(STOPS) ?? null;
  let current: HTMLElement | null = null;

  function share() {
    const stops = rows().flatMap((row) => [...row.querySelectorAll<HTMLElement>(STOPS)]);
    if (!current || !stops.includes(current)) current = stops[0] ?? null;
    for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
  }

  function entered(event: FocusEvent) {
    const stop = (event.target as HTMLElement).closest<HTMLElement>(STOPS);
    if (!stop || stop === current || stop.closest('thead')) return;
    if (current) current.tabIndex = -1;
    current = stop;
    stop.tabIndex = 0;
  }

  function walked(event: KeyboardEvent) {
    const cell = (event.target as HTMLElement).closest<HTMLTableCellElement>('td, th');
    const all = rows();
    const at = { row: all.indexOf(cell?.parentElement as HTMLTableRowElement), cell: cell?.cellIndex ?? 0 };
    if (at.row < 0) return;
    const width = Math.max(...all.map((row) => row.cells.length));
    const next = nextCell(at, event.key, (row, place) => stopIn(all[row], place) !== null, all.length, width);
    if (!next) return;
    event.preventDefault();
    stopIn(all[next.row], next.cell)?.focus();
  }

  share();
  const watch = new MutationObserver(share);
  watch.observe(table, { childList: true, subtree: true });
  table.addEventListener('focusin', entered);
  table.addEventListener('keydown', walked);
  return () => {
    watch.disconnect();
    table.removeEventListener('focusin', entered);
    table.removeEventListener('keydown', walked);
  };
}
