import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_CHOSEN } from '../state/url.ts';
import { keptOf, viewOf, viewPath } from './link.ts';

test('a path of a saved view is read and written', () => {
  assert.equal(viewOf(viewPath(12)), 12);
  assert.deepEqual(['/', '/view', '/view/', '/view/x', '/view/1/2', '/team/1'].map(viewOf), [null, null, null, null, null, null]);
});

test('a view keeps the page with its filters and leaves the language to whoever opens it', () => {
  assert.equal(keptOf('/team', { ...NOTHING_CHOSEN, period: 'last_month', team: ['crm:1'], lang: 'en' }), '/team?period=last_month&team=crm%3A1');
  assert.equal(keptOf('/', NOTHING_CHOSEN), '/');
});
