// A draft of stages carried over to what somebody else has saved meanwhile.

import { type Draft, draftOf, type Pipeline, type Stage } from './stages.ts';

/** A pipeline among those of now: by its name, else by whose records it is for, as a file may call it otherwise. */
export function samePipeline(sought: Pipeline, known: readonly Pipeline[]): Pipeline | null {
  const isFor = (each: Pipeline) => each.entity === sought.entity && each.source === sought.source && each.source_pipeline === sought.source_pipeline;
  return known.find((each) => each.pipeline === sought.pipeline) ?? known.find(isFor) ?? null;
}

/**
 * A draft carried over to what somebody else has made of its pipeline: what was changed here stays, all else is theirs.
 * A stage that they dropped stays only where it was changed here: as a new one.
 */
export function takenOver(draft: Draft, before: Pipeline, now: Pipeline): Draft {
  const [base, theirs] = [draftOf(before), draftOf(now)];
  const [held, others] = [byName(base.stages), byName(theirs.stages)];
  const names = new Set(draft.stages.map(nameInData));
  const mine = draft.stages.flatMap((each) => {
    const was = held.get(nameInData(each));
    const other = others.get(nameInData(each));
    if (other) return [joined(each, was, other)];
    if (!was || same(each, was)) return was ? [] : [each];
    return [{ ...each, id: '', match: [...new Set([nameInData(each), ...each.match])] }];
  });
  let key = Math.max(-1, ...draft.stages.map((each) => Number(each.key)));
  const added = theirs.stages.filter((each) => !names.has(nameInData(each)) && !held.has(nameInData(each))).map((each) => ({ ...each, key: `${(key += 1)}` }));
  const kept = byName([...mine, ...added]);
  const order = (stages: readonly Stage[]) => stages.map(nameInData).filter((name) => kept.has(name));
  const isMoved = order(draft.stages).filter((name) => held.has(name)).join('\n') !== order(base.stages).join('\n');
  const [lead, rest] = isMoved ? [draft.stages, theirs.stages] : [theirs.stages, draft.stages];
  const stages = woven(order(lead), order(rest)).flatMap((name) => kept.get(name) ?? []);
  return { title: { ru: chosen(draft.title.ru, base.title.ru, theirs.title.ru), en: chosen(draft.title.en, base.title.en, theirs.title.en) }, stages };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
/** What the data call a stage; one that has no such name yet is known by its place in the draft. */
const nameInData = (stage: Stage) => stage.id || stage.match[0] || `#${stage.key}`;
const byName = (stages: readonly Stage[]) => new Map(stages.map((each) => [nameInData(each), each]));
const chosen = <T>(mine: T, was: T, theirs: T): T => (same(mine, was) ? theirs : mine);

/** A stage of a draft with what it leaves as it was taken from another one. */
function joined(mine: Stage, was: Stage | undefined, theirs: Stage): Stage {
  if (!was) return { ...mine, id: theirs.id, records: theirs.records, match: mine.match.filter((each) => each !== theirs.id) };
  const match = chosen(mine.match, was.match, theirs.match);
  return {
    ...theirs,
    key: mine.key,
    title: { ru: chosen(mine.title.ru, was.title.ru, theirs.title.ru), en: chosen(mine.title.en, was.title.en, theirs.title.en) },
    outcome: chosen(mine.outcome, was.outcome, theirs.outcome),
    milestone: chosen(mine.milestone, was.milestone, theirs.milestone),
    percent: chosen(mine.percent, was.percent, theirs.percent),
    match: mine.id ? match : match.filter((each) => each !== theirs.id),
  };
}

/** The names of a list, those that only another one has put in after the one that they follow there. */
function woven(lead: readonly string[], rest: readonly string[]): string[] {
  const found = [...lead];
  rest.forEach((name, place) => {
    if (!found.includes(name)) found.splice(found.indexOf(rest[place - 1] ?? '') + 1, 0, name);
  });
  return found;
}
