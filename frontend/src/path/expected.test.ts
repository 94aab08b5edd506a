import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Form, formOf, given, line, type Offered, stepsOf } from './expected.ts';

const STEPS: Offered[] = [
  { key: 'call_out', name: 'call', is_stage: false },
  { key: 'new', name: 'New', is_stage: true },
  { key: 'talk', name: 'Talk', is_stage: true },
];

test('expected and measured stand on one line', () => {
  // to 230 = 200 * 1.15
  const drawn = line('time', { value: 115, low: 46, high: 200 }, 23);
  assert.deepEqual([drawn?.from, drawn?.at, drawn?.limit, drawn?.to].map((place) => Math.round(place ?? -1)), [20, 50, 10, 87]);
  assert.deepEqual(line('reach', { value: 50, low: 40, high: 95 }, 60), { from: 40, to: 95, at: 50, limit: 60 });
});

test('a share has no more than the whole, a length without a limit reaches to the end', () => {
  assert.equal(line('reach', { value: 99, low: 90, high: 100 }, 60)?.to, 100);
  assert.equal(line('time', { value: 10, low: 5, high: null }, 20)?.to, 100);
  const bare = line('reach', { value: 20, low: null, high: null }, 40);
  assert.equal(bare?.from, bare?.to);
  assert.equal(line('skip', { value: 0, low: 0, high: 0 }, 0)?.at, 0);
});

test('what was not measured has no line', () => {
  assert.equal(line('time', null, 5), null);
  assert.equal(line('time', { value: null, low: null, high: null }, 5), null);
});

test('stages come first, and only stages are skipped', () => {
  assert.deepEqual(stepsOf('time', STEPS).map((step) => step.key), ['new', 'talk', 'call_out']);
  assert.deepEqual(stepsOf('skip', STEPS).map((step) => step.key), ['new', 'talk']);
});

test('a form begins with what is usual of its kind and keeps what was chosen', () => {
  const form = formOf('time', { entity: 'deal' }, STEPS);
  assert.deepEqual([form.step, form.to, form.bound, form.amount, form.entity], ['new', 'talk', 'most', 2, 'deal']);
  const skip = formOf('skip', { step: 'call_out', to: 'talk', why: 'so' }, STEPS);
  assert.deepEqual([skip.step, skip.to, skip.amount, skip.why], ['new', '', 5, 'so']);
  assert.equal(formOf('reach', { step: 'talk', to: 'new' }, STEPS).to, 'new');
  assert.deepEqual([formOf('skip', {}, []).step, formOf('reach', {}, []).to], ['', '']);
});

test('time is given in seconds, working time in hours only, shares in percent', () => {
  const form: Form = { ...formOf('time', {}, STEPS), amount: 2, why: 'so' };
  assert.equal(given(form).value, 172_800);
  assert.equal(given({ ...form, unit: 'hours' }).value, 7_200);
  assert.deepEqual([given({ ...form, clock: 'working' }).value, given({ ...form, clock: 'working' }).clock], [7_200, 'working']);
  const share = given({ ...form, kind: 'reach', amount: 60, clock: 'working', team: 't', channel: 'web', first: '2026-01-01' });
  assert.deepEqual([share.value, share.clock, share.team, share.channel, share.first, share.last], [60, 'calendar', 't', ['web'], '2026-01-01', null]);
  assert.deepEqual(given(form).channel, []);
});
