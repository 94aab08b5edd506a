"""The pipelines and stages as the files say them now, those that are only met in the data, and who changed them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voronka.domain.access import Right
from voronka.domain.errors import VoronkaError
from voronka.metrics.answer import records
from voronka.metrics.dimensions import Title
from voronka.metrics.process_titles import Given, as_given
from voronka.metrics.question import Query
from voronka.pipeline.arranging import Birth, Change, Entity, changes, pipeline_said, proposed, stamp
from voronka.pipeline.file_changes import can_undo
from voronka.pipeline.pipeline_file import Pipeline, Stage, read_pipelines
from voronka.pipeline.sentences import refusal_in
from voronka.pipeline.stage_differences import differences
from voronka.reports.funnel_words import MILESTONES
from voronka.web.shapes import WordsShown
from voronka.web.stage_shapes import (
    MilestoneShown,
    PipelineShown,
    PipelinesShown,
    StageDifference,
    StageMet,
    StagesChangeShown,
    StageShown,
)
from voronka.web.visitor import Visitor

LAST = 5
"""Changes that are told, the newest first."""
NURTURE = ("nurture", Title("Отложен (нурчур)", "Put off (nurture)"))
_COUNTED: Mapping[Entity, str] = {"leads": "leads", "deals": "deals_created"}
"""The metric that counts all records of a kind."""


@dataclass(frozen=True)
class Met:
    """How many records stand in which stage of which pipeline of the built data, by kind of records."""

    counts: Mapping[tuple[Entity, str], Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, visitor: Visitor) -> "Met":
        """Count them; nothing before the first build."""
        if visitor.company.built_at() is None:
            return cls()
        found: dict[tuple[Entity, str], dict[str, int]] = {}
        for entity, metric in _COUNTED.items():
            asked = Query(metrics=(metric,), by=("pipeline", "stage"), scope=visitor.scope)
            for row in visitor.company.metrics.query(asked).rows:
                if row["pipeline"] is not None and row["stage_id"] is not None and row[metric]:
                    stages = found.setdefault((entity, str(row["pipeline"])), {})
                    stages[str(row["stage_id"])] = int(str(row[metric]))
        return cls(found)

    def stages(self, entity: Entity, pipeline: str) -> Mapping[str, int]:
        """Return the records of a pipeline by the ids of their stages, as built."""
        return self.counts.get((entity, pipeline), {})


def pipelines_shown(visitor: Visitor, language: str) -> PipelinesShown:
    """Return the pipelines; where a file of theirs is broken, what is wrong with it and none."""
    company = visitor.company
    fault, found = "", list[Pipeline]()
    try:
        found = read_pipelines(company.folder)
    except VoronkaError as broken:
        fault = refusal_in(language, broken.sentence())
    met = Met.of(visitor)
    return PipelinesShown(
        pipelines=[]
        if fault
        else [*(_shown(each, met) for each in found), *(_proposed(*each) for each in unnamed(visitor, found, met))],
        milestones=[MilestoneShown(id=name, title=words(title)) for name, title in (*MILESTONES.items(), NURTURE)],
        changes=_changes(visitor, language),
        may_change=visitor.may(Right.SETTINGS) and not fault,
        is_behind=not fault and _is_behind(visitor, found),
        fault=fault,
    )


def unnamed(visitor: Visitor, known: Sequence[Pipeline], met: Met) -> Iterable[tuple[str, Birth, Mapping[str, int]]]:
    """Give the pipelines of the data that no file tells of: a name for each, whose records, how many in which stage."""
    sources = {each.source for each in visitor.company.streams()}
    for (entity, name), stages in met.counts.items():
        source, _, theirs = name.partition(":")
        birth = Birth(entity, source, theirs or None)
        if source not in sources or any(_takes(each, birth) for each in known):
            continue
        is_alone = sum(other == name for _, other in met.counts) == 1
        yield name if is_alone else f"{name}_{entity}", birth, stages


def words(title: Title) -> WordsShown:
    """Return a title as an answer tells it."""
    return WordsShown(ru=title.ru, en=title.en)


def _takes(pipeline: Pipeline, birth: Birth) -> bool:
    """Say whether a pipeline is for such records."""
    match = pipeline.match
    is_of_source = match.source in {None, birth.source} and match.pipeline in {None, birth.source_pipeline}
    return pipeline.entity == birth.entity and is_of_source


def _shown(pipeline: Pipeline, met: Met) -> PipelineShown:
    counts = met.stages(pipeline.entity, pipeline.pipeline)
    return PipelineShown(
        pipeline=pipeline.pipeline,
        title=_given(pipeline.title),
        entity=pipeline.entity,
        source=pipeline.match.source or "",
        source_pipeline=pipeline.match.pipeline or "",
        has_file=True,
        seen=stamp(pipeline),
        stages=[_stage(each, counts.get(each.id, 0)) for each in pipeline.stages],
        met=[
            StageMet(text=text, records=count)
            for text, count in sorted(counts.items(), key=lambda item: -item[1])
            if not pipeline.knows(text)
        ],
    )


def _stage(stage: Stage, count: int) -> StageShown:
    return StageShown(
        id=stage.id,
        title=_given(stage.title),
        outcome=stage.outcome,
        milestone=stage.milestone or "",
        probability=stage.probability,
        match=list(stage.match),
        records=count,
    )


def _proposed(name: str, birth: Birth, counts: Mapping[str, int]) -> PipelineShown:
    guesses = proposed(counts, birth.entity)
    return PipelineShown(
        pipeline=name,
        title=WordsShown(ru="", en=""),
        entity=birth.entity,
        source=birth.source,
        source_pipeline=birth.source_pipeline or "",
        has_file=False,
        seen="",
        stages=[
            StageShown(
                id="",
                title=WordsShown(ru="", en=""),
                outcome=each.outcome,
                milestone=each.milestone or "",
                probability=None,
                match=[each.text],
                records=each.rows,
            )
            for each in guesses
        ],
        met=[],
    )


def _given(given: Given) -> WordsShown:
    return words(as_given(given))


def _is_behind(visitor: Visitor, known: Sequence[Pipeline]) -> bool:
    """Say whether the figures stand on other stages than the files tell of, or on an older change of them."""
    company = visitor.company
    built = company.built_at()
    if built is None:
        return False
    if any(each.at > built for each in changes(company.folder)[-1:]):
        return True
    held = records(company.metrics.rows("dim_stage", visitor.scope, {"in_model": True}, _TOLD))
    language = company.settings.language
    said = [_told(each, place, language) for each in known for place in range(len(each.stages))]
    return {tuple(row[name] for name in _TOLD) for row in held} != set(said)


_TOLD = ("pipeline_id", "stage_id", "title", "position", "outcome", "milestone", "probability")


def _told(pipeline: Pipeline, place: int, language: str) -> tuple[object, ...]:
    """Return a stage as the build takes it: records are listed by the title that was built."""
    stage = pipeline.stages[place]
    title = stage.title.get(language) if isinstance(stage.title, Mapping) else stage.title
    said = (stage.outcome, stage.milestone, stage.probability)
    return (pipeline.pipeline, stage.id, title or stage.id, place + 1, *said)


def _changes(visitor: Visitor, language: str) -> list[StagesChangeShown]:
    last = changes(visitor.company.folder)[: -LAST - 1 : -1]
    return [_change(visitor, each, language) for each in last]


def _change(visitor: Visitor, change: Change, language: str) -> StagesChangeShown:
    before, after = (pipeline_said(change, text) for text in (change.before, change.after))
    told = after or before
    title = as_given(told.title) if told else Title("", "")
    return StagesChangeShown(
        number=change.number,
        at=visitor.company.local(change.at).replace(microsecond=0),
        by=change.by,
        action=change.action,
        pipeline=(title.ru if language == "ru" else title.en) or change.pipeline,
        differences=[
            StageDifference(what=each.what, stage=each.stage, before=each.before, after=each.after)
            for each in differences(before, after, language)
        ],
        can_undo=can_undo(visitor.company.folder, change),
    )
