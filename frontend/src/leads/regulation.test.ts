import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clocked, formOf, formOfPlaced, freeFor, given, kindOf, kindsOf, type Pipeline, pipelinesOf, type Placed, unitOf } from './regulation.ts';

const stage = (id: string) => ({ id, title: id, is_bare: false });
const LEADS: Pipeline = { pipeline: 'leads', title: 'Leads', entity: 'leads', stages: [stage('fresh')] };
const SALES: Pipeline = { pipeline: 'sales', title: 'Sales', entity: 'deals', stages: ['new', 'talks', 'won'].map(stage) };
const BOTH = [LEADS, SALES];
const PLACED: Placed = { pipeline: 'sales', binds: 'sales', entity: 'deals', regulation: 'offer', title: 'Offer', start: 'stage:new', stop: 'stage:talks', minutes: 2880, clock: 'calendar', owner: 'Ann', version: '2', reviewed_on: null, seen: 'abc' };

test('a kind stands in the file of a pipeline of its records, else in any', () => {
  assert.deepEqual(pipelinesOf('first_response', BOTH), [LEADS]);
  assert.deepEqual(pipelinesOf('next_task', BOTH), [SALES]);
  assert.deepEqual(pipelinesOf('first_response', [SALES]), [SALES]);
  assert.deepEqual(pipelinesOf('call_back', BOTH), BOTH);
  assert.deepEqual(pipelinesOf('way', BOTH), [SALES]);
  assert.equal(kindsOf([LEADS]).includes('way'), false);
  assert.deepEqual(kindsOf([]), []);
});

test('a stage and a way speak of stages of the pipeline and of its records', () => {
  const form = { ...formOf('stage', BOTH, { pipeline: 'sales', from: 'talks' }), amount: 2, unit: 'days' as const, clock: 'calendar' as const, title: 'Talks' };
  assert.deepEqual(given(form, BOTH), { pipeline: 'sales', entity: 'deals', regulation: '', seen: '', start: 'stage:talks', stop: 'left:talks', minutes: 2880, clock: 'calendar', owner: '', title: 'Talks', is_reviewed: true });
  const lead = given(formOf('stage', BOTH, { pipeline: 'leads' }), BOTH);
  assert.deepEqual([lead.entity, lead.start], ['leads', 'stage:fresh']);
  const way = formOf('way', BOTH, { from: 'talks' });
  assert.deepEqual([way.from, way.to], ['talks', 'won']);
  assert.deepEqual([given(way, BOTH).start, given(way, BOTH).stop], ['stage:talks', 'stage:won']);
  assert.equal(formOf('way', BOTH, { from: 'won', to: 'won' }).to, 'new');
});

test('one of the settings becomes one of a file, with the limit that it has', () => {
  const own: Placed = { ...PLACED, pipeline: '', binds: null, entity: 'calls', regulation: 'call_back', start: 'missed_call', stop: 'called_back', minutes: 60, clock: 'working', seen: '' };
  const form = formOfPlaced(own, BOTH);
  assert.deepEqual([form.kind, form.pipeline, form.amount, form.unit, form.held], ['call_back', 'leads', 1, 'hours', null]);
  assert.deepEqual([given(form, BOTH).entity, given(form, BOTH).title, given(form, BOTH).seen], ['calls', null, '']);
});

test('one of the settings gets a limit of its own where it has none', () => {
  const own: Placed = { ...PLACED, pipeline: '', binds: null, entity: 'leads', regulation: 'first_response', start: 'created', stop: 'first_outgoing', seen: '' };
  assert.deepEqual(freeFor(own, { pipelines: BOTH, placed: [own] }), [LEADS]);
  assert.deepEqual(freeFor(own, { pipelines: BOTH, placed: [own, { ...own, pipeline: 'leads', binds: 'leads' }] }), []);
});

test('one that is there keeps its place, its ends, and its title where nobody changed it', () => {
  const form = formOfPlaced(PLACED, BOTH);
  assert.deepEqual([form.kind, form.amount, form.unit, form.isReviewed], ['way', 2, 'days', false]);
  assert.deepEqual(given(form, BOTH), { pipeline: 'sales', entity: 'deals', regulation: 'offer', seen: 'abc', start: 'stage:new', stop: 'stage:talks', minutes: 2880, clock: 'calendar', owner: 'Ann', title: null, is_reviewed: false });
  assert.equal(given({ ...form, title: 'Two days' }, BOTH).title, 'Two days');
});

test('what a regulation is, is told by what it runs from and to', () => {
  assert.equal(kindOf({ regulation: 'next_task', start: 'no_next_task', stop: 'next_task' }), 'next_task');
  assert.equal(kindOf({ regulation: 'x', start: 'stage:new', stop: 'left:new' }), 'stage');
  assert.equal(kindOf({ regulation: 'x', start: 'stage:new', stop: 'left:talks' }), 'other');
  assert.equal(kindOf({ regulation: 'x', start: 'created', stop: 'stage:talks' }), 'other');
});

test('days are of the calendar', () => {
  assert.deepEqual([unitOf(1440, 'calendar'), unitOf(1440, 'working'), unitOf(90, 'calendar')], ['days', 'hours', 'minutes']);
  const form = formOfPlaced(PLACED, BOTH);
  assert.deepEqual([clocked(form, 'working').amount, clocked(form, 'working').unit], [48, 'hours']);
  assert.equal(clocked({ ...form, amount: null }, 'shift').amount, null);
  assert.equal(clocked(form, 'calendar').unit, 'days');
  assert.equal(formOf('call_back', BOTH, { clock: 'shift' }).clock, 'working');
});
