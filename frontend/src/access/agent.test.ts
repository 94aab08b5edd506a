import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentName } from './agent.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

test('a browser is told by its name and its system', () => {
  assert.equal(agentName(CHROME), 'Chrome, Linux');
  assert.equal(agentName(`${CHROME} Edg/156.0`), 'Edge, Linux');
  assert.equal(agentName('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'), 'Firefox, Windows');
  assert.equal(agentName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604'), 'Safari, iOS');
});

test('a program keeps its own name, nothing stays nothing', () => {
  assert.equal(agentName('python-httpx/0.28'), 'python-httpx');
  assert.equal(agentName(''), '');
});
