import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWithinChance } from './chance.ts';

const table = { columns: [], rows: [{ channel_id: 'a', differs: true }, { channel_id: null, differs: false }], totals: {} };

test('only what is said to differ is beyond chance', () => {
  const within = (id: string | null) => isWithinChance(table, 'channel_id', { channel_id: id });
  assert.deepEqual([within('a'), within(null), within('b')], [false, true, true]);
  assert.equal(isWithinChance(undefined, 'channel_id', { channel_id: 'a' }), true);
});
