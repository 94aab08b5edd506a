// What of a path is drawn and how: the edges at a level of detail, what sort each is, how wide.

import { BEGIN, FINISH } from './layout.ts';
import type { Clock, Edge, Path, Step, Took } from './shapes.ts';

/** Edges up to which a map is shown whole when it is opened. */
const READABLE = 32;
const STEP = 5;
const [THINNEST, WIDEST] = [1.2, 7];

export const atDetail = (edges: Edge[], percent: number): Edge[] => edges.filter((edge) => edge.level === 0 || edge.level < percent / 100);

/** The level of detail at which a map can be read at once: the most that keeps to READABLE edges. */
export function usualDetail(edges: Edge[]): number {
  let percent = 100;
  while (percent > 0 && atDetail(edges, percent).length > READABLE) percent -= STEP;
  return percent;
}

export type Sort = 'model' | 'ahead' | 'back' | 'outside' | 'between' | 'exit' | 'end';

/** What sort an edge is: as the stages are configured, past some, back, out by a loss, by a stage outside of them, by what is no stage. */
export function sortOf(edge: { source: string; target: string }, path: Path, order: Map<string, number>): Sort {
  const { source, target } = edge;
  if (source === BEGIN || target === FINISH) return 'end';
  const role = (key: string) => path.steps.find((step) => step.key === key)?.role;
  if (role(source) === 'step') return source === target ? 'back' : 'between';
  if (role(source) === 'outside' || role(target) === 'outside') return 'outside';
  if (role(source) === 'event' || role(target) === 'event') return 'between';
  if ((order.get(source) ?? 0) > (order.get(target) ?? 0) || source === target) return 'back';
  if (role(target) === 'exit') return 'exit';
  return isNext(path, source, target) ? 'model' : 'ahead';
}

/** Whether the one stage of a pipeline is followed by the other. */
function isNext({ steps }: Path, source: string, target: string): boolean {
  const [from, to] = [source, target].map((key) => steps.find((step) => step.key === key));
  if (from?.role !== 'stage' || !to || to.pipeline !== from.pipeline) return false;
  const line = steps.filter((step) => step.role === 'stage' && step.pipeline === from.pipeline).toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0));
  return line[line.indexOf(from) + 1] === to;
}

/** The width of an edge's line: its area, not its width, would be read as the count. */
export function widthOf(cases: number, most: number): number {
  return most ? THINNEST + (WIDEST - THINNEST) * Math.sqrt(cases / most) : THINNEST;
}

export const tookOf = (of: { took: Took | null; took_working: Took | null }, clock: Clock): Took | null => (clock === 'working' ? of.took_working : of.took);

/** The step that hangs below or above all others: where cases begin and end. */
export function endStep(key: string): Step {
  return { key, title: { ru: '', en: '' }, role: 'event', pipeline: null, position: null, outcome: null, count: 0, cases: 0, starts: 0, ends: 0 };
}
