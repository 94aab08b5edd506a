"""The cases behind a part of a path that a page shows: a step, an edge, a way, a deviation, those that go as meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog
from voronka.analyses.path_cases import of_way, with_edge, with_step
from voronka.analyses.path_map import END, START
from voronka.domain.errors import QuestionError
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records
from voronka.reports.journey_path import journey_path
from voronka.reports.path import Path
from voronka.reports.plain_path_page import BEGIN, FINISH
from voronka.reports.told_stages import untold_cases

Truths = NDArray[np.bool_]
DeviationKind = Literal["skipped", "repeated", "returned", "outside"]


@dataclass(frozen=True)
class Behind:
    """Which cases: with a step, with an edge from one to another, of one way, with a deviation at a step, as meant.

    `untold`: those of which it is not known through which stages they went. What is not asked is empty; nothing at all
    means every case.
    """

    step: str = ""
    source: str = ""
    target: str = ""
    way: tuple[str, ...] = ()
    deviation: DeviationKind | None = None
    as_meant: bool = False
    untold: bool = False


def cases_behind(metrics: Metrics, query: JourneysQuery, behind: Behind, asked: CasesAsked) -> Records:
    """Return the cases that a figure of the page counts; QuestionError for what a path has not."""
    if behind.untold:
        cases, missing = untold_cases(metrics, query)
        return case_records(metrics, query, cases, missing, asked)
    found = journey_path(metrics, query, most=0)
    return case_records(metrics, query, found.journeys, chosen(found.path, behind), asked)


def chosen(found: Path, behind: Behind) -> Truths:
    """Say of each case of a path whether it is asked for; QuestionError where it is held against no stages."""
    log = found.log
    if behind.deviation:
        return _deviating(found, behind.deviation, behind.step)
    if behind.as_meant:
        return _as_meant(found)
    if behind.way:
        places = [_place(log, key) for key in behind.way]
        return of_way(log, [place for place in places if place is not None]) if None not in places else _nobody(log)
    if behind.source or behind.target:
        return _on_edge(log, behind.source, behind.target)
    if behind.step:
        place = _place(log, behind.step)
        return _nobody(log) if place is None else with_step(log, place)
    return np.asarray(log.lengths > 0, dtype=np.bool_)


def _on_edge(log: EventLog, source: str, target: str) -> Truths:
    one = START if source == BEGIN else _place(log, source)
    other = END if target == FINISH else _place(log, target)
    return _nobody(log) if one is None or other is None else with_edge(log, one, other)


def _deviating(found: Path, kind: str, step: str) -> Truths:
    held = found.conformance
    if held is None:
        raise QuestionError("there are no deviations without a pipeline", do="Choose a pipeline")
    same = [each.in_case for each in held.deviations if each.kind == kind and step in {"", each.step}]
    return np.logical_or.reduce(same) if same else _nobody(found.log)


def _as_meant(found: Path) -> Truths:
    held = found.conformance
    if held is None:
        raise QuestionError("without a pipeline nothing is meant", do="Choose a pipeline")
    return np.asarray((held.cost == 0) & (held.fitness == held.fitness), dtype=np.bool_)


def _place(log: EventLog, key: str) -> int | None:
    """Return the place of a step; None for one that did not happen, as a link of other days may name."""
    steps: Sequence[str] = log.steps
    return list(steps).index(key) if key in steps else None


def _nobody(log: EventLog) -> Truths:
    return np.zeros(len(log.cases), dtype=np.bool_)
