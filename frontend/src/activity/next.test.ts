import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { nextOf } from './next.ts';

const answer = (rows: Answer['rows']): Answer => ({ ask: { metrics: ['touched'], by: ['kind', 'next_event'], where: {}, from: null, to: null, compare: null }, columns: [], rows, totals: {}, data_version: '', as_of: '', left_out: [] });

test('kinds stand down and events across, the most frequent first, each kind shaded by its own largest', () => {
  const next = nextOf(
    answer([
      { kind: 'email', next_event: 'email_in', touched: 4 },
      { kind: 'call', next_event: 'meeting', touched: 5 },
      { kind: 'call', next_event: 'email_in', touched: 10 },
      { kind: 'call', next_event: null, touched: 99 },
      { kind: 'call', next_event: 'lost', touched: 0 },
    ]),
    'touched',
  );
  assert.deepEqual(next.events, ['email_in', 'meeting']);
  assert.deepEqual(next.kinds.map(({ kind, cells }) => [kind, cells.map((cell) => [cell.count, cell.shade])]), [['call', [[10, 5], [5, 3]]], ['email', [[4, 5], [0, 0]]]]);
});

test('without touches there is nothing', () => assert.deepEqual(nextOf(answer([]), 'touched'), { events: [], kinds: [] }));
