import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, idOf, positionOf, walked } from './items.ts';
import { endStep } from './look.ts';
import type { Edge, Path, Step } from './shapes.ts';

const stage = (key: string, position: number, cases: number): Step => ({ ...endStep(key), role: 'stage', pipeline: 'b', position, cases, title: { ru: key, en: key } });
const edge = (source: string, target: string, cases: number): Edge => ({ source, target, cases, count: cases, level: 0, took: null, took_working: null });
const EDGES = [edge('new', 'won', 3), edge('won', 'new', 1), edge('(start)', 'new', 4)];
const PATH = {
  pipelines: [{ id: 'a', title: { ru: 'a', en: 'a' } }, { id: 'b', title: { ru: 'b', en: 'b' } }],
  steps: [stage('won', 3, 3), stage('new', 1, 4), stage('talk', 2, 0), { ...endStep('call'), cases: 0 }],
  edges: EDGES,
  stages: ['new', 'talk', 'won'],
  exits: [],
} as unknown as Path;
const SAID = { title: (step: Step) => step.title.en, count: (step: Step) => String(step.cases), label: (one: Edge) => String(one.cases) };

test('stages stand in their order, with those that nobody reached; other steps only where they happened', () => {
  const found = drawn(PATH, EDGES, SAID, 'TB');
  assert.deepEqual(found.steps.map(({ id }) => id), ['new', 'talk', 'won']);
  assert.deepEqual(found.edges.map(({ sort }) => sort), ['ahead', 'back', 'end']);
  assert.deepEqual(found.ends.map(({ key }) => key), ['(start)']);
  assert.ok((found.edges[0]?.width ?? 0) > (found.edges[1]?.width ?? 0));
});

test('stages of a later pipeline stand behind', () => assert.equal(positionOf(stage('new', 2, 1), PATH), 1002));

test('the keyboard walks steps and the edges of each', () => {
  const { order } = drawn(PATH, EDGES, SAID, 'TB');
  const ahead = idOf({ source: 'new', target: 'won' });
  assert.deepEqual(order, [['new', ahead, idOf({ source: '(start)', target: 'new' })], ['talk'], ['won', idOf({ source: 'won', target: 'new' })]]);
  assert.equal(walked(order, null, 'ArrowDown'), 'talk');
  assert.equal(walked(order, 'new', 'ArrowRight'), ahead);
  assert.equal(walked(order, ahead, 'ArrowLeft'), 'new');
  assert.equal(walked(order, ahead, 'ArrowDown'), 'talk');
  assert.equal(walked(order, ahead, 'ArrowUp'), 'new');
  assert.equal(walked(order, 'new', 'ArrowUp'), null);
  assert.equal(walked(order, 'won', 'End'), 'won');
  assert.equal(walked(order, 'won', 'Enter'), null);
});
