import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { learn } from '../i18n/dictionary.ts';
import en from '../i18n/path.en.json' with { type: 'json' };
import ru from '../i18n/path.ru.json' with { type: 'json' };
import { NOTHING_CHOSEN, type View } from '../state/url.ts';
import { againstQuery, chosenOf, isWhole, KINDS, marksOf, sentences, signsOf } from './against.ts';
import type { Against } from './shapes.ts';

learn({ ru, en });
const FILTERS = (view: View) => ({ ...NOTHING_CHOSEN, period: 'last_month' as const, view });
const NAMES = { named: (key: string) => key.toUpperCase(), one: 'won', other: 'lost' };
const row = (source: string | null, target: string, difference: number, differs: boolean) => ({ source, target, cases_one: 9, cases_other: 3, difference, low: difference - 5, high: difference + 5, chance: differs ? 0.01 : 0.4, differs });
const FOUND = {
  clock: 'calendar',
  shares: [
    { ...row(null, 'demo', 67, true), share_one: 100, share_other: 33 },
    { ...row('new', 'demo', -20, true), share_one: 10, share_other: 30 },
    { ...row('new', 'talk', 2, false), share_one: 10, share_other: 8 },
  ],
  times: [{ ...row('new', 'demo', -7200, true), median_one: 3600, median_other: 10_800 }],
} as unknown as Against;

test('every way to compare is named in both languages', () => {
  for (const words of [ru, en] as Record<string, string>[]) assert.deepEqual(KINDS.filter((kind) => !words[`path.against.kind.${kind}`]), []);
});

test('nothing is asked before all is chosen', () => {
  assert.equal(againstQuery(FILTERS({}), '2026-11-23'), null);
  assert.equal(againstQuery(FILTERS({ against: ['everything'] }), '2026-11-23'), null);
  assert.equal(againstQuery(FILTERS({ against: ['team'] }), '2026-11-23'), null);
  assert.equal(againstQuery(FILTERS({ against: ['since'], whom: ['soon'] }), '2026-11-23'), null);
  const query = new URLSearchParams(againstQuery(FILTERS({ against: ['team'], whom: ['crm:1'], clock: ['working'], pipeline: ['sales'] }), '2026-11-23') ?? '');
  assert.deepEqual([...query], [['from', '2026-10-01'], ['to', '2026-10-31'], ['compare', 'previous'], ['pipeline', 'sales'], ['against', 'team'], ['whom', 'crm:1'], ['clock', 'working']]);
});

test('what needs no name keeps none', () => {
  assert.deepEqual(chosenOf(FILTERS({ against: ['outcome'], whom: ['crm:1'] })), { kind: 'outcome', whom: '' });
  assert.ok(isWhole({ kind: 'outcome', whom: '' }) && !isWhole({ kind: 'employee', whom: '' }) && !isWhole({ kind: null, whom: '' }));
});

test('the map marks what differs beyond chance, by a sign and in words', () => {
  const marks = marksOf(FOUND, NAMES, new Format('en'));
  assert.deepEqual([...marks.keys()], ['demo', 'new → demo']);
  assert.deepEqual([...marks.values()].map(signsOf), ['▲ ', '▼● ']);
  assert.equal(signsOf(undefined), '');
  assert.match(marks.get('demo')?.text ?? '', /DEMO.*won.*100%.*lost.*33%.*\+67/);
  assert.match(marks.get('new → demo')?.text ?? '', /10%.*usually.*won/);
  assert.equal(marksOf(null, NAMES, new Format('en')).size, 0);
});

test('the surest differences are said, the others counted', () => {
  const many = { ...FOUND, shares: Array.from({ length: 6 }, () => FOUND.shares[0]) } as Against;
  const { said, more } = sentences(many, NAMES, new Format('ru'));
  assert.equal(said.length, 5);
  assert.equal(more, 2);
});

test('times of the working clock are said in its hours', () => {
  const times = [{ ...row('new', 'demo', -90_000, true), median_one: 90_000, median_other: 180_000 }];
  const { said } = sentences({ ...FOUND, shares: [], times, clock: 'working' } as unknown as Against, NAMES, new Format('ru'));
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /рабоч.*25.*50/);
});
