import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, leaves, straightened } from './spine.ts';

const item = (id: string, at: number, half = 10): Item => ({ id, at, half, gap: 10 });

test('the spine stands on one line, the others make room without changing their order', () => {
  const layers = [
    { items: [item('a', 0), item('beside', 40)], spine: 0 },
    { items: [item('x', 0), item('b', 100), item('y', 130)], spine: 1 },
    { items: [item('c', 200)], spine: 0 },
  ];
  const found = straightened(layers, () => []);
  // on 0 'x' would have to go to -30 and it all be 160 wide; on 100 'beside' goes to 130, and it is 130 wide; on 200 230
  assert.deepEqual(['a', 'b', 'c'].map((id) => found.get(id)), [100, 100, 100]);
  assert.deepEqual([found.get('beside'), found.get('x'), found.get('y')], [130, 0, 130]);
});

test('what stands straight moves as one, and what is not pushed stays', () => {
  const layers = [
    { items: [item('a', 0), item('from', 50), item('far', 300)], spine: 0 },
    { items: [item('line', 40), item('bend', 50, 0)], spine: 0 },
    { items: [item('b', 0), item('to', 50)], spine: 0 },
  ];
  const near: Record<string, string[]> = { bend: ['from', 'to'], to: ['bend'], from: ['bend'] };
  const found = straightened(layers, (id) => near[id] ?? []);
  const [line = NaN, bend = NaN] = [found.get('a'), found.get('bend')];
  assert.deepEqual([found.get('line'), found.get('b')], [line, line]);
  assert.deepEqual([found.get('from'), found.get('to')], [bend, bend]);
  assert.ok(bend - line >= 30);
  assert.equal(found.get('far'), 300);
});

test('where there is no spine all stays', () => assert.deepEqual([...straightened([{ items: [item('a', 5), item('b', 35)], spine: -1 }], () => [])].toSorted(), [['a', 5], ['b', 35]]));

test('a line leaves a box at its border', () => {
  const box = { x: 0, y: 0, width: 100, height: 40 };
  assert.deepEqual(leaves(box, { x: 0, y: 100 }), { x: 0, y: 20 });
  assert.deepEqual(leaves(box, { x: 100, y: 0 }), { x: 50, y: 0 });
  assert.deepEqual(leaves(box, { x: 0, y: 0 }), { x: 0, y: 20 });
});
