import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, isInAlready, isMoney, lacksId, type Loaded, localTime, type Look, moved, ordered, repeatsOf, rowsOf, sheetsOf, verdictOf } from './looked.ts';

const LOOK: Look = {
  outcome: 'accept',
  file: 'deals.csv',
  encoding: 'UTF-8',
  separator: ';',
  header_row: 1,
  sheet: null,
  rows_in: 2,
  rows_aside: 0,
  aside: [],
  flags: [],
  message: '',
  records: [],
  into: 'deals',
  columns: { no: 'deal_id', '= no': 'title' },
  decided: {},
  reading: {},
  proposal: {
    into: 'deals',
    into_reason: '',
    runner_up: null,
    key: null,
    key_reason: '',
    vendor: null,
    columns: [{ ours: 'deal_id', theirs: 'no', reason: 'known', confidence: 0.9 }],
    ignored: [{ header: 'note', samples: ['x'], reason: 'empty' }],
    warnings: [],
  },
  headers: ['note', 'no'],
  samples: { no: ['1', '2'] },
  stages: [],
  stream: '',
  fitting: [],
  key: null,
  changes: [],
  missing: [],
  compared: null,
  source: 'crm',
  named: [],
  undone_load: '',
  mended: false,
};

test('what is loaded stands before what is not, each with its values and why', () => {
  assert.deepEqual(rowsOf(LOOK), [
    { header: 'no', ours: 'deal_id', reason: 'known', confidence: 0.9, samples: ['1', '2'], isExpression: false },
    { header: '= no', ours: 'title', reason: '', confidence: null, samples: [], isExpression: true },
    { header: 'note', ours: '', reason: 'empty', confidence: null, samples: ['x'], isExpression: false },
  ]);
});

test('a meaning belongs to one column: chosen for another it leaves the first', () => {
  assert.deepEqual(chosen({ a: 'title', b: 'amount' }, 'c', 'amount'), { a: 'title', c: 'amount' });
  assert.deepEqual(chosen({ a: 'title', b: 'amount' }, 'a', ''), { b: 'amount' });
  assert.deepEqual(chosen({ a: 'title' }, 'a', 'amount'), { a: 'amount' });
});

test('a new table without a chosen id is told so; one that has none, or is known already, is not', () => {
  assert.equal(lacksId(LOOK, 'deal_id'), false);
  assert.equal(lacksId({ ...LOOK, columns: { no: 'title' } }, 'deal_id'), true);
  assert.equal(lacksId({ ...LOOK, columns: { no: 'title' } }, null), false);
  const { proposal: _, ...known } = LOOK;
  assert.equal(lacksId({ ...known, columns: { no: 'title' } }, 'deal_id'), false);
  assert.equal(lacksId({ ...LOOK, key: ['day', 'phone'], columns: { day: 'started_at' } }, 'activity_id'), false);
  assert.equal(lacksId({ ...LOOK, key: [] }, 'deal_id'), true);
});

test('a time of a known zone is shown by the clocks of the company, a day and a text as they are', () => {
  assert.equal(localTime('2026-01-05T21:30:00Z', 'Europe/Moscow'), '2026-01-06T00:30:00');
  assert.equal(localTime('2026-01-05T21:30:00', 'Europe/Moscow'), '2026-01-05T21:30:00');
  assert.equal(localTime('2026-01-05', 'Europe/Moscow'), '2026-01-05');
  assert.equal(localTime('2026-01-05 and more', 'Europe/Moscow'), null);
});

test('money is told from ids and texts that look like it', () => {
  assert.equal(isMoney('amount', '155000.00'), true);
  assert.equal(isMoney('discount', '-5'), true);
  assert.equal(isMoney('deal_id', '155000.00'), false);
  assert.equal(isMoney('amount', '12 500'), false);
});

test('a verdict says where nothing, or but little, would go in', () => {
  assert.equal(verdictOf(LOOK), 'accept');
  const aside: Look = { ...LOOK, outcome: 'quarantine' };
  assert.equal(verdictOf({ ...aside, rows_in: 60, rows_aside: 1 }), 'quarantine');
  assert.equal(verdictOf({ ...aside, rows_in: 1, rows_aside: 60 }), 'few');
  assert.equal(verdictOf({ ...aside, rows_in: 0, rows_aside: 12 }), 'none');
});

test('a file that is in its table already is known, one for a new table may be loaded again', () => {
  const flags = [{ code: 'already_loaded', message: '', rows: 0, first_rows: [] }];
  assert.equal(isInAlready({ ...LOOK, stream: 'crm.deals', flags }), true);
  assert.equal(verdictOf({ ...LOOK, outcome: 'accept_flag', stream: 'crm.deals', flags }), 'loaded');
  assert.equal(verdictOf({ ...LOOK, outcome: 'accept_flag', stream: 'crm.deals', flags: [{ ...flags[0]!, code: 'already_undone' }] }), 'undone');
  assert.equal(verdictOf({ ...LOOK, outcome: 'accept_flag', flags }), 'accept_flag');
  assert.equal(isInAlready({ ...LOOK, flags }), false);
  assert.equal(isInAlready({ ...LOOK, stream: 'crm.deals' }), false);
});

test('of rows that repeat those with another content are told apart', () => {
  const flags = [{ code: 'repeated_row', message: '', rows: 1, first_rows: [4] }];
  const loaded = { repeated: 2, flags } as Loaded;
  assert.deepEqual(repeatsOf(loaded), { same: 1, replaced: 1 });
  assert.deepEqual(repeatsOf({ ...loaded, flags: [] }), { same: 0, replaced: 2 });
});

test('a stage is moved among the others, and never out of the list', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 'c', -1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 'a', 1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 'a', -1), ['a', 'b', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 'c', 1), ['a', 'b', 'c']);
  assert.deepEqual(ordered([{ text: 'a' }, { text: 'b' }, { text: 'c' }], ['c', 'a']), [{ text: 'c' }, { text: 'a' }, { text: 'b' }]);
});

test('the sheets of a workbook stand with the one that is read first', () => {
  assert.deepEqual(sheetsOf({ sheet: 'Звонки', reading: { other_sheets: 'Обложка / Архив' } }), ['Звонки', 'Обложка', 'Архив']);
  assert.deepEqual(sheetsOf({ sheet: 'Звонки', reading: {} }), ['Звонки']);
  assert.deepEqual(sheetsOf({ sheet: null, reading: {} }), []);
});
