import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { took } from './took.ts';

const plain = (hours: number | null, lang: 'ru' | 'en' = 'en') => took(hours, new Format(lang)).replaceAll('\u00a0', ' ');

test('a length is said in its two largest units, rounded to the smaller', () => {
  assert.equal(plain(51), '2 days 3 hrs');
  assert.equal(plain(48), '2 days');
  assert.equal(plain(1.5), '1 hr 30 mins');
  assert.equal(plain(0.75), '45 mins');
  assert.equal(plain(47.9), '2 days'); // 1 day 23.9 hours
  assert.equal(plain(25.4, 'ru'), '1 дн. 1 ч');
});

test('nothing is nought minutes, and unknown a dash', () => {
  assert.equal(plain(0), '0 mins');
  assert.equal(plain(null), '—');
});
