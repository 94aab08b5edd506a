import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../api/types.ts';
import { matrix } from './matrix.ts';

const answer = {
  rows: [
    { from_employee: 'Anna', from_employee_id: 'a', to_employee: 'Clara', to_employee_id: 'c', leads_handed: 3 },
    { from_employee: 'Boris', from_employee_id: 'b', to_employee: 'Clara', to_employee_id: 'c', leads_handed: 1 },
    { from_employee: 'Boris', from_employee_id: 'b', to_employee: 'Dina', to_employee_id: 'd', leads_handed: 4 },
    { from_employee: 'Boris', from_employee_id: 'b', to_employee: null, to_employee_id: null, leads_handed: 9 },
  ],
} as unknown as Answer;

test('those with most stand first, who is not given last', () => {
  const { givers, takers } = matrix(answer, 'leads_handed');
  assert.deepEqual(givers.map((one) => [one.name, one.total]), [['Boris', 14], ['Anna', 3]]);
  assert.deepEqual(takers.map((one) => one.id), ['c', 'd', null]);
});

test('a pair that never met has no row', () => {
  const found = matrix(answer, 'leads_handed');
  const [boris, anna] = found.givers;
  const dina = found.takers[1];
  assert.ok(boris && anna && dina);
  assert.equal(found.at(boris, dina)?.['leads_handed'], 4);
  assert.equal(found.at(anna, dina), null);
});
