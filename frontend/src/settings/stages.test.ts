import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, alsoTaken, changed, doubtsOf, draftOf, given, isChanged, moved, nameOf, namesOf, type Pipeline, unknownOf, without } from './stages.ts';

const stage = (id: string, more: Partial<Pipeline['stages'][number]> = {}) => ({ id, title: { ru: '', en: '' }, outcome: 'open' as const, milestone: '', probability: null, match: [], records: 0, ...more });
const SALES: Pipeline = {
  pipeline: 'sales',
  title: { ru: 'Продажи', en: '' },
  entity: 'deals',
  source: 'crm',
  source_pipeline: '',
  has_file: true,
  seen: 'abc',
  stages: [stage('New'), stage('Talks', { probability: 0.57 }), stage('Won', { outcome: 'won' })],
  met: [{ text: 'Strange', records: 3 }],
};
const ids = (draft: ReturnType<typeof draftOf>) => draft.stages.map((each) => each.id || each.match[0]);

test('a draft that changes nothing gives back what was shown', () => {
  const draft = draftOf(SALES);
  assert.equal(draft.stages[1]?.percent, 57);
  assert.equal(given(SALES, draft).stages[1]?.probability, 0.57);
  assert.equal(isChanged(SALES, draft), false);
  assert.equal(isChanged({ ...SALES, has_file: false }, draft), true);
});

test('a stage is said otherwise, goes elsewhere, and is left out', () => {
  const draft = draftOf(SALES);
  assert.equal(isChanged(SALES, changed(draft, '1', { milestone: 'accepted' })), true);
  assert.deepEqual(ids(moved(draft, '1', -1)), ['Talks', 'New', 'Won']);
  assert.deepEqual(ids(moved(draft, '0', 2)), ['Talks', 'Won', 'New']);
  assert.equal(moved(draft, '0', -1), draft);
  assert.deepEqual(ids(without(draft, '1')), ['New', 'Won']);
});

test('a new stage stands before those that end the pipeline, and the data miss it no more', () => {
  const draft = draftOf(SALES);
  assert.deepEqual(unknownOf(SALES, draft), [{ text: 'Strange', records: 3 }]);
  const more = added(draft, 'Strange', 3);
  assert.deepEqual(ids(more), ['New', 'Talks', 'Strange', 'Won']);
  assert.deepEqual(unknownOf(SALES, more), []);
  assert.equal(new Set(added(more).stages.map((each) => each.key)).size, 5);
});

test('a stage is called by its title, else by the CRM', () => {
  assert.equal(nameOf(stage('New', { title: { ru: 'Новая', en: '' } }), 'en'), 'Новая');
  assert.equal(nameOf(stage('', { match: ['12'] }), 'ru'), '12');
  assert.deepEqual(namesOf(' a \n\n b\na'), ['a', 'b']);
});

test('what is allowed and seldom meant is said', () => {
  const draft = draftOf(SALES);
  assert.deepEqual(doubtsOf(draft), []);
  assert.deepEqual(doubtsOf(without(draft, '2')), ['no_won']);
  assert.deepEqual(doubtsOf(moved(draft, '2', -1)), ['between']);
  assert.deepEqual(doubtsOf(changed(changed(draft, '0', { milestone: 'qualified' }), '1', { milestone: 'nurture' })), ['nurture']);
});

test('a proposal without the pipeline of the CRM says which others it would take', () => {
  const met = (source_pipeline: string, more: Partial<Pipeline> = {}): Pipeline => ({ ...SALES, pipeline: `crm:${source_pipeline}`, source_pipeline, has_file: false, ...more });
  const none = met('');
  const known = [none, met('B2B'), met('Retail', { has_file: true }), met('Forms', { entity: 'leads' }), met('Other', { source: 'old' })];
  assert.deepEqual(alsoTaken(known, none), ['B2B']);
  assert.deepEqual(alsoTaken(known, met('B2B')), []);
  assert.deepEqual(alsoTaken(known, SALES), []);
});
