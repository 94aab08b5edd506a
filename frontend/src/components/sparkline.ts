// The geometry of a small line.

export type Spark = { line: string; area: string; end: { x: number; y: number } };

const MARGIN = 3;

/**
 * Paths inside width x height from values in order; zero is the floor where all values are positive.
 * An unknown value breaks the line. Null where fewer than two values are known.
 */
export function sparkPath(values: (number | null)[], width: number, height: number): Spark | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const [low, high] = [Math.min(0, ...known), Math.max(...known)];
  const spread = high - low || 1;
  const x = (index: number) => round(MARGIN + (index * (width - 2 * MARGIN)) / (values.length - 1));
  const y = (value: number) => round(height - MARGIN - ((value - low) * (height - 2 * MARGIN)) / spread);
  let line = '';
  let area = '';
  let run: number[] = [];
  const endRun = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined) return;
    area += `M${x(first)} ${y(low)}${run.map((index) => `L${x(index)} ${y(values[index] ?? low)}`).join('')}L${x(last)} ${y(low)}Z`;
    run = [];
  };
  values.forEach((value, index) => {
    if (value === null) return endRun();
    line += `${run.length ? 'L' : 'M'}${x(index)} ${y(value)}`;
    run.push(index);
  });
  endRun();
  const last = values.findLastIndex((value) => value !== null);
  return { line, area, end: { x: x(last), y: y(values[last] ?? low) } };
}

const round = (value: number): number => Math.round(value * 100) / 100;
