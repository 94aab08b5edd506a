import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { momentLabels } from './moments.ts';

const en = new Format('en');
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

test('a day and a month are called by their names', () => {
  assert.deepEqual(momentLabels(en, 'day', '2026-03-02'), { short: '2 Mar', long: 'Mon, 2 Mar 2026' });
  assert.deepEqual(momentLabels(en, 'month', '2026-03'), { short: 'Mar 2026', long: 'March 2026' });
});

test('a week is called by its days, from Monday to Sunday', () => {
  const { short, long } = momentLabels(en, 'week', '2026-W10');
  assert.deepEqual([short, plain(long)], ['2 Mar', '2–8 Mar 2026']);
});

test('what is no time stays as it is', () => assert.deepEqual(momentLabels(en, 'year', '2026'), { short: '2026', long: '2026' }));
