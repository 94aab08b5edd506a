// Tables that are wider than a sheet of paper, printed in parts one below the other: every part begins with the first column.

const TABLES = 'main .edges > table, main .scroll > table';
const UNSEEN = '.visually-hidden:not(.on-paper)';
/** A table that needs to be drawn smaller than this to fit is printed in parts: smaller than 8 points nobody reads. */
export const LEAST = 0.97;
/** Pixels of A4 lying, less its margins (print.css). */
const SHEET = 1047;

/** Columns that stand together: those below one heading, or one alone. */
type Bundle = { columns: number[]; width: number };

/**
 * Deal out bundles of columns to parts that are no wider than `room`, in as few as it takes and about equally wide.
 *
 * A bundle that is wider than that stands alone.
 */
export function parts(bundles: Bundle[], room: number): number[][] {
  const fewest = dealt(bundles, room).length;
  const whole = bundles.reduce((sum, bundle) => sum + bundle.width, 0);
  for (let width = whole / fewest; width < room; width += room / 50) {
    const even = dealt(bundles, width);
    if (even.length === fewest) return even;
  }
  return dealt(bundles, room);
}

function dealt(bundles: Bundle[], room: number): number[][] {
  const found: { columns: number[]; width: number }[] = [];
  for (const { columns, width } of bundles) {
    const last = found.at(-1);
    if (last && last.width + width <= room) {
      last.columns.push(...columns);
      last.width += width;
    } else found.push({ columns: [...columns], width });
  }
  return found.map((part) => part.columns);
}

/** The cells of rows that stand together, each with the columns it covers. */
function cellsOf(rows: Iterable<HTMLTableRowElement>): [HTMLTableCellElement, number[]][] {
  const found: [HTMLTableCellElement, number[]][] = [];
  const taken: number[] = []; // by column: for how many rows more a cell above stands in it
  for (const row of rows) {
    let column = 0;
    const begun: [number, number][] = [];
    for (const cell of row.cells) {
      while ((taken[column] ?? 0) > 0) column += 1;
      const columns = Array.from({ length: cell.colSpan }, (_, at) => column + at);
      found.push([cell, columns]);
      for (const each of columns) begun.push([each, cell.rowSpan]);
      column += cell.colSpan;
    }
    taken.forEach((rest, at) => (taken[at] = Math.max(0, rest - 1)));
    for (const [at, rest] of begun) taken[at] = rest - 1;
  }
  return found;
}

function bundlesOf(table: HTMLTableElement): Bundle[] {
  const top = cellsOf(table.tHead?.rows ?? []).filter(([cell]) => cell.parentElement === table.tHead?.rows[0]);
  return top.map(([cell, columns]) => ({ columns, width: cell.getBoundingClientRect().width }));
}

/** A copy of a table with these columns. */
function partOf(table: HTMLTableElement, columns: number[]): HTMLTableElement {
  const part = table.cloneNode(true) as HTMLTableElement;
  part.classList.add('part', 'only-print');
  part.querySelectorAll('[id]').forEach((each) => each.removeAttribute('id'));
  const kept = new Set(columns);
  for (const section of [part.tHead, ...part.tBodies, part.tFoot]) {
    for (const [cell, covered] of cellsOf(section?.rows ?? [])) {
      const left = covered.filter((column) => kept.has(column)).length;
      if (left) cell.colSpan = left;
      else cell.remove();
    }
  }
  return part;
}

/** Print a table in parts; returns what undoes it. */
function divide(table: HTMLTableElement): () => void {
  const room = table.parentElement?.clientWidth ?? 0;
  const [first, ...others] = bundlesOf(table);
  if (!first || others.length < 2) return () => undefined;
  const made = parts(others, room - first.width).map((columns) => partOf(table, [...first.columns, ...columns]));
  if (made.length < 2) return () => undefined;
  table.after(...made);
  table.classList.add('no-print');
  return () => {
    made.forEach((part) => part.remove());
    table.classList.remove('no-print');
  };
}

/** Divide every table of the page that is too wide for the sheet it is laid out on; returns what undoes it. */
export function divideTables(): () => void {
  const wide = [...document.querySelectorAll<HTMLTableElement>(TABLES)].filter(
    (table) => !table.closest(UNSEEN) && table.scrollWidth * LEAST > (table.parentElement?.clientWidth ?? 0),
  );
  const undone = wide.map(divide);
  return () => undone.forEach((undo) => undo());
}

/** Do something while the page is laid out as on a sheet of paper, before the browser does so and counts the sheets. */
export function onSheet<T>(act: () => T): T {
  const root = document.documentElement;
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSMediaRule);
  const changed = rules.filter((rule) => ['print', 'screen'].includes(rule.media.mediaText)).map((rule) => ({ rule, was: rule.media.mediaText }));
  const width = root.style.width;
  for (const { rule, was } of changed) rule.media.mediaText = was === 'print' ? 'all' : 'not all';
  root.style.width = `${SHEET}px`;
  try {
    return act();
  } finally {
    root.style.width = width;
    for (const { rule, was } of changed) rule.media.mediaText = was;
  }
}
