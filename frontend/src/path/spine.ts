// The stages on one line: dagre keeps them so only while few other lines press; here the layers are moved apart around it.

import type { Box, Direction, Placed, Point } from './layout.ts';

/** Something that takes room in a layer: a step, or an edge's bend or label passing through; `half` is half its width. */
export type Item = { id: string; at: number; half: number; gap: number };
/** One layer across the way, its items in the order in which dagre has put them. */
export type Layer = { items: Item[]; spine: number };

const SWEEPS = 12;

/**
 * Where each item of each layer stands across the way, when the spine's item of every layer stands on one line. The order
 * within a layer stays, so no line crosses another that it did not cross before, and nothing comes to cover anything.
 * Items are drawn towards their neighbours along the way (`near`), as far as the order and their widths leave room.
 */
export function straightened(layers: Layer[], near: (id: string) => string[]): Map<string, number> {
  const middles = layers.flatMap(({ items, spine }) => (spine < 0 ? [] : [items[spine]?.at ?? 0])).toSorted((one, other) => one - other);
  const line = middles[Math.floor(middles.length / 2)] ?? 0;
  const at = new Map(layers.flatMap(({ items }) => items.map((item) => [item.id, item.at] as const)));
  const settle = () => layers.forEach((layer) => settled(layer, line, at));
  settle();
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const layer of sweep % 2 ? layers.toReversed() : layers) {
      for (const [place, item] of layer.items.entries()) if (place !== layer.spine) at.set(item.id, mean(near(item.id).map((id) => at.get(id) ?? item.at)) ?? at.get(item.id) ?? item.at);
      settled(layer, line, at);
    }
  }
  settle();
  return at;
}

const mean = (values: number[]): number | null => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null);

/** How far the middles of two neighbours have to be apart. */
const apart = (one: Item, other: Item): number => one.half + other.half + (one.gap + other.gap) / 2;

/** Put the spine's item on its line, and push the others from it outwards where they are too near. */
function settled({ items, spine }: Layer, line: number, at: Map<string, number>): void {
  const here = (item: Item) => at.get(item.id) ?? item.at;
  const from = Math.max(spine, 0);
  const first = items[from];
  if (!first) return;
  if (spine >= 0) at.set(first.id, line);
  for (let place = from + 1; place < items.length; place += 1) {
    const [before, item] = [items[place - 1] as Item, items[place] as Item];
    at.set(item.id, Math.max(here(item), here(before) + apart(before, item)));
  }
  for (let place = from - 1; place >= 0; place -= 1) {
    const [behind, item] = [items[place + 1] as Item, items[place] as Item];
    at.set(item.id, Math.min(here(item), here(behind) - apart(behind, item)));
  }
}

/** Where the line from the middle of a box to a point leaves the box. */
export function leaves(box: Box, to: Point): Point {
  const [dx, dy] = [to.x - box.x, to.y - box.y];
  if (!dx && !dy) return { x: box.x, y: box.y + box.height / 2 };
  const share = Math.min(dx ? box.width / 2 / Math.abs(dx) : Infinity, dy ? box.height / 2 / Math.abs(dy) : Infinity);
  return { x: box.x + dx * share, y: box.y + dy * share };
}

type Line = { source: string; target: string; points: Point[]; label: Box; isSpine: boolean };
type Grid = { layers: Layer[]; links: Map<string, string[]> };

const STEP_GAP = 26;
const LINE_GAP = 14;
const EDGE_OF_DRAWING = 14;

const bendOf = (line: number, place: number): string => `${line}.${place}`;
const stepOf = (key: string): string => `step ${key}`;

/** The drawing with the stages of the spine on one line; a drawing that goes to the right is turned for it and back. */
export function aligned(found: Placed, lines: { source: string; target: string }[], next: Map<string, string>, hidden: { source: string; target: string; points: Point[] }[], direction: Direction): Placed {
  if (next.size === 0) return found;
  const laid = direction === 'TB' ? found : turned(found);
  const drawn = lines.map((line, at): Line => ({ ...line, points: laid.edges[at]?.points ?? [], label: laid.edges[at]?.label ?? { x: 0, y: 0, width: 0, height: 0 }, isSpine: next.get(line.source) === line.target }));
  const unseen = hidden.map((line): Line => ({ ...line, points: line.points.map((point) => (direction === 'TB' ? point : { x: point.y, y: point.x })), label: { x: 0, y: 0, width: 0, height: 0 }, isSpine: true }));
  const onSpine = new Set([...next.keys(), ...next.values()]);
  const { layers, links } = gridOf(laid.steps, [...drawn, ...unseen], onSpine);
  const at = straightened(layers, (id) => links.get(id) ?? []);
  const made = moved(laid, drawn, at);
  return direction === 'TB' ? made : turned(made);
}

/** The layers as dagre has put them, and what each item is joined with. */
function gridOf(steps: Map<string, Box>, lines: Line[], onSpine: Set<string>): Grid {
  const layers = new Map<number, (Item & { isSpine: boolean })[]>();
  const links = new Map<string, string[]>();
  const put = (y: number, item: Item & { isSpine: boolean }) => layers.set(Math.round(y), [...(layers.get(Math.round(y)) ?? []), item]);
  const join = (one: string, other: string) => {
    links.set(one, [...(links.get(one) ?? []), other]);
    links.set(other, [...(links.get(other) ?? []), one]);
  };
  for (const [key, box] of steps) put(box.y, { id: stepOf(key), at: box.x, half: box.width / 2, gap: STEP_GAP, isSpine: onSpine.has(key) });
  lines.forEach(({ source, target, points, label, isSpine }, line) => {
    if (source === target) {
      put(steps.get(source)?.y ?? label.y, { id: bendOf(line, 0), at: label.x, half: label.width / 2, gap: LINE_GAP, isSpine: false });
      join(bendOf(line, 0), stepOf(source));
      return;
    }
    const bends = points.slice(1, -1);
    bends.forEach((bend, place) => {
      const holdsLabel = Math.abs(bend.x - label.x) < 0.5 && Math.abs(bend.y - label.y) < 0.5;
      put(bend.y, { id: bendOf(line, place), at: bend.x, half: holdsLabel ? label.width / 2 : 0, gap: LINE_GAP, isSpine });
    });
    const chain = [stepOf(source), ...bends.map((_, place) => bendOf(line, place)), stepOf(target)];
    chain.slice(1).forEach((id, place) => join(chain[place] ?? id, id));
  });
  const ordered = [...layers].toSorted((one, other) => one[0] - other[0]).map(([, items]) => items.toSorted((one, other) => one.at - other.at));
  return { layers: ordered.map((items) => ({ items, spine: items.findIndex((item) => item.isSpine) })), links };
}

/** The drawing with everything where it stands now, its left edge at nought. */
function moved(laid: Placed, lines: Line[], at: Map<string, number>): Placed {
  const boxes = [...[...laid.steps].map(([key, box]) => [stepOf(key), box.width] as const), ...lines.flatMap(({ points, label }, line) => points.map((_, place) => [bendOf(line, place), label.width] as const))];
  const extents = boxes.flatMap(([id, width]) => (at.has(id) ? [[(at.get(id) ?? 0) - width / 2, (at.get(id) ?? 0) + width / 2] as const] : []));
  const left = Math.min(...extents.map(([from]) => from)) - EDGE_OF_DRAWING;
  const right = Math.max(...extents.map(([, to]) => to)) + EDGE_OF_DRAWING;
  const x = (id: string, otherwise: number) => (at.get(id) ?? otherwise) - left;
  const steps = new Map([...laid.steps].map(([key, box]) => [key, { ...box, x: x(stepOf(key), box.x) }]));
  const edges = lines.map((line, number) => {
    const [from, to] = [steps.get(line.source), steps.get(line.target)];
    if (!from || !to) return { points: line.points, label: line.label };
    if (line.source === line.target) return looped(from, { ...line.label, x: x(bendOf(number, 0), line.label.x) });
    const bends = line.points.slice(1, -1).map((bend, place) => ({ x: x(bendOf(number, place), bend.x), y: bend.y }));
    const place = line.points.slice(1, -1).findIndex((bend) => Math.abs(bend.x - line.label.x) < 0.5 && Math.abs(bend.y - line.label.y) < 0.5);
    const label = { ...line.label, x: bends[place]?.x ?? line.label.x - left };
    return { points: [leaves(from, bends[0] ?? to), ...bends, leaves(to, bends.at(-1) ?? from)], label };
  });
  return { width: right - left, height: laid.height, steps, edges };
}

/** A line from a step to itself, around its label at the side. */
function looped(step: Box, label: Box): { points: Point[]; label: Box } {
  const [side, dx, dy] = [step.x + step.width / 2, label.x - (step.x + step.width / 2), step.height / 2];
  const points = [[(2 * dx) / 3, -dy], [(5 * dx) / 6, -dy], [dx, 0], [(5 * dx) / 6, dy], [(2 * dx) / 3, dy]].map(([right = 0, down = 0]) => ({ x: side + right, y: step.y + down }));
  return { points, label };
}

/** The same with right and down exchanged. */
function turned(found: Placed): Placed {
  const point = ({ x, y }: Point): Point => ({ x: y, y: x });
  const box = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width });
  return {
    width: found.height,
    height: found.width,
    steps: new Map([...found.steps].map(([key, each]) => [key, box(each)])),
    edges: found.edges.map(({ points, label }) => ({ points: points.map(point), label: box(label) })),
  };
}
