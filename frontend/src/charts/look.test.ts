import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tooltipRows } from './look.ts';

test('a name from another system cannot bring markup into a tooltip', () => {
  const html = tooltipRows('<img src=x onerror=alert(1)>', [['A & B', '"1"']]);
  assert.equal(html.includes('<img'), false);
  assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt;/);
  assert.match(html, /A &amp; B/);
  assert.match(html, /&quot;1&quot;/);
});
