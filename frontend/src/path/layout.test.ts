import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BEGIN, type Box, type DrawnEdge, type DrawnStep, FINISH, NODE, orderOf, overlap, placed, sizeOf, smooth, wrapped } from './layout.ts';

type Counted = DrawnEdge & { count: number };

/** Twenty-four stages (two of them exits, two outside of the model) and 120 edges: ahead, skips, returns, loops, exits. */
function large(): { steps: DrawnStep[]; edges: Counted[] } {
  let seed = 20261123;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  const steps: DrawnStep[] = Array.from({ length: 24 }, (_, at) => ({
    key: `s${at}`,
    lines: wrapped(at % 3 ? `Согласование договора ${at}` : `Этап ${at}`),
    role: at < 20 ? 'stage' : at < 22 ? 'exit' : 'outside',
    position: at < 22 ? at : null,
  }));
  const edges = new Map<string, Counted>();
  const add = (source: number, target: number) => {
    const count = 1 + random(4000);
    edges.set(`${source} ${target}`, { source: `s${source}`, target: `s${target}`, count, text: `${count} · ${random(90)} дн.` });
  };
  for (let at = 0; at < 19; at += 1) add(at, at + 1);
  add(4, 22), add(22, 5), add(11, 23), add(23, 12), add(6, 6);
  while (edges.size < 120) add(random(20), random(24));
  return { steps, edges: [...edges.values()] };
}

function clashes(boxes: { name: string; box: Box }[]): string[] {
  return boxes.flatMap((one, place) => boxes.slice(place + 1).flatMap((other) => (overlap(one.box, other.box) ? [`${one.name} / ${other.name}`] : [])));
}

for (const direction of ['TB', 'LR'] as const)
  test(`at 24 stages and 120 edges no label and no step covers another (${direction})`, () => {
    const { steps, edges } = large();
    assert.equal(edges.length, 120);
    const found = placed(steps, edges, orderOf(steps, edges), direction);
    const labels = found.edges.map(({ label }, at) => ({ name: `${edges[at]?.source}-${edges[at]?.target}`, box: label }));
    const boxes = [...labels, ...[...found.steps].map(([name, box]) => ({ name, box }))];
    assert.equal(boxes.length, 144);
    assert.deepEqual(clashes(boxes), []);
    for (const { box } of boxes) {
      assert.ok(box.x - box.width / 2 >= 0 && box.x + box.width / 2 <= found.width + 0.5);
      assert.ok(box.y - box.height / 2 >= 0 && box.y + box.height / 2 <= found.height + 0.5);
    }
  });

for (const direction of ['TB', 'LR'] as const)
  test(`all stages of the pipeline stand on one line, at full detail too (${direction})`, () => {
    const { steps, edges } = large();
    const found = placed(steps, edges, orderOf(steps, edges), direction);
    const across = Array.from({ length: 20 }, (_, at) => found.steps.get(`s${at}`)?.[direction === 'TB' ? 'x' : 'y'] ?? NaN);
    assert.ok(Math.max(...across) - Math.min(...across) < 0.01, String(across.map(Math.round)));
  });

test('stages stand one below the other in their order, whatever goes back', () => {
  const { steps, edges } = large();
  const found = placed(steps, edges, orderOf(steps, edges), 'TB');
  const along = Array.from({ length: 20 }, (_, at) => found.steps.get(`s${at}`)?.y ?? 0);
  assert.deepEqual(along, along.toSorted((one, other) => one - other));
});

test('a line begins at its source and ends at its target, also where it leads back', () => {
  const steps: DrawnStep[] = ['a', 'b', 'c'].map((key, position) => ({ key, lines: [key], role: 'stage', position }));
  const edges: Counted[] = [
    { source: 'a', target: 'b', count: 9, text: '9' },
    { source: 'c', target: 'a', count: 1, text: '1' },
  ];
  const found = placed(steps, edges, orderOf(steps, edges), 'TB');
  const back = found.edges[1]?.points ?? [];
  const [a, c] = [found.steps.get('a') as Box, found.steps.get('c') as Box];
  assert.ok(Math.abs((back[0]?.y ?? 0) - (c.y - c.height / 2)) < 1);
  assert.ok(Math.abs((back.at(-1)?.y ?? 0) - (a.y + a.height / 2)) < 1);
});

test('a line from a step to itself stays beside it, wherever the step is moved', () => {
  const { steps, edges } = large();
  const found = placed(steps, edges, orderOf(steps, edges), 'TB');
  const at = edges.findIndex(({ source, target }) => source === target);
  const [step, loop] = [found.steps.get(edges[at]?.source ?? '') as Box, found.edges[at]];
  assert.ok((loop?.label.x ?? 0) - (loop?.label.width ?? 0) / 2 - (step.x + step.width / 2) < 40);
  assert.ok(Math.abs((loop?.label.y ?? 0) - step.y) < 1);
});

test('where cases begin and end stands on the line of the stages', () => {
  const steps: DrawnStep[] = [...['a', 'b'].map((key, position) => ({ key, lines: [key], role: 'stage', position })), ...[BEGIN, FINISH].map((key) => ({ key, lines: [], role: 'end', position: null }))];
  const edges: Counted[] = [[BEGIN, 'a'], ['a', 'b'], ['b', FINISH], ['a', FINISH]].map(([source = '', target = '']) => ({ source, target, count: 1, text: '1' }));
  const found = placed(steps, edges, orderOf(steps, edges), 'TB');
  assert.equal(new Set([BEGIN, 'a', 'b', FINISH].map((key) => Math.round(found.steps.get(key)?.x ?? NaN))).size, 1);
});

test('a step outside of the model stands where its neighbours stand', () => {
  const steps: DrawnStep[] = [
    ...['a', 'b', 'c', 'd'].map((key, position) => ({ key, lines: [key], role: 'stage', position })),
    { key: 'lost', lines: ['lost'], role: 'exit', position: 9 },
    { key: 'x', lines: ['x'], role: 'outside', position: null },
    { key: BEGIN, lines: [], role: 'end', position: null },
    { key: FINISH, lines: [], role: 'end', position: null },
  ];
  const edges: Counted[] = [
    { source: 'b', target: 'x', count: 5, text: '5' },
    { source: 'x', target: 'c', count: 5, text: '5' },
  ];
  const order = orderOf(steps, edges);
  assert.equal(order.get('x'), 1.5);
  assert.deepEqual(['a', 'd', 'lost', BEGIN, FINISH].map((key) => order.get(key)), [0, 3, 4, -1, 5]);
});

test('titles take two lines at most', () => {
  assert.deepEqual(wrapped('Новый'), ['Новый']);
  assert.deepEqual(wrapped('Выявление потребности клиента'), ['Выявление потребности', 'клиента']);
  assert.deepEqual(wrapped('Согласование условий договора с юристами клиента'), ['Согласование условий', 'договора с юристами кл…']);
  assert.equal(wrapped('х'.repeat(40))[0]?.length, 23);
  assert.equal(sizeOf({ key: 'a', lines: ['a', 'b'], role: 'stage', position: 1 }).height, 3 * NODE.line + NODE.padding);
});

test('a line is smooth through all its points', () => {
  assert.equal(smooth([]), '');
  assert.equal(smooth([{ x: 0, y: 0 }, { x: 10, y: 0 }]), 'M0.0,0.0L10.0,0.0');
  assert.equal(smooth([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 20 }]), 'M0.0,0.0Q10.0,0.0 10.0,10.0L10.0,20.0');
});

test('a line from a step to itself begins and ends at it, however wide its label is', () => {
  const steps: DrawnStep[] = ['a', 'b'].map((key) => ({ key, lines: [key], role: 'step', position: null }));
  const edges = ['a → b', 'a → a'].map((name, at) => ({ source: 'a', target: at ? 'a' : 'b', text: `${name}: ${'9'.repeat(30)}` }));
  for (const direction of ['TB', 'LR'] as const) {
    const found = placed(steps, edges, new Map([['a', 0], ['b', 1]]), direction);
    const box = found.steps.get('a') as Box;
    for (const end of [found.edges[1]?.points[0], found.edges[1]?.points.at(-1)]) {
      assert.ok(end && Math.abs(end.x - box.x) <= box.width / 2 && Math.abs(end.y - box.y) <= box.height / 2, direction);
    }
  }
});
