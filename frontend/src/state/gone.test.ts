import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goneOf, withoutGone } from './gone.ts';
import { NOTHING_CHOSEN } from './url.ts';

const OFFERED = {
  filters: {
    teams: [{ id: 't1', name: 'Север' }],
    employees: [{ id: 'e1', name: 'Анна', team_id: 't1', is_active: true }],
    channels: [],
  },
};
const ASKED = { ...NOTHING_CHOSEN, team: ['t1', 't9'], employee: ['e1'], channel: ['c1'], role: ['sdr'] };

test('what is not offered is gone, what is offered stays', () => {
  const gone = goneOf(ASKED, OFFERED);
  assert.deepEqual(gone, [
    { name: 'team', ids: ['t9'] },
    { name: 'channel', ids: ['c1'] },
  ]);
  assert.deepEqual(withoutGone(ASKED, gone), { ...NOTHING_CHOSEN, team: ['t1'], employee: ['e1'], role: ['sdr'] });
});

test('nothing is gone of an address that names what there is', () => {
  assert.deepEqual(goneOf(NOTHING_CHOSEN, OFFERED), []);
  assert.deepEqual(goneOf({ ...NOTHING_CHOSEN, role: ['ae'] }, OFFERED), []);
});
