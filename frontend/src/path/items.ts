// What the map draws, ready for the template: steps with their boxes, edges with their lines, in the order of the keyboard.

import { BEGIN, type Box, type Direction, type DrawnStep, FINISH, orderOf, type Placed, placed, smooth, wrapped } from './layout.ts';
import { type Sort, sortOf, widthOf } from './look.ts';
import type { Edge, Path, Step } from './shapes.ts';

export type StepItem = { id: string; step: Step; lines: string[]; count: string; box: Box };
export type EdgeItem = { id: string; edge: Edge; sort: Sort; line: string; width: number; text: string; label: Box };
export type Drawn = { width: number; height: number; steps: StepItem[]; edges: EdgeItem[]; ends: { key: string; box: Box }[]; order: string[][] };

export type Said = { title: (step: Step) => string; count: (step: Step) => string; label: (edge: Edge) => string };

export const idOf = (edge: { source: string; target: string }): string => `${edge.source} → ${edge.target}`;

/** Where a stage stands among those of all pipelines, which follow each other as they are listed. */
export function positionOf(step: Step, path: Path): number | null {
  if (step.position === null) return null;
  return path.pipelines.findIndex((each) => each.id === step.pipeline) * 1000 + step.position;
}

/** Lay out the steps that happened, and those of the model that did not, with these edges. */
export function drawn(path: Path, edges: Edge[], said: Said, direction: Direction): Drawn {
  const shown = path.steps.filter((step) => step.cases > 0 || step.role === 'stage');
  const ends = [BEGIN, FINISH].filter((key) => edges.some((edge) => edge.source === key || edge.target === key));
  const boxes: DrawnStep[] = [
    ...shown.map((step) => ({ key: step.key, lines: wrapped(said.title(step)), role: step.role, position: positionOf(step, path) })),
    ...ends.map((key) => ({ key, lines: [], role: 'end', position: null })),
  ];
  const counted = path.edges.map(({ source, target, cases }) => ({ source, target, count: cases, text: '' }));
  const order = orderOf(boxes, counted);
  const texts = edges.map((edge) => ({ source: edge.source, target: edge.target, text: said.label(edge) }));
  const found = placed(boxes, texts, order, direction);
  return ready(path, edges, { shown, ends, boxes, order, texts }, found, said);
}

type Prepared = { shown: Step[]; ends: string[]; boxes: DrawnStep[]; order: Map<string, number>; texts: { text: string }[] };

function ready(path: Path, edges: Edge[], { shown, ends, boxes, order, texts }: Prepared, found: Placed, said: Said): Drawn {
  const most = Math.max(1, ...edges.map((edge) => edge.cases));
  const box = (key: string): Box => found.steps.get(key) ?? { x: 0, y: 0, width: 0, height: 0 };
  const steps = shown
    .map((step) => ({ id: step.key, step, lines: boxes.find((each) => each.key === step.key)?.lines ?? [], count: said.count(step), box: box(step.key) }))
    .toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
  const items = edges.map((edge, at): EdgeItem => {
    const laid = found.edges[at];
    const label = laid?.label ?? { x: 0, y: 0, width: 0, height: 0 };
    return { id: idOf(edge), edge, sort: sortOf(edge, path, order), line: smooth(laid?.points ?? []), width: widthOf(edge.cases, most), text: texts[at]?.text ?? '', label };
  });
  const walk = steps.map(({ id }) => [id, ...items.filter(({ edge }) => edge.source === id || (edge.source === BEGIN && edge.target === id)).map((item) => item.id)]);
  return { width: found.width, height: found.height, steps, edges: items, ends: ends.map((key) => ({ key, box: box(key) })), order: walk };
}

/** The item that a key of the keyboard leads to: up and down the steps, right and left the edges of a step. */
export function walked(order: string[][], at: string | null, key: string): string | null {
  const row = Math.max(0, order.findIndex((items) => items.includes(at ?? '')));
  const place = Math.max(0, order[row]?.indexOf(at ?? '') ?? 0);
  if (key === 'ArrowDown') return order[row + 1]?.[0] ?? null;
  if (key === 'ArrowUp') return (place > 0 ? order[row]?.[0] : order[row - 1]?.[0]) ?? null;
  if (key === 'ArrowRight') return order[row]?.[place + 1] ?? null;
  if (key === 'ArrowLeft') return order[row]?.[place - 1] ?? null;
  if (key === 'Home') return order[0]?.[0] ?? null;
  if (key === 'End') return order.at(-1)?.[0] ?? null;
  return null;
}
