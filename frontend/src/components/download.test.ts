import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName } from './download.ts';

test('a title becomes a name that every system takes', () => {
  assert.equal(fileName('Звонки: по часам / дням', 'svg'), 'Звонки по часам дням.svg');
  assert.equal(fileName('???', 'png'), 'voronka.png');
});

test('the name of a picture tells its days as other files do', () => {
  assert.equal(fileName('Звонки', 'png', { from: '2026-11-01', to: '2026-11-30' }), 'Звонки, 2026-11-01—2026-11-30.png');
  assert.equal(fileName('Звонки', 'png', { from: '2026-11-05', to: '2026-11-05' }), 'Звонки, 2026-11-05.png');
});
