import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, leaves, straightened } from './spine.ts';

const item = (id: string, at: number, half = 10): Item => ({ id, at, half, gap: 10 });

test('the spine stands on its middle place, the others make room without changing their order', () => {
  const layers = [
    { items: [item('a', 0), item('left', 40)], spine: 0 },
    { items: [item('x', 0), item('b', 100), item('y', 130)], spine: 1 },
    { items: [item('c', 200)], spine: 0 },
  ];
  const found = straightened(layers, () => []);
  // 0, 100 and 200: the middle one
  assert.deepEqual(['a', 'b', 'c'].map((id) => found.get(id)), [100, 100, 100]);
  // 'left' stands behind 'a' still: two halves and a gap farther
  assert.deepEqual([found.get('left'), found.get('x'), found.get('y')], [130, 0, 130]);
});

test('a bend is drawn towards what it leads from and to, as far as there is room', () => {
  const layers = [
    { items: [item('a', 0)], spine: 0 },
    { items: [item('line', 0), item('bend', 80, 0)], spine: 0 },
    { items: [item('b', 0), item('end', 300)], spine: 0 },
  ];
  const near: Record<string, string[]> = { bend: ['a', 'end'], end: ['bend'] };
  const found = straightened(layers, (id) => near[id] ?? []);
  assert.deepEqual([found.get('a'), found.get('line'), found.get('b')], [0, 0, 0]);
  assert.ok((found.get('bend') ?? 0) >= 20 && (found.get('end') ?? 300) < 300);
  assert.ok((found.get('end') ?? 0) >= 30);
});

test('where there is no spine the first item stays', () => assert.deepEqual([...straightened([{ items: [item('a', 5), item('b', 6)], spine: -1 }], () => [])], [['a', 5], ['b', 35]]));

test('a line leaves a box at its border', () => {
  const box = { x: 0, y: 0, width: 100, height: 40 };
  assert.deepEqual(leaves(box, { x: 0, y: 100 }), { x: 0, y: 20 });
  assert.deepEqual(leaves(box, { x: 100, y: 0 }), { x: 50, y: 0 });
  assert.deepEqual(leaves(box, { x: 0, y: 0 }), { x: 0, y: 20 });
});
