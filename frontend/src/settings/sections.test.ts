import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SECTIONS, sectionsFor } from './sections.ts';

test('whoever may look at the data is shown the settings, and only whoever invites people is shown who gets in', () => {
  assert.deepEqual(sectionsFor(['data']).map((each) => each.id), SECTIONS.map((each) => each.id).filter((id) => !['access', 'staff'].includes(id)));
  assert.deepEqual(sectionsFor(['people']).map((each) => each.id), ['access']);
  assert.deepEqual(sectionsFor(['one_to_one']).map((each) => each.id), ['staff']);
  assert.deepEqual(sectionsFor(['export']), []);
});
