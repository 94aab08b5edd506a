// Where the steps and edges of a path stand: dagre's layout, the stages in their order along one line.

import { graphlib, layout } from '@dagrejs/dagre';
import { aligned } from './spine.ts';

export const BEGIN = '(start)';
export const FINISH = '(end)';

export type Point = { x: number; y: number };
export type Box = Point & { width: number; height: number };
export type DrawnStep = { key: string; lines: string[]; role: string; position: number | null };
export type DrawnEdge = { source: string; target: string; text: string };
export type Placed = { width: number; height: number; steps: Map<string, Box>; edges: { points: Point[]; label: Box }[] };
export type Direction = 'TB' | 'LR';

export const NODE = { width: 172, line: 16, padding: 10 };
export const END_SIZE = 26;
const LETTER = 6.4; // of 11.5 px, generously
const LABEL = { height: 17, padding: 10 };
const MARGIN = 14;
/** How much harder the way through the stages is held straight than any other. */
const SPINE = 40;

/** The width that a line of an edge's label needs. */
export const labelWidth = (text: string): number => (text ? Math.ceil(text.length * LETTER) + LABEL.padding : 0);

/** A title in at most two lines; what does not fit ends with "…" (the whole is told on hover and focus). */
export function wrapped(title: string, letters = 23): string[] {
  const lines: string[] = [''];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (!last) lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.length > 2 ? [lines[0] ?? '', lines.slice(1).join(' ')] : lines;
  return shown.map((line) => (line.length > letters ? `${line.slice(0, letters - 1)}…` : line));
}

/** The size of a step: its title, and the line of its count below. */
export function sizeOf(step: DrawnStep): { width: number; height: number } {
  if (step.key === BEGIN || step.key === FINISH) return { width: END_SIZE, height: END_SIZE };
  return { width: NODE.width, height: (step.lines.length + 1) * NODE.line + NODE.padding };
}

/**
 * The place of each step along the way, so that edges against it are returns: stages by their position, the start first,
 * the end last, any other step where its neighbours stand on average.
 */
export function orderOf(steps: DrawnStep[], edges: (DrawnEdge & { count: number })[]): Map<string, number> {
  const order = new Map<string, number>([[BEGIN, -1]]);
  const spine = steps.filter((step) => step.role === 'stage').toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0));
  spine.forEach((step, at) => order.set(step.key, at));
  const last = Math.max(spine.length, 1);
  for (const step of steps) if (step.role === 'exit') order.set(step.key, last);
  order.set(FINISH, last + 1);
  const free = steps.filter((step) => !order.has(step.key));
  for (const step of free) order.set(step.key, last / 2);
  for (let round = 0; round < 8; round += 1) for (const step of free) order.set(step.key, between(step.key, edges, order) ?? last / 2);
  return order;
}

function between(key: string, edges: (DrawnEdge & { count: number })[], order: Map<string, number>): number | null {
  let [sum, weight] = [0, 0];
  for (const edge of edges) {
    const other = edge.source === key ? edge.target : edge.target === key ? edge.source : null;
    if (other === null || other === key) continue;
    sum += edge.count * (order.get(other) ?? 0);
    weight += edge.count;
  }
  return weight ? sum / weight : null;
}

/** Place steps and edges; `order` says which edges lead back. The boxes of labels and steps stand apart. */
export function placed(steps: DrawnStep[], edges: DrawnEdge[], order: Map<string, number>, direction: Direction): Placed {
  const graph = new graphlib.Graph({ directed: true, multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 26, edgesep: 14, ranksep: direction === 'TB' ? 22 : 34, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const step of steps) graph.setNode(step.key, sizeOf(step));
  const at = (key: string) => order.get(key) ?? 0;
  const next = nextOf(steps, order);
  edges.forEach((edge, name) => {
    const isBack = at(edge.source) > at(edge.target);
    const [from, to] = isBack ? [edge.target, edge.source] : [edge.source, edge.target];
    const label = { width: labelWidth(edge.text), height: edge.text ? LABEL.height : 0, labelpos: 'c', weight: next.get(edge.source) === edge.target ? SPINE : 1 };
    graph.setEdge(from, to, label, String(name));
  });
  for (const [one, other] of next) if (!edges.some((edge) => edge.source === one && edge.target === other)) graph.setEdge(one, other, { weight: SPINE, width: 0, height: 0 }, `spine ${one}`);
  layout(graph);
  const hidden = [...next].flatMap(([source, target]) => {
    const found = graph.edge({ v: source, w: target, name: `spine ${source}` }) as unknown as Laid | undefined;
    return found ? [{ source, target, points: found.points ?? [] }] : [];
  });
  return withLoops(aligned(read(graph, steps, edges, at), edges, next, hidden, direction), edges);
}

/** How far a line from a step to itself stands off its label, and its ends from the middle of the step. */
const LOOP = { off: 5, ends: 7 };

/** Lines from a step to itself lead from its side around their label and back: dagre's begin beside the step where the label is wide. */
function withLoops(found: Placed, edges: DrawnEdge[]): Placed {
  return {
    ...found,
    edges: found.edges.map((edge, place) => {
      const { source, target } = edges[place] ?? { source: '', target: ' ' };
      const step = found.steps.get(source);
      return step && source === target ? { ...edge, points: loopOf(step, edge.label) } : edge;
    }),
  };
}

function loopOf(step: Box, label: Box): Point[] {
  const [right, bottom] = [step.x + step.width / 2, step.y + step.height / 2];
  const [wide, high] = [label.width / 2 + LOOP.off, label.height / 2 + LOOP.off];
  if (label.x > right) {
    const far = label.x + wide;
    return [{ x: right, y: step.y - LOOP.ends }, { x: far, y: step.y - high - LOOP.off }, { x: far, y: step.y + high + LOOP.off }, { x: right, y: step.y + LOOP.ends }];
  }
  const far = label.y + high;
  return [{ x: step.x - LOOP.ends, y: bottom }, { x: label.x - wide, y: far }, { x: label.x + wide, y: far }, { x: step.x + LOOP.ends, y: bottom }];
}

/** Each stage's next one. */
function nextOf(steps: DrawnStep[], order: Map<string, number>): Map<string, string> {
  const spine = steps.filter((step) => step.role === 'stage').toSorted((one, other) => (order.get(one.key) ?? 0) - (order.get(other.key) ?? 0));
  return new Map(spine.slice(0, -1).map((step, place) => [step.key, spine[place + 1]?.key ?? '']));
}

type Laid = { x: number; y: number; width: number; height: number; points?: Point[] };

function read(graph: InstanceType<typeof graphlib.Graph>, steps: DrawnStep[], edges: DrawnEdge[], at: (key: string) => number): Placed {
  const whole = graph.graph() as unknown as Laid;
  const box = ({ x, y, width, height }: Laid): Box => ({ x, y, width, height });
  const found = edges.map((edge, name) => {
    const isBack = at(edge.source) > at(edge.target);
    const [v, w] = isBack ? [edge.target, edge.source] : [edge.source, edge.target];
    const laid = graph.edge({ v, w, name: String(name) }) as unknown as Laid;
    const points = laid.points ?? [];
    const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
    const label = { x: laid.x ?? middle.x, y: laid.y ?? middle.y, width: labelWidth(edge.text), height: edge.text ? LABEL.height : 0 };
    return { points: isBack ? points.toReversed() : points, label };
  });
  return { width: whole.width, height: whole.height, steps: new Map(steps.map((step) => [step.key, box(graph.node(step.key) as unknown as Laid)])), edges: found };
}

/** A smooth line through the points, as the `d` of a path. */
export function smooth(points: Point[]): string {
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (!first || !last) return '';
  const say = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const curves = rest.slice(0, -1).map((point, place) => {
    const after = rest[place + 1] ?? point;
    return `Q${say(point)} ${say({ x: (point.x + after.x) / 2, y: (point.y + after.y) / 2 })}`;
  });
  return `M${say(first)}${curves.join('')}L${say(last)}`;
}

/** Whether two boxes (by their middles) cover any of the same place. */
export function overlap(one: Box, other: Box): boolean {
  return Math.abs(one.x - other.x) * 2 < one.width + other.width - 0.5 && Math.abs(one.y - other.y) * 2 < one.height + other.height - 0.5;
}
