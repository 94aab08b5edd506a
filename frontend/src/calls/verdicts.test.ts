import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from './verdicts.ts';

test('a verdict is one of three, or none', () => {
  assert.equal(verdictOf({ verdict: 'below' }), 'below');
  assert.equal(verdictOf({ verdict: 'above' }), 'above');
  assert.equal(verdictOf({ verdict: null }), null);
  assert.equal(verdictOf({}), null);
});
