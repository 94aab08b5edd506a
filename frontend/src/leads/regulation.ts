// What a form for a regulation holds, and what the server is given of it: no words, no server.

import type { components } from '../api/schema.d.ts';

export type Written = components['schemas']['RegulationsWritten'];
export type Difference = components['schemas']['RegulationDifferenceShown'];
export type Placed = components['schemas']['RegulationPlaced'];
export type Pipeline = components['schemas']['RegulatedPipeline'];
export type Given = components['schemas']['RegulationGiven'];
export type Named = components['schemas']['RegulationNamed'];
export type Clock = Given['clock'];
export type Unit = 'minutes' | 'hours' | 'days';

/** The regulations that every company has, with what they run from and to. */
const OWN = {
  first_response: { entity: 'leads', start: 'created', stop: 'first_outgoing' },
  acceptance: { entity: 'leads', start: 'handed', stop: 'accepted' },
  next_task: { entity: 'deals', start: 'no_next_task', stop: 'next_task' },
  call_back: { entity: 'calls', start: 'missed_call', stop: 'called_back' },
} as const;
type Own = keyof typeof OWN;

/** What a regulation limits; `other` is written in a file by hand and keeps what it runs from and to. */
export type Kind = Own | 'stage' | 'way' | 'other';
export const KINDS: readonly Kind[] = ['stage', 'way', 'first_response', 'acceptance', 'next_task', 'call_back'];

const UNITS: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };
const STAGE = 'stage:';
const LEFT = 'left:';

/** What stands in the form: a number as it is typed, `held` is the regulation that is changed. */
export type Form = { kind: Kind; pipeline: string; from: string; to: string; amount: number | null; unit: Unit; clock: Clock; owner: string; title: string; isReviewed: boolean; held: Placed | null };

export const isOwn = (kind: Kind): kind is Own => kind in OWN;

/** The pipelines in whose file a regulation of a kind may stand: those of its records, else any. */
export function pipelinesOf(kind: Kind, pipelines: readonly Pipeline[]): readonly Pipeline[] {
  if (!isOwn(kind)) return pipelines.filter((each) => each.stages.length > (kind === 'way' ? 1 : 0));
  const fitting = pipelines.filter((each) => each.entity === OWN[kind].entity);
  return fitting.length ? fitting : pipelines;
}

/** The kinds that can be set at all: a way needs two stages. */
export const kindsOf = (pipelines: readonly Pipeline[]) => KINDS.filter((kind) => pipelinesOf(kind, pipelines).length > 0);

/** The pipelines in whose file one of the settings may get its own limit: those where it does not stand yet. */
export function freeFor(placed: Placed, { pipelines, placed: all }: Pick<Written, 'pipelines' | 'placed'>): Pipeline[] {
  const taken = all.filter((each) => each.regulation === placed.regulation && each.entity === placed.entity).map((each) => each.pipeline);
  return pipelinesOf(kindOf(placed), pipelines).filter((each) => !taken.includes(each.pipeline));
}

/** The form of a kind, with what was chosen kept where it fits. */
export function formOf(kind: Kind, pipelines: readonly Pipeline[], kept: Partial<Form> = {}): Form {
  const offered = pipelinesOf(kind, pipelines);
  const pipeline = offered.find((each) => each.pipeline === kept.pipeline) ?? offered[0];
  const stages = pipeline?.stages.map((each) => each.id) ?? [];
  const from = kept.from !== undefined && stages.includes(kept.from) ? kept.from : (stages[0] ?? '');
  const behind = stages[stages.indexOf(from) + 1] ?? stages.find((each) => each !== from) ?? '';
  const to = kept.to !== undefined && kept.to !== from && stages.includes(kept.to) ? kept.to : behind;
  return {
    kind,
    pipeline: pipeline?.pipeline ?? '',
    from,
    to,
    amount: kept.amount ?? null,
    unit: kept.unit ?? 'hours',
    clock: kind === 'call_back' && kept.clock === 'shift' ? 'working' : (kept.clock ?? 'working'),
    owner: kept.owner ?? '',
    title: kept.title ?? '',
    isReviewed: kept.isReviewed ?? true,
    held: null,
  };
}

/** The form of a regulation that is there; one of the settings becomes one of a file. */
export function formOfPlaced(placed: Placed, pipelines: readonly Pipeline[]): Form {
  const kind = kindOf(placed);
  const unit = unitOf(placed.minutes, placed.clock);
  const told = { clock: placed.clock, owner: placed.owner, amount: placed.minutes / UNITS[unit], unit, title: placed.title };
  if (!placed.pipeline) return formOf(kind, pipelines, told);
  return { ...told, kind, pipeline: placed.pipeline, from: stageOf(placed.start), to: stageOf(placed.stop), isReviewed: false, held: placed };
}

export function kindOf(placed: Pick<Placed, 'regulation' | 'start' | 'stop'>): Kind {
  if (Object.hasOwn(OWN, placed.regulation)) return placed.regulation as Own;
  if (!placed.start.startsWith(STAGE)) return 'other';
  if (placed.stop === LEFT + stageOf(placed.start)) return 'stage';
  return placed.stop.startsWith(STAGE) ? 'way' : 'other';
}

const stageOf = (said: string) => said.slice(said.indexOf(':') + 1);

/** The largest unit in which a limit is a whole number; a day of working time is no day of 24 hours. */
export function unitOf(minutes: number, clock: Clock): Unit {
  if (clock === 'calendar' && minutes % UNITS.days === 0) return 'days';
  return minutes % UNITS.hours === 0 ? 'hours' : 'minutes';
}

/** The form with another clock: days are of the calendar only, the limit stays as long as it was. */
export function clocked(form: Form, clock: Clock): Form {
  if (clock === 'calendar' || form.unit !== 'days') return { ...form, clock };
  return { ...form, clock, unit: 'hours', amount: form.amount === null ? null : form.amount * 24 };
}

/** What the server is given; stages are of the records that their pipeline is of. */
export function given(form: Form, pipelines: readonly Pipeline[]): Given {
  const { kind, held } = form;
  const minutes = (form.amount ?? 0) * UNITS[form.unit];
  const more = { minutes, clock: form.clock, owner: form.owner, is_reviewed: form.isReviewed };
  if (held) return { ...named(held), start: held.start, stop: held.stop, title: form.title === held.title ? null : form.title, ...more };
  const base = { pipeline: form.pipeline, regulation: '', seen: '', ...more };
  if (isOwn(kind)) return { ...base, ...OWN[kind], title: null };
  const entity = pipelines.find((each) => each.pipeline === form.pipeline)?.entity ?? 'deals';
  return { ...base, entity, start: STAGE + form.from, stop: kind === 'stage' ? LEFT + form.from : STAGE + form.to, title: form.title };
}

/** Which regulation of which file is meant, as it was shown. */
export const named = (placed: Placed): Named => ({ pipeline: placed.pipeline, entity: placed.entity, regulation: placed.regulation, seen: placed.seen });
