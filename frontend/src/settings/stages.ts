// A pipeline as it is being changed: its stages, their order, what is said of each.

import type { components } from '../api/schema.d.ts';

export type Shown = components['schemas']['PipelinesShown'];
export type Pipeline = components['schemas']['PipelineShown'];
export type Given = components['schemas']['PipelineGiven'];
export type Figure = components['schemas']['FigureForeseen'];
export type Foreseen = components['schemas']['Foreseen'];
export type Outcome = components['schemas']['StageShown']['outcome'];
type Words = { ru: string; en: string };

/** A stage as it is being changed; `key` is the draft's own name of it, `percent` is null where nothing is said. */
export type Stage = { key: string; id: string; title: Words; outcome: Outcome; milestone: string; percent: number | null; match: readonly string[]; records: number };
export type Draft = { title: Words; stages: readonly Stage[] };

export const OUTCOMES: readonly Outcome[] = ['open', 'won', 'lost'];

/** The draft that changes nothing. */
export function draftOf(pipeline: Pipeline): Draft {
  const stages = pipeline.stages.map((each, place) => ({
    key: `${place}`,
    id: each.id,
    title: { ...each.title },
    outcome: each.outcome,
    milestone: each.milestone,
    percent: each.probability === null ? null : Math.round(each.probability * 1e6) / 1e4,
    match: [...each.match],
    records: each.records,
  }));
  return { title: { ...pipeline.title }, stages };
}

/** What is asked for when a draft is saved or tried. */
export function given(pipeline: Pipeline, draft: Draft): Given {
  const stages = draft.stages.map(({ id, title, outcome, milestone, percent, match }) => ({
    id,
    title,
    outcome,
    milestone,
    probability: percent === null ? null : Math.round(percent * 1e4) / 1e6,
    match: [...match],
  }));
  return { pipeline: pipeline.pipeline, seen: pipeline.seen, title: draft.title, stages };
}

/** Whether saving a draft would change anything: a proposal is no file yet. */
export function isChanged(pipeline: Pipeline, draft: Draft): boolean {
  return !pipeline.has_file || JSON.stringify(given(pipeline, draft)) !== JSON.stringify(given(pipeline, draftOf(pipeline)));
}

/** Pipelines of the same source that a proposal without the CRM's pipeline would take too, as long as none tells of them. */
export function alsoTaken(known: readonly Pipeline[], pipeline: Pipeline): string[] {
  if (pipeline.has_file || pipeline.source_pipeline) return [];
  const isAlike = (each: Pipeline) => !each.has_file && each.entity === pipeline.entity && each.source === pipeline.source && each.source_pipeline !== '';
  return known.filter(isAlike).map((each) => each.source_pipeline);
}

/** A draft with one stage said otherwise. */
export function changed(draft: Draft, key: string, change: Partial<Stage>): Draft {
  return { ...draft, stages: draft.stages.map((each) => (each.key === key ? { ...each, ...change } : each)) };
}

/** A draft with a stage `by` places further down; beyond an end nothing moves. */
export function moved(draft: Draft, key: string, by: number): Draft {
  const from = draft.stages.findIndex((each) => each.key === key);
  const to = from + by;
  const stage = draft.stages[from];
  if (!stage || to < 0 || to >= draft.stages.length) return draft;
  const others = draft.stages.filter((each) => each !== stage);
  return { ...draft, stages: [...others.slice(0, to), stage, ...others.slice(to)] };
}

export function without(draft: Draft, key: string): Draft {
  return { ...draft, stages: draft.stages.filter((each) => each.key !== key) };
}

/** A draft with one more stage, open, before the won and lost ones that end it; `text` is what the CRM calls it. */
export function added(draft: Draft, text = '', records = 0): Draft {
  const key = `${Math.max(-1, ...draft.stages.map((each) => Number(each.key))) + 1}`;
  const stage: Stage = { key, id: '', title: { ru: '', en: '' }, outcome: 'open', milestone: '', percent: null, match: text ? [text] : [], records };
  const closing = draft.stages.findLastIndex((each) => each.outcome === 'open') + 1;
  return { ...draft, stages: [...draft.stages.slice(0, closing), stage, ...draft.stages.slice(closing)] };
}

/** What a stage is called in a language, by its id or the CRM's name where nobody says it. */
export function nameOf(stage: Pick<Stage, 'id' | 'title' | 'match'>, lang: 'ru' | 'en'): string {
  return stage.title[lang] || stage.title[lang === 'ru' ? 'en' : 'ru'] || stage.id || stage.match[0] || '';
}

/** The stages of the data that neither the pipeline nor its draft has. */
export function unknownOf(pipeline: Pipeline, draft: Draft): Pipeline['met'] {
  const names = new Set(draft.stages.flatMap((each) => [each.id, ...each.match]).map((each) => each.trim().toLowerCase()));
  return pipeline.met.filter((each) => !names.has(each.text.trim().toLowerCase()));
}

/** The names of the CRM as they are typed, one a line. */
export function namesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((each) => each.trim()).filter(Boolean))];
}

/** What a draft says that is allowed and seldom meant; the words stand under these keys. */
export function doubtsOf(draft: Draft): string[] {
  const { stages } = draft;
  const first = stages.findIndex((each) => each.outcome !== 'open');
  const isBetween = first >= 0 && stages.slice(first).some((each) => each.outcome === 'open');
  const nurture = stages.findIndex((each) => each.milestone === 'nurture');
  const qualified = stages.findIndex((each) => each.milestone === 'qualified');
  return [
    ...(stages.some((each) => each.outcome === 'won') ? [] : ['no_won']),
    ...(isBetween ? ['between'] : []),
    ...(nurture >= 0 && qualified >= 0 && nurture > qualified ? ['nurture'] : []),
  ];
}
