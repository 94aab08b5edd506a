"""What a change of settings or stages would make of figures: counted before it is saved, nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import arro3.core as arrow

from voronka.domain.period import Period
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.metrics.question import Query
from voronka.pipeline.arranging import Birth
from voronka.pipeline.foreseeing import (
    Restaging,
    StageCounts,
    StandingRecord,
    month_of,
    stage_counts,
    working_time,
)
from voronka.pipeline.pipeline_file import Pipeline
from voronka.pipeline.settings_sections import Offered
from voronka.reports.funnel_words import MILESTONES
from voronka.settings import Settings
from voronka.web.pipelines_shown import NURTURE, words
from voronka.web.shapes import WordsShown
from voronka.web.stage_shapes import FigureForeseen, Foreseen
from voronka.web.visitor import Visitor

OUTCOMES = ("open", "won", "lost")


@dataclass(frozen=True)
class _Made:
    """Makes figures of one kind."""

    unit: str = ""
    first: date | None = None
    last: date | None = None

    def figure(
        self, group: str, name: str, before: float | None, after: float | None, *, title: WordsShown | None = None
    ) -> FigureForeseen:
        told = {"group": group, "name": name, "title": title, "unit": self.unit, "before": before, "after": after}
        return FigureForeseen.model_validate({**told, "first": self.first, "last": self.last})


def stages_foreseen(visitor: Visitor, pipeline: Pipeline, birth: Birth | None) -> Foreseen:
    """Return what becomes of the records of a pipeline when it is as given: by the data as they were last built.

    `unclear` are the stages whose names now go different ways: then no figure is told.
    """
    company = visitor.company
    if company.built_at() is None:
        return Foreseen(rebuilds=True, figures=[], unclear=[])
    held, before = pipeline.pipeline, None
    if birth:
        held = birth.source if birth.source_pipeline is None else f"{birth.source}:{birth.source_pipeline}"
    else:
        before = next((each for each in company.pipelines() if each.pipeline == pipeline.pipeline), None)
    standing, entered = _standing(visitor, held, pipeline.entity), _entered(visitor, held, pipeline.entity)
    after = Restaging(before, pipeline)
    met = {each.stage for each in standing if each.stage is not None} | {stage for _, stage in entered}
    if unclear := after.unclear(met):
        return Foreseen(rebuilds=True, figures=[], unclear=unclear)
    now = Restaging(before, before or pipeline.model_copy(update={"stages": ()}))
    counts = (stage_counts(each, standing, entered) for each in (now, after))
    return Foreseen(rebuilds=True, figures=list(_of_stages(*counts)), unclear=[])


def _standing(visitor: Visitor, pipeline: str, entity: str) -> list[StandingRecord]:
    key = f"{entity.removesuffix('s')}_id"
    where = {"pipeline_id": pipeline, "deleted_at": None}
    found = visitor.company.metrics.rows(f"fct_{entity}", visitor.scope, where, (key, "stage_id", "outcome"))
    return [StandingRecord(*each) for each in _columns(found, key, "stage_id", "outcome")]


def _entered(visitor: Visitor, pipeline: str, entity: str) -> list[tuple[str, str]]:
    where = {"pipeline_id": pipeline, "entity": entity.removesuffix("s")}
    columns = ("entity_id", "stage_id")
    found = visitor.company.metrics.rows("fct_stage_entries", visitor.scope, where, columns)
    return [(record, stage) for record, stage in _columns(found, *columns) if stage is not None]


def _columns(found: arrow.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(found.column(name).to_pylist() for name in names), strict=True)


def _of_stages(before: StageCounts, after: StageCounts) -> Iterator[FigureForeseen]:
    made = _Made()
    for name in OUTCOMES:
        yield made.figure("outcome", name, before.outcomes.get(name, 0), after.outcomes.get(name, 0))
    yield made.figure("outside", "", before.outside, after.outside)
    titles = {**MILESTONES, NURTURE[0]: NURTURE[1]}
    known = [name for name in titles if name in before.milestones or name in after.milestones]
    others = sorted({*before.milestones, *after.milestones} - set(known))
    for name in (*known, *others):
        told = before.milestones.get(name), after.milestones.get(name)
        yield made.figure("milestone", name, *told, title=words(titles.get(name, Title(name, name))))


def settings_foreseen(visitor: Visitor, settings: Settings, changed: Sequence[Offered]) -> Foreseen:
    """Return what becomes of the figures that can be counted at once under other settings."""
    figures = [
        *_of_calendar(visitor, settings, changed),
        *_of_variants(visitor, settings, changed),
    ]
    return Foreseen(rebuilds=any(each.is_built for each in changed), figures=figures, unclear=[])


def _of_calendar(visitor: Visitor, settings: Settings, changed: Sequence[Offered]) -> Iterator[FigureForeseen]:
    if not any(each.section == "calendar" for each in changed):
        return
    today = visitor.company.metrics.company.today()
    this = month_of(today)
    for first, last in (
        this,
        month_of(this[1] + timedelta(days=1)),
        (date(today.year, 1, 1), date(today.year, 12, 31)),
    ):
        was, is_ = (working_time(each, first, last) for each in (visitor.company.settings, settings))
        yield _Made("", first, last).figure("working_days", "", was.days, is_.days)
        yield _Made("hours", first, last).figure("working_hours", "", was.hours, is_.hours)


def _of_variants(visitor: Visitor, settings: Settings, changed: Sequence[Offered]) -> Iterator[FigureForeseen]:
    company = visitor.company
    names = [each.path[-1] for each in changed if each.section == "metrics"]
    if not names or company.built_at() is None:
        return
    first, last = month_of(company.metrics.company.today().replace(day=1) - timedelta(days=1))
    ways = (company.metrics, company.metrics_under(settings))
    for name in names:
        (was, unit, title), (is_, _, _) = (_of_metric(each, visitor, name, Period(first, last)) for each in ways)
        yield _Made(unit, first, last).figure("metric", name, was, is_, title=words(title))


def _of_metric(metrics: Metrics, visitor: Visitor, name: str, period: Period) -> tuple[float | None, str, Title]:
    answer = metrics.query(Query(metrics=(name,), scope=visitor.scope, period=period))
    column = next(each for each in answer.columns if each.name == name)
    return _number(answer.totals, name), column.unit, column.title


def _number(totals: Mapping[str, object], name: str) -> float | None:
    found = totals.get(name)
    return None if found is None else float(str(found))
