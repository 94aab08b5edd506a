"""The company's own process as an event log: what the metrics' choke point gives becomes the arrays of analyses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import arro3.core as arrow
import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog, Numbers
from voronka.metrics.answer import records
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import JourneysQuery, JourneyTables
from voronka.metrics.process_titles import ProcessTitles
from voronka.metrics.query import Metrics

NOTHING = np.iinfo(np.int64).min
"""Stands for a moment that there is none of."""

SECOND = 1_000_000
"""Microseconds."""


@dataclass(frozen=True)
class Step:
    """A sort of event: `key` is unique among all, `title` a stage's in the company's language, None for anything else.

    `in_model` tells of a stage whether it is configured; None for what is no stage, which is outside of any model.
    `titles` are those of a configured stage by language, '' where one has none.
    """

    key: str
    kind: str
    title: str | None = None
    pipeline_id: str | None = None
    stage_id: str | None = None
    position: int | None = None
    outcome: str | None = None
    milestone: str | None = None
    in_model: bool | None = None
    titles: Title | None = None


OF_STEP = tuple(Step.__dataclass_fields__)[1:-1]
"""The columns of `dim_step` behind the key of a step."""


def step_of(row: Mapping[str, Any], titles: ProcessTitles) -> Step:
    """Return the step of a row of `dim_step`."""
    called = titles.stages.get((row["pipeline_id"], row["stage_id"]))
    return Step(key=str(row["step"]), titles=called, **{name: row[name] for name in OF_STEP})


@dataclass(frozen=True, eq=False)
class JourneyLog:
    """The log of the cases that have an event, and what is known of them; all arrays and `cases` are in its order.

    `steps` are those of `log.steps`. `created` and `closed` are microseconds since 1970 UTC, NOTHING where unknown;
    amounts are of the company's currency, NaN where one is unknown. `cases` and `events` are the rows of
    `Metrics.journeys` and `Metrics.events`. `without_events` is how many cases have no event of the kinds asked.
    """

    log: EventLog
    steps: tuple[Step, ...]
    created: Numbers
    closed: Numbers
    won: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    won_amount: NDArray[np.float64]
    open_amount: NDArray[np.float64]
    lost_amount: NDArray[np.float64]
    cases: arrow.Table
    events: arrow.Table
    without_events: int
    data_version: str


OF_OUTCOME = ("created_at", "closed_at", "outcome", "won_amount_home", "open_amount_home", "lost_amount_home")
"""The columns of cases that a log needs."""


def journey_log(
    metrics: Metrics,
    asked: JourneysQuery,
    of_cases: Sequence[str] = ("employee_id", "team_id", "channel_id", "loss_reason"),
    of_events: Sequence[str] = (),
) -> JourneyLog:
    """Return the log of the cases asked for, all of one version of the data, with these columns more in its tables."""
    return log_of(metrics.journey_tables(asked, (*OF_OUTCOME, *of_cases), of_events))


def log_of(tables: JourneyTables, *, with_empty: bool = False) -> JourneyLog:
    """Return the log of cases, events and steps; `with_empty`: cases without an event stand in it too."""
    events = tables.events
    lengths = np.bincount(numbers_of(events, "place"), minlength=tables.journeys.num_rows)
    has_events = lengths > 0
    kept = np.ones(len(lengths), dtype=np.bool_) if with_empty else has_events
    cases = _chosen(tables.journeys, kept)
    steps, step = _steps(tables, numbers_of(events, "step_number"))
    outcome = np.array(_values(cases, "outcome"), dtype=object)
    return JourneyLog(
        log=EventLog(
            cases=_values(cases, "case_id"),
            steps=[each.key for each in steps],
            first=np.concatenate(([0], np.cumsum(lengths[kept]))),
            step=step,
            at=numbers_of(events, "happened_at"),
            worked=_worked(events),
        ),
        steps=steps,
        created=_moments(cases, "created_at"),
        closed=_moments(cases, "closed_at"),
        won=outcome == "won",
        lost=outcome == "lost",
        won_amount=_amounts(cases, "won_amount_home"),
        open_amount=_amounts(cases, "open_amount_home"),
        lost_amount=_amounts(cases, "lost_amount_home"),
        cases=cases,
        events=events,
        without_events=int(np.count_nonzero(~has_events)),
        data_version=tables.data_version,
    )


def _steps(tables: JourneyTables, numbers: Numbers) -> tuple[tuple[Step, ...], Numbers]:
    """Return the steps that are met, in the order of their numbers, and the place among them of each event's."""
    told = {int(str(row["step_number"])): step_of(row, tables.titles) for row in records(tables.steps)}
    met = np.flatnonzero(np.bincount(numbers))
    places = np.zeros(met[-1] + 1 if len(met) else 0, dtype=np.int64)
    places[met] = np.arange(len(met))
    return tuple(told[number] for number in met.tolist()), places[numbers]


def _chosen(table: arrow.Table, chosen: NDArray[np.bool_]) -> arrow.Table:
    if chosen.all():
        return table
    places = arrow.Array.from_numpy(np.flatnonzero(chosen))
    columns = {name: table.column(name).combine_chunks().take(places) for name in table.column_names}
    return arrow.Table.from_arrays(list(columns.values()), names=list(columns))


def _values(table: arrow.Table, name: str) -> list[Any]:
    return list(table.column(name).to_pylist())


def numbers_of(table: arrow.Table, name: str) -> Numbers:
    """Return a column of whole numbers or moments, all of them known; a moment as microseconds."""
    chunks = [chunk.cast(arrow.DataType.int64()).to_numpy() for chunk in table.column(name).chunks]
    return np.concatenate(chunks) if chunks else np.zeros(0, dtype=np.int64)


def _worked(events: arrow.Table) -> Numbers | None:
    if events.column("happened_working_clock").null_count:
        return None
    return numbers_of(events, "happened_working_clock") * SECOND


def _moments(table: arrow.Table, name: str) -> Numbers:
    return np.array(_values(table, name), dtype="datetime64[us]").astype(np.int64)


def _amounts(table: arrow.Table, name: str) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else float(value) for value in _values(table, name)], dtype=np.float64)
