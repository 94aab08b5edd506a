import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName } from './download.ts';

test('a title becomes a name that every system takes', () => {
  assert.equal(fileName('Звонки: по часам / дням', 'svg'), 'Звонки по часам дням.svg');
  assert.equal(fileName('???', 'png'), 'voronka.png');
});
