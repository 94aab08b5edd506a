import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDetail, endStep, sortOf, usualDetail, widthOf } from './look.ts';
import type { Edge, Path } from './shapes.ts';

const edge = (level: number, source = 'a', target = 'b'): Edge => ({ source, target, count: 1, cases: 1, level, took: null, took_working: null });
const step = (key: string, role: 'stage' | 'exit' | 'outside' | 'event') => ({ ...endStep(key), role, position: 'abc'.indexOf(key) });
const PATH = { steps: [step('a', 'stage'), step('b', 'stage'), step('c', 'stage'), step('lost', 'exit'), step('x', 'outside'), step('call', 'event')], stages: ['a', 'b', 'c'], exits: ['lost'] } as unknown as Path;
const ORDER = new Map([['(start)', -1], ['a', 0], ['b', 1], ['x', 1.5], ['call', 0.5], ['c', 2], ['lost', 3], ['(end)', 4]]);

test('an edge is shown above its level, one of level nought always', () => {
  const edges = [edge(0), edge(0.5), edge(0.8)];
  assert.equal(atDetail(edges, 0).length, 1);
  assert.equal(atDetail(edges, 50).length, 1);
  assert.equal(atDetail(edges, 55).length, 2);
  assert.equal(atDetail(edges, 100).length, 3);
});

test('a map opens with what can be read at once', () => {
  assert.equal(usualDetail([edge(0), edge(0.9)]), 100);
  assert.equal(usualDetail(Array.from({ length: 100 }, (_, at) => edge(at / 100))), 30);
  assert.equal(usualDetail(Array.from({ length: 100 }, () => edge(0))), 0);
});

test('edges are told apart: as configured, ahead, back, outside, ends', () => {
  const sort = (source: string, target: string) => sortOf({ source, target }, PATH, ORDER);
  assert.equal(sort('a', 'b'), 'model');
  assert.equal(sort('b', 'lost'), 'exit');
  assert.equal(sort('a', 'c'), 'ahead');
  assert.equal(sort('c', 'a'), 'back');
  assert.equal(sort('b', 'b'), 'back');
  assert.equal(sort('b', 'x'), 'outside');
  assert.equal(sort('a', 'call'), 'between');
  assert.equal(sort('call', 'a'), 'between');
  assert.equal(sort('(start)', 'a'), 'end');
  assert.equal(sort('lost', '(end)'), 'end');
});

test('four times the cases make twice the width above the thinnest', () => {
  assert.equal(widthOf(100, 100), 7);
  assert.ok(Math.abs(widthOf(25, 100) - 1.2 - (7 - 1.2) / 2) < 1e-9);
  assert.equal(widthOf(0, 0), 1.2);
});
