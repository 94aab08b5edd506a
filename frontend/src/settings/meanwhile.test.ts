import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samePipeline, takenOver } from './meanwhile.ts';
import { added, changed, draftOf, isChanged, moved, type Pipeline, without } from './stages.ts';

const stage = (id: string, more: Partial<Pipeline['stages'][number]> = {}) => ({ id, title: { ru: '', en: '' }, outcome: 'open' as const, milestone: '', probability: null, match: [], records: 0, ...more });
const of = (stages: Pipeline['stages'], more: Partial<Pipeline> = {}): Pipeline => ({
  pipeline: 'sales',
  title: { ru: 'Продажи', en: '' },
  entity: 'deals',
  source: 'crm',
  source_pipeline: '',
  has_file: true,
  seen: 'abc',
  stages,
  met: [],
  ...more,
});
const SALES = of([stage('New'), stage('Talks'), stage('Won', { outcome: 'won' })]);
const ids = (draft: ReturnType<typeof draftOf>) => draft.stages.map((each) => each.id || `+${each.match[0]}`);

test('what two said of one stage stands side by side, and of one thing it is what was typed here', () => {
  const mine = changed(draftOf(SALES), '1', { milestone: 'accepted', title: { ru: 'Беседа', en: '' } });
  const now = of([stage('New'), stage('Talks', { probability: 0.4, title: { ru: 'Разговор', en: 'Talk' } }), stage('Won', { outcome: 'won' })], { title: { ru: 'Сбыт', en: '' } });
  const { stages, title } = takenOver(mine, SALES, now);
  assert.deepEqual([stages[1]?.percent, stages[1]?.milestone, stages[1]?.title], [40, 'accepted', { ru: 'Беседа', en: 'Talk' }]);
  assert.equal(title.ru, 'Сбыт');
});

test('a stage that they added stands where they put it, one that is added here where it was put here', () => {
  const mine = added(draftOf(SALES), 'Pilot');
  const now = of([stage('New'), stage('Call'), stage('Talks'), stage('Won', { outcome: 'won' })]);
  const both = takenOver(mine, SALES, now);
  assert.deepEqual(ids(both), ['New', 'Call', 'Talks', '+Pilot', 'Won']);
  assert.equal(new Set(both.stages.map((each) => each.key)).size, 5);
});

test('an order that was changed here stays, one that was not is theirs', () => {
  const now = of([stage('Talks'), stage('Call'), stage('New'), stage('Won', { outcome: 'won' })]);
  assert.deepEqual(ids(takenOver(changed(draftOf(SALES), '0', { milestone: 'new' }), SALES, now)), ['Talks', 'Call', 'New', 'Won']);
  assert.deepEqual(ids(takenOver(moved(draftOf(SALES), '1', 1), SALES, now)), ['New', 'Won', 'Talks', 'Call']);
});

test('what was dropped here stays dropped; what they dropped comes back only with what was typed of it', () => {
  const now = of([stage('New'), stage('Won', { outcome: 'won' })]);
  assert.deepEqual(ids(takenOver(without(draftOf(SALES), '0'), SALES, SALES)), ['Talks', 'Won']);
  assert.deepEqual(ids(takenOver(changed(draftOf(SALES), '0', { milestone: 'new' }), SALES, now)), ['New', 'Won']);
  assert.deepEqual(ids(takenOver(changed(draftOf(SALES), '1', { milestone: 'accepted' }), SALES, now)), ['New', '+Talks', 'Won']);
});

test('a proposal that somebody made a file of meanwhile is that file with what was typed here', () => {
  const proposal = of([stage('', { match: ['New'] }), stage('', { match: ['Won'], outcome: 'won' })], { pipeline: 'crm', has_file: false, seen: '' });
  const now = of([stage('New'), stage('Won', { outcome: 'won', match: ['Paid'] })], { title: { ru: '', en: '' } });
  const found = samePipeline(proposal, [of([], { pipeline: 'other', source: 'mail' }), now]);
  assert.equal(found, now);
  const both = takenOver(changed(draftOf(proposal), '0', { match: ['New', 'Fresh'] }), proposal, now);
  assert.deepEqual(both.stages.map((each) => [each.id, each.match]), [['New', ['Fresh']], ['Won', ['Paid']]]);
  assert.equal(isChanged(now, takenOver(draftOf(proposal), proposal, now)), false);
});

test('the same that somebody else has saved is no change', () => {
  const mine = changed(draftOf(SALES), '1', { milestone: 'accepted' });
  const now = of([stage('New'), stage('Talks', { milestone: 'accepted' }), stage('Won', { outcome: 'won' })], { seen: 'abd' });
  assert.equal(isChanged(now, takenOver(mine, SALES, now)), false);
});
