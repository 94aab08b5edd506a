// The stages on one line: dagre keeps them so only while few other lines press; here the layers are moved apart around it.

import { BEGIN, type Box, type Direction, FINISH, type Placed, type Point } from './layout.ts';

/**
 * Something that takes room in a layer: a step, or an edge's bend or label passing through. `half` is half its width,
 * `right` how far it reaches to the right where that is more: a step with a line to itself has its label there.
 */
export type Item = { id: string; at: number; half: number; gap: number; right?: number };
/** One layer across the way, its items in the order in which dagre has put them. */
export type Layer = { items: Item[]; spine: number };

const NEAR = 1;
/** Places of the spine that are tried, of those at which dagre has any of it. */
const TRIED = 8;

/**
 * Where each item of each layer stands across the way, when the spine's item of every layer stands on one line. The order
 * within a layer stays, so no line crosses another that it did not cross before, and nothing comes to cover anything. What
 * dagre has put straight one behind the other (joined by `near`) moves as one, and only as far from the line as it has to.
 */
export function straightened(layers: Layer[], near: (id: string) => string[]): Map<string, number> {
  const placed = layers.map((layer, place) => ({ ...layer, middle: middleOf(layers, place) }));
  const all = [...new Set(placed.map(({ middle }) => Math.round(middle)))].toSorted((one, other) => one - other);
  const middles = all.filter((_, at) => at % Math.ceil(all.length / TRIED) === 0);
  const blocks = blocksOf(placed, near);
  const tried = middles.map((line) => put(placed, blocks, line));
  const before = new Map(layers.flatMap(({ items }) => items.map((item) => [item.id, item.at] as const)));
  // as narrow as can be, and then as near to what it was
  const cost = (at: Map<string, number>) => Math.max(...at.values()) - Math.min(...at.values()) + [...at].reduce((sum, [id, x]) => sum + Math.abs(x - (before.get(id) ?? x)), 0) / (at.size || 1);
  const costs = tried.map(cost);
  return tried[costs.indexOf(Math.min(...costs))] ?? before;
}

type Sided = Layer & { middle: number };
type Block = { at: number; side: -1 | 1; items: { layer: Sided; place: number }[] };

/** Where the spine passes a layer; beyond its ends, where it ends. */
function middleOf(layers: Layer[], place: number): number {
  const known = layers.flatMap(({ items, spine }, at) => (spine < 0 ? [] : [{ far: Math.abs(at - place), at: items[spine]?.at ?? 0 }]));
  return known.toSorted((one, other) => one.far - other.far)[0]?.at ?? 0;
}

const sideOf = ({ items, spine, middle }: Sided, place: number): -1 | 0 | 1 => (place === spine ? 0 : spine < 0 ? ((items[place]?.at ?? 0) < middle ? -1 : 1) : place < spine ? -1 : 1);

/** What stands straight on one side of the spine, the nearest of the left side's edge first. */
function blocksOf(layers: Sided[], near: (id: string) => string[]): Block[] {
  const of = new Map<string, Block>();
  for (const layer of layers) {
    for (const [place, item] of layer.items.entries()) {
      const side = sideOf(layer, place);
      if (side === 0) continue;
      const joined = near(item.id).map((id) => of.get(id)).find((block) => block?.side === side && Math.abs(block.at - item.at) < NEAR && !block.items.some((each) => each.layer === layer));
      const block = joined ?? { at: item.at, side, items: [] };
      block.items.push({ layer, place });
      of.set(item.id, block);
    }
  }
  return [...new Set(of.values())].toSorted((one, other) => one.at - other.at);
}

/** The places of all items when the spine is on `line`: blocks stay where they are unless something pushes them. */
function put(layers: Sided[], blocks: Block[], line: number): Map<string, number> {
  const at = new Map<string, number>();
  for (const { items, spine } of layers) if (items[spine]) at.set(items[spine].id, line);
  for (const side of [1, -1] as const) {
    for (const block of blocks.filter((each) => each.side === side).toSorted((one, other) => side * (one.at - other.at))) {
      const bounds = block.items.flatMap(({ layer: { items }, place }) => {
        const [item, inner] = [items[place], items[place - side]];
        const moved = inner ? at.get(inner.id) : undefined;
        return item && inner && moved !== undefined ? [moved + side * (side > 0 ? apart(inner, item) : apart(item, inner))] : [];
      });
      const place = side * Math.max(...[block.at, ...bounds].map((each) => side * each));
      for (const { layer, place: here } of block.items) at.set(layer.items[here]?.id ?? '', place);
    }
  }
  return at;
}

/** How far the middles of two neighbours have to be apart. */
const apart = (left: Item, right: Item): number => (left.right ?? left.half) + right.half + (left.gap + right.gap) / 2;

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
  next = withEnds(next, lines);
  const laid = direction === 'TB' ? found : turned(found);
  const drawn = lines.map((line, at): Line => ({ ...line, points: laid.edges[at]?.points ?? [], label: laid.edges[at]?.label ?? { x: 0, y: 0, width: 0, height: 0 }, isSpine: next.get(line.source) === line.target }));
  const unseen = hidden.map((line): Line => ({ ...line, points: line.points.map((point) => (direction === 'TB' ? point : { x: point.y, y: point.x })), label: { x: 0, y: 0, width: 0, height: 0 }, isSpine: true }));
  const onSpine = new Set([...next.keys(), ...next.values()]);
  const { layers, links } = gridOf(laid.steps, [...drawn, ...unseen], onSpine);
  const at = straightened(layers, (id) => links.get(id) ?? []);
  const made = moved(laid, drawn, at);
  return direction === 'TB' ? made : turned(made);
}

/** The spine with the beginning and the end, where cases begin with its first stage and end with its last. */
function withEnds(next: Map<string, string>, lines: { source: string; target: string }[]): Map<string, string> {
  const stages = [...next.keys(), ...next.values()];
  const first = stages.find((key) => ![...next.values()].includes(key)) ?? '';
  const last = stages.find((key) => !next.has(key)) ?? '';
  const ends = lines.filter(({ source, target }) => (source === BEGIN && target === first) || (source === last && target === FINISH));
  return new Map([...next, ...ends.map(({ source, target }) => [source, target] as const)]);
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
  for (const [key, box] of steps) {
    const loop = lines.find(({ source, target }) => source === key && target === key)?.label;
    const reach = loop ? { right: loopOf(box, loop) + loop.width / 2 } : {};
    put(box.y, { id: stepOf(key), at: box.x, half: box.width / 2, gap: STEP_GAP, isSpine: onSpine.has(key), ...reach });
  }
  lines.forEach(({ source, target, points, label, isSpine }, line) => {
    if (source === target) return; // goes where its step goes
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
  const extents = boxes.flatMap(([id, width]) => (at.has(id) ? [[(at.get(id) ?? 0) - width / 2, (at.get(id) ?? 0) + width / 2] as [number, number]] : []));
  for (const { source, target, label } of lines) {
    const step = source === target ? laid.steps.get(source) : undefined;
    if (step) extents.push([at.get(stepOf(source)) ?? step.x, (at.get(stepOf(source)) ?? step.x) + loopOf(step, label) + label.width / 2]);
  }
  const left = Math.min(...extents.map(([from]) => from)) - EDGE_OF_DRAWING;
  const right = Math.max(...extents.map(([, to]) => to)) + EDGE_OF_DRAWING;
  const x = (id: string, otherwise: number) => (at.get(id) ?? otherwise) - left;
  const steps = new Map([...laid.steps].map(([key, box]) => [key, { ...box, x: x(stepOf(key), box.x) }]));
  const edges = lines.map((line, number) => {
    const [from, to] = [steps.get(line.source), steps.get(line.target)];
    if (!from || !to) return { points: line.points, label: line.label };
    if (line.source === line.target) return looped(from, { ...line.label, x: from.x + loopOf(from, line.label) });
    const bends = line.points.slice(1, -1).map((bend, place) => ({ x: x(bendOf(number, place), bend.x), y: bend.y }));
    const place = line.points.slice(1, -1).findIndex((bend) => Math.abs(bend.x - line.label.x) < 0.5 && Math.abs(bend.y - line.label.y) < 0.5);
    const label = { ...line.label, x: bends[place]?.x ?? line.label.x - left };
    return { points: [leaves(from, bends[0] ?? to), ...bends, leaves(to, bends.at(-1) ?? from)], label };
  });
  return { width: right - left, height: laid.height, steps, edges };
}

/** How far to the right of a step the label of its line to itself stands. */
const loopOf = (step: Box, label: Box): number => step.width / 2 + LINE_GAP + label.width / 2;

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
