import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { aboveSum, askedOf, beginsNumber, between, columnOf, columnTitle, copied, gridQuery, lastOwn, moved, type PlanEdit, type PlanGrid, stepped, viewOf, written } from './grid.ts';

const stood = (value: number) => ({ stood: { value }, filed: null, others: [], figure: null, may_edit: true });
const nothing = { stood: null, filed: null, others: [], figure: null, may_edit: true };
const columns = [
  { first: '2026-01-01', last: '2026-01-31' },
  { first: '2026-02-01', last: '2026-02-28' },
];
const grid = {
  grain: 'month',
  columns,
  rows: [
    { scope: 'team', cells: [stood(500), nothing], below: [350.5, 20] },
    { scope: 'employee', cells: [stood(350.5), { ...stood(7), others: [{}], figure: 20 }], below: [] },
  ],
} as unknown as PlanGrid;

test('keys lead from cell to cell and not out of the grid', () => {
  assert.deepEqual(moved({ row: 1, column: 1 }, 'ArrowUp', 3, 3), { row: 0, column: 1 });
  assert.deepEqual(moved({ row: 2, column: 2 }, 'ArrowRight', 3, 3), { row: 2, column: 2 });
  assert.deepEqual(moved({ row: 0, column: 1 }, 'ArrowDown', 3, 3, true), { row: 2, column: 1 });
  assert.deepEqual(moved({ row: 1, column: 1 }, 'Home', 3, 3), { row: 1, column: 0 });
  assert.deepEqual(moved({ row: 1, column: 1 }, 'End', 3, 3, true), { row: 2, column: 2 });
  assert.equal(moved({ row: 1, column: 1 }, 'x', 3, 3), null);
});

test('one begins at the column of the day, at the first where the day is in none', () => {
  assert.equal(columnOf(columns, '2026-02-28'), 1);
  assert.equal(columnOf(columns, '2026-01-01'), 0);
  assert.equal(columnOf(columns, '2026-03-01'), 0);
});

test('a rectangle is copied as a spreadsheet of the language takes it', () => {
  const block = between({ row: 1, column: 1 }, { row: 0, column: 0 });
  assert.equal(copied(grid, block, 'ru'), '500\t\n350,5\t7');
  assert.equal(copied(grid, block, 'en'), '500\t\n350.5\t7');
  assert.equal(written(null, 'ru'), '');
});

test('columns are called by what they are of, and step by their own number', () => {
  assert.equal(columnTitle(new Format('ru'), 'month', columns[0]!), 'янв. 2026');
  assert.equal(columnTitle(new Format('en'), 'quarter', { first: '2026-04-01', last: '2026-06-30' }), 'Q2 2026');
  assert.equal(columnTitle(new Format('ru'), 'quarter', { first: '2026-04-01', last: '2026-06-30' }), '2 кв. 2026');
  assert.deepEqual(stepped(grid, 1), { first: '2026-03-01', last: '2026-04-30' });
  assert.deepEqual(stepped(grid, -1), { first: '2025-11-01', last: '2025-12-31' });
  const weeks = { ...grid, grain: 'week', columns: [{ first: '2026-03-02', last: '2026-03-08' }] } as PlanGrid;
  assert.deepEqual(stepped(weeks, -1), { first: '2026-02-23', last: '2026-03-01' });
});

test('a team has its plan beside the sum of its people', () => {
  assert.equal(aboveSum(grid.rows[0]!, 0), 149.5);
  assert.equal(aboveSum(grid.rows[0]!, 1), null);
});

test('what is taken back is the own last edit that is no undoing', () => {
  const edit = (id: number, more: object) => ({ id, is_mine: true, can_undo: true, action: 'type', ...more }) as PlanEdit;
  assert.equal(lastOwn([edit(4, { action: 'undo' }), edit(3, { is_mine: false }), edit(2, { can_undo: false }), edit(1, {})])?.id, 1);
  assert.equal(lastOwn([]), null);
});

test('a number begins by a digit, a mark or a sign', () => assert.deepEqual(['7', '-', ',', 'x', 'Enter'].map(beginsNumber), [true, true, true, false, false]));

test('a grid is asked by its metric and its days', () => {
  const asked = { metric: 'revenue', grain: 'month', first: null, last: null } as const;
  assert.equal(gridQuery(asked, 'ru'), 'metric=revenue&grain=month&lang=ru');
  assert.equal(gridQuery({ ...asked, first: '2026-01-01', last: '2026-02-28' }, 'en'), 'metric=revenue&grain=month&from=2026-01-01&to=2026-02-28&lang=en');
});

test('a grid is told in the address and found there again; as it opens it is told by nothing', () => {
  const plain = { metric: 'revenue', grain: 'month', first: null, last: null } as const;
  const weeks = { metric: 'calls', grain: 'week', first: '2026-03-02', last: '2026-03-29' } as const;
  for (const asked of [plain, weeks]) assert.deepEqual(askedOf(viewOf(asked)), asked);
  assert.deepEqual(Object.values(viewOf(plain)).flat(), []);
});

test('what an address cannot mean of a grid is as if it were not there', () => {
  const days = { plan_from: ['2026-03-29'], plan_to: ['2026-03-02'] };
  assert.deepEqual(askedOf({ plan: ['calls'], plan_by: ['year'], ...days }), { metric: 'calls', grain: 'month', first: null, last: null });
});
