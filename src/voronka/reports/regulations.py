"""Regulations: how each is kept, what is due now and overdue, and which steps have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, cast
from zoneinfo import ZoneInfo

from voronka.analyses.clocks_now import ClocksNow
from voronka.analyses.cut_rows import CutRows
from voronka.metrics.answer import records
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.metrics.process_titles import ProcessTitles
from voronka.metrics.query import Metrics
from voronka.metrics.question import Query
from voronka.reports.links import RecordLinks

Row = dict[str, Any]

FIGURES = {
    "due": "dues",
    "kept": "dues_kept",
    "breached": "dues_breached",
    "waiting": "dues_waiting",
    "within": "regulation_within",
    "median_minutes": "regulation_median",
    "never": "regulation_never",
    "unsure": "dues_unsure",
}
"""What is said of a regulation -> the metric that says it."""

COUNTED = {"lead": "leads", "deal": "deals_created", "call": "calls"}
"""What a regulation may bind -> the metric that is unknown where no source ever gave any."""

LIVE = CutRows("sla", "fct_dues", "started", {"is_stopped": [False], "is_open": [True]})
"""What is bound, not done yet, and of a record that is open still."""

MINUTE = 60.0


@dataclass(frozen=True)
class Unregulated:
    """The open steps of a pipeline, in order, that no regulation begins or ends at or limits."""

    pipeline: str
    title: Title
    steps: tuple[Title, ...]


def kept(metrics: Metrics, query: Query) -> list[Row]:
    """Return how each regulation is kept: a row for each, with the keys of FIGURES, and for each part of the cuts.

    `query` has cuts, filters, period and scope. Without cuts a regulation that bound nothing has its row too: of
    records that no source ever gave nothing is known, which is not nought.
    """
    answer = metrics.query(replace(query, metrics=tuple(FIGURES.values()), by=("regulation", *query.by)))
    order = {str(each["regulation_id"]): number for number, each in enumerate(in_force(metrics, query))}
    cuts = [column for name in query.by for column in _columns(name)]
    rows = [
        {
            "regulation": row["regulation_id"],
            **{name: row[name] for name in cuts},
            **{name: row[metric] for name, metric in FIGURES.items()},
        }
        for row in answer.rows
    ]
    chosen = next((each.values for each in query.where if each.dimension == "regulation"), None)
    if not query.by and chosen is None:
        told = {row["regulation"] for row in rows}
        rows += [row for row in _nothing(metrics, query) if row["regulation"] not in told]
    return sorted(rows, key=lambda row: order.get(str(row["regulation"]), len(order)))


def _nothing(metrics: Metrics, query: Query) -> list[Row]:
    """Return a row of noughts of each regulation, of unknowns where the records that it binds were never loaded."""
    given = metrics.query(Query(metrics=tuple(COUNTED.values()), scope=query.scope)).totals
    nought, unknown = dict.fromkeys(FIGURES, 0) | {"within": None, "median_minutes": None}, dict.fromkeys(FIGURES)
    return [
        {
            "regulation": each["regulation_id"],
            **(unknown if given.get(COUNTED.get(each["entity"], ""), 0) is None else nought),
        }
        for each in in_force(metrics, query)
    ]


def _columns(name: str) -> tuple[str, ...]:
    known = DIMENSIONS.get(name)
    return (name, known.key) if known and known.member else (name,)


def in_force(metrics: Metrics, query: Query) -> list[Row]:
    """Return the regulations in their order, each with its title, limit, clock, owner, version and last review."""
    found = records(metrics.rows("dim_regulation", query.scope))
    return sorted((dict(row) for row in found), key=itemgetter("position", "regulation_id"))


def unregulated(metrics: Metrics, query: Query) -> list[Unregulated]:
    """Return the open steps without a regulation of each pipeline that has any."""
    where = {"in_model": True, "outcome": "open", "is_regulated": False}
    columns = ("pipeline_id", "stage_id", "position", "title")
    found = records(metrics.rows("dim_stage", query.scope, where, columns))
    rows = sorted(found, key=lambda row: (str(row["pipeline_id"]), cast("int", row["position"])))
    titles = metrics.company.titles()
    return [
        Unregulated(pipeline, titles.pipeline(pipeline), tuple(_step(row, titles) for row in steps))
        for pipeline, steps in groupby(rows, key=lambda row: str(row["pipeline_id"]))
    ]


def _step(row: Mapping[str, object], titles: ProcessTitles) -> Title:
    built = str(row["title"])
    told = titles.stages.get((str(row["pipeline_id"]), str(row["stage_id"])), Title(built, built))
    return Title(told.ru or built, told.en or built)


def live(metrics: Metrics, query: Query, links: RecordLinks) -> list[Row]:
    """Return what is due now, the soonest first, then what is overdue, the newest first: who, since when, by how much.

    `minutes_over` is of the regulation's own clock, negative while there is time; times are the company's.
    """
    now, zone = metrics.known_until(), ZoneInfo(metrics.company.zone)
    columns = (
        "regulation_id",
        "entity",
        "entity_id",
        "title",
        "employee_id",
        "client_phone",
        "url",
        "started_at",
        "due_at",
    )
    clocked = ("clock", "bound_employee_id", "started_clock", "minutes_allowed")
    found = LIVE.rows(replace(query, by=()), metrics, (*columns, *clocked))
    names = _names(metrics, query, found["employee_id"])
    clocks = ClocksNow(metrics, now, zone, set(found["clock"]))
    rows = []
    for values in zip(*(found[name] for name in (*columns, *clocked)), strict=True):
        row = dict(zip((*columns, *clocked), values, strict=True))
        reading = clocks.reading(row["clock"], row["bound_employee_id"])
        over = (reading - cast("float", row["started_clock"])) / MINUTE - cast("float", row["minutes_allowed"])
        due = row["due_at"]
        is_over = isinstance(due, datetime) and due < now
        rows.append(
            {
                "regulation": row["regulation_id"],
                "state": "overdue" if is_over else "waiting",
                "entity": row["entity"],
                "id": row["entity_id"],
                "title": row["title"] or row["client_phone"],
                "employee": names.get(row["employee_id"]),
                "employee_id": row["employee_id"],
                "since": _local(row["started_at"], zone),
                "due_at": _local(due, zone),
                "minutes_over": over,
                "url": links.open(str(row["entity"]), row["entity_id"], row["url"]),
            }
        )
    return sorted(
        rows, key=lambda row: (row["state"] == "overdue", abs(cast("float", row["minutes_over"])), str(row["id"]))
    )


def _names(metrics: Metrics, query: Query, ids: Sequence[object]) -> Mapping[object, object]:
    wanted = sorted({str(each) for each in ids if each})
    if not wanted:
        return {}
    found = records(metrics.rows("dim_employee", query.scope, {"employee_id": wanted}, ("employee_id", "name")))
    return {row["employee_id"]: row["name"] for row in found}


def _local(moment: object, zone: ZoneInfo) -> datetime | None:
    if not isinstance(moment, datetime):
        return None
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
