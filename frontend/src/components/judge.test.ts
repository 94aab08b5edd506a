import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, signOf } from './judge.ts';

test('a plan is met at 100, close from 80, missed below, as the shown whole percents say', () => {
  assert.deepEqual([120, 99.5, 99.4, 79.5, 79.4, 0].map((value) => judge(value, 'attainment', 'up')), ['ahead', 'ahead', 'near', 'near', 'behind', 'behind']);
});

test('where less is better, less than planned is good', () => {
  assert.deepEqual([90, 100, 101].map((value) => judge(value, 'attainment', 'down')), ['ahead', 'ahead', 'behind']);
  assert.deepEqual([-5, 5].map((value) => judge(value, 'growth', 'down')), ['better', 'worse']);
});

test('growth that is shown as nothing is no change, and where neither is better it is no verdict', () => {
  assert.equal(judge(0.4, 'growth', 'up'), 'same');
  assert.equal(judge(20, 'growth', null), 'plain');
  assert.equal(judge(-20, 'growth', 'up'), 'worse');
});

test('an arrow says which way a number went; one shown as 0 % went nowhere', () => {
  const signs = [20, -20, 0.4, -0.4, 0, null].map((value) => signOf(value, 'growth', judge(value, 'growth', 'up')));
  assert.deepEqual(signs, ['▲', '▼', '', '', '', '']);
  assert.equal(signOf(-20, 'growth', judge(-20, 'growth', null)), '▼');
  assert.equal(signOf(100, 'attainment', 'ahead'), '✓');
});

test('unknown is no verdict', () => assert.equal(judge(null, 'attainment', 'up'), 'unknown'));
