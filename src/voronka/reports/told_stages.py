"""Of which cases it is known through which stages they went: what nobody tells is no proof that it did not happen.

A case's stages are told by a log of changes or by dates beside the record. Entries seen between two loads are not
enough: they begin with the second load and pass over what came and went in between. Where a pipeline's stages are told
of most records, one without any entry has not moved; where they are not, nothing is known of it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import arro3.core as arrow
import numpy as np
from numpy.typing import NDArray

from voronka.analyses.journey_log import OF_OUTCOME, JourneyLog, log_of, numbers_of
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.journeys import JourneysQuery, JourneyTables
from voronka.metrics.query import Metrics

Truths = NDArray[np.bool_]
STAGE, COPIES = "stage", "snapshot"
"""The kind of event of which it is told, and the source of one that was seen between two loads."""
_OWN = {"lead": ("lead_pipeline_id",), "deal": ("pipeline_id",), "journey": ("pipeline_id", "lead_pipeline_id")}
"""The columns of a case that name the pipelines of its records, the last record's first."""
OWN_PIPELINES = ("lead_pipeline_id", "pipeline_id")
_COUNTS = ("records", "snapshot_records", "without_records")


@dataclass(frozen=True)
class Telling:
    """Of each pipeline whether the stages of most of its records are told; `is_whole`: of all of them."""

    pipelines: Mapping[str, bool]
    is_whole: bool

    @property
    def of_events(self) -> tuple[str, ...]:
        """Return the columns of events that are needed to see of which cases the stages are told."""
        return () if self.is_whole else ("source",)

    def tells(self, pipeline: str) -> bool:
        """Say whether the stages of most records of a pipeline are told; of one without records, too."""
        return self.pipelines.get(pipeline, True)


NOTHING_ASKED = Telling({}, is_whole=True)
"""Where no stages are looked at."""


@dataclass(frozen=True, eq=False)
class Untold:
    """The cases of which it is not known through which stages they went.

    `of_cases` says it of each case, `of_log` of each that has an event, `count` is how many they are with those that
    have none, and `without_events` how many more have none, though stages would be told.
    """

    of_log: Truths
    count: int
    of_cases: Truths
    without_events: int = 0


def telling(metrics: Metrics, scope: Scope) -> Telling:
    """Return of which pipelines the stages are told."""
    every: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    copied = 0
    for row in records(metrics.rows("dim_stage_history", scope, columns=("pipeline_id", *_COUNTS))):
        count, copies, without = (int(str(row[name] or 0)) for name in _COUNTS)
        every[str(row["pipeline_id"])] += count
        lacking[str(row["pipeline_id"])] += copies + without
        copied += copies
    pipelines = {name: 2 * lacking[name] <= count for name, count in every.items()}
    return Telling(pipelines, is_whole=not copied and all(pipelines.values()))


def untold(
    tables: JourneyTables,
    asked: JourneysQuery,
    known: Telling,
    among: AbstractSet[object] | None = None,
    through: AbstractSet[str | None] = frozenset(),
) -> Untold:
    """Return the cases of which it is not known through which stages of the pipeline asked for they went.

    Where none is asked for, a case's last record and those in the pipelines `through` have to be told: of a deal whose
    lead's stages nobody tells, all is known from the deal on. The events have the stages among their kinds and, unless
    all is told, `known.of_events` among their columns. `among` are the ids of the cases to be looked at (None: all).
    """
    count = tables.journeys.num_rows
    places = numbers_of(tables.events, "place")
    has_events = np.bincount(places, minlength=count) > 0
    found = np.zeros(count, dtype=np.bool_)
    if not known.is_whole:
        is_copy = np.array([each == COPIES for each in _values(tables.events, "source")], dtype=np.bool_)
        entered = _pipelines_entered(tables)
        own = _own_pipelines(tables, asked, through)
        for name in {each for pipelines in own for each in pipelines if each is not None}:
            has_any, has_told = (
                np.bincount(places[chosen], minlength=count) > 0
                for chosen in (entered == name, (entered == name) & ~is_copy)
            )
            goes_through = np.array([name in pipelines for pipelines in own], dtype=np.bool_)
            found |= goes_through & ~has_told & (has_any | (not known.tells(name)))
    if among is not None:
        found &= np.array([each in among for each in _values(tables.journeys, "case_id")], dtype=np.bool_)
    without_events = int(np.count_nonzero(~has_events & ~found))
    return Untold(found[has_events], int(np.count_nonzero(found)), found, without_events)


def told_log(metrics: Metrics, asked: JourneysQuery, of_cases: Sequence[str] = ()) -> JourneyLog:
    """Return the log of the cases asked for, with these columns more in `cases`.

    Those of which no stages are told keep their places, without events.
    """
    known = telling(metrics, asked.scope) if STAGE in asked.kinds else NOTHING_ASKED
    tables = metrics.journey_tables(asked, (*OF_OUTCOME, *OWN_PIPELINES, *of_cases), known.of_events)
    found, missing = log_of(tables), untold(tables, asked, known)
    return replace(found, log=found.log.among(~missing.of_log)) if missing.count else found


def untold_cases(metrics: Metrics, asked: JourneysQuery) -> tuple[JourneyLog, Truths]:
    """Return all cases asked for, those without an event too, and of each whether nobody tells of its stages."""
    known = telling(metrics, asked.scope) if STAGE in asked.kinds else NOTHING_ASKED
    tables = metrics.journey_tables(asked, of_events=known.of_events)
    return log_of(tables, with_empty=True), untold(tables, asked, known).of_cases


def _pipelines_entered(tables: JourneyTables) -> NDArray[np.object_]:
    """Return of each event the pipeline whose stage was entered, None where it was none."""
    steps = zip(*(_values(tables.steps, name) for name in ("step_number", "kind", "pipeline_id")), strict=True)
    of_step = {number: pipeline if kind == STAGE else None for number, kind, pipeline in steps}
    return np.array([of_step[step] for step in numbers_of(tables.events, "step_number").tolist()], dtype=object)


def _own_pipelines(
    tables: JourneyTables, asked: JourneysQuery, through: AbstractSet[str | None]
) -> list[tuple[str | None, ...]]:
    """Return of each case the pipelines whose stages it has to have gone through."""
    if asked.pipeline:
        return [(asked.pipeline,)] * tables.journeys.num_rows
    every = zip(*(_values(tables.journeys, name) for name in _OWN[asked.entity]), strict=True)
    found = ([each for each in own if each is not None] for own in every)
    return [(*own[:1], *(each for each in own[1:] if each in through)) for own in found]


def _values(table: arrow.Table, name: str) -> list[Any]:
    return list(table.column(name).to_pylist())
