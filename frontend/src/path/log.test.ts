import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf, stepsOf, textOf, usualSteps } from './log.ts';
import type { LogPath, Way } from './shapes.ts';

const way = (...steps: string[]) => ({ steps }) as Way;

test('steps are parted by commas; quotes hold one with a comma together', () => {
  assert.deepEqual(stepsOf(' Open, Take in charge ,, "Close, late" '), ['Open', 'Take in charge', 'Close, late']);
  assert.deepEqual(stepsOf('"say ""yes""",no'), ['say "yes"', 'no']);
  assert.deepEqual(stepsOf('  '), []);
});

test('what is written is read again', () => {
  for (const steps of [['Open', 'Close'], ['Close, late', 'say "yes"'], []]) assert.deepEqual(stepsOf(textOf(steps)), steps);
});

test('the usual steps are those of the most common way, each once', () => {
  assert.deepEqual(usualSteps({ ways: [way('Open', 'Wait', 'Open', 'Close'), way('Open')] }), ['Open', 'Wait', 'Close']);
  assert.deepEqual(usualSteps({ ways: [] }), []);
});

test('a process has no cases that are left untold', () => {
  const path = pathOf({ log: 'desk', cases: 3 } as LogPath);
  assert.deepEqual([path.log, path.cases, path.untold, path.pipelines], ['desk', 3, 0, []]);
});
