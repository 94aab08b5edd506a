import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits } from './pipelines.ts';

const PIPELINES = [{ id: 'sales', entity: 'deal' }, { id: 'leads', entity: 'lead' }, { id: '*', entity: 'journey' }] as const;

test('a pipeline of another kind of records does not stay chosen', () => {
  const kept = (['deal', 'lead', 'journey'] as const).map((records) => ['sales', 'leads', '*'].filter((id) => fits(records, id, PIPELINES)));
  assert.deepEqual(kept, [['sales'], ['leads'], ['sales', 'leads', '*']]);
});

test('what is no pipeline may stay', () => {
  assert.equal(fits('lead', null, PIPELINES), true);
});
