"""The cases behind a figure of a process, as the records of any other figure: so that one drawer and one file do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog
from voronka.analyses.journey_log import JourneyLog
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.record_columns import RecordColumn
from voronka.metrics.records import Records, local_rows

COLUMNS = (
    RecordColumn("title", Title("Название", "Title"), "text"),
    RecordColumn("employee", Title("Менеджер", "Manager"), "text"),
    RecordColumn("amount", Title("Сумма", "Amount"), "money"),
    RecordColumn("outcome", Title("Исход", "Outcome"), "text"),
    RecordColumn("created_at", Title("Создано", "Created"), "time"),
    RecordColumn("closed_at", Title("Закрыто", "Closed"), "time"),
    RecordColumn("days", Title("Дней в пути", "Days on the way"), "number"),
)
LOG_COLUMNS = (
    RecordColumn("title", Title("Случай", "Case"), "text"),
    RecordColumn("events", Title("Событий", "Events"), "number"),
    RecordColumn("created_at", Title("Первое событие", "First event"), "time"),
    RecordColumn("closed_at", Title("Последнее событие", "Last event"), "time"),
    RecordColumn("days", Title("Дней в пути", "Days on the way"), "number"),
)
NAMES = tuple(column.name for column in COLUMNS)
_DAY = 86_400_000_000
_AMOUNTS = {"won": "won_amount_home", "lost": "lost_amount_home", "open": "open_amount_home"}


@dataclass(frozen=True)
class CasesAsked:
    """Which of the cases are listed, in which order: a page of them, by one of their columns."""

    sort: str = "created_at"
    order: Literal["asc", "desc"] = "desc"
    limit: int = 50
    offset: int = 0


def case_records(
    metrics: Metrics, query: JourneysQuery, found: JourneyLog, chosen: NDArray[np.bool_], asked: CasesAsked
) -> Records:
    """Return the chosen cases (a truth each) of the log of a query as records; QuestionError for no such column.

    A journey is shown as its deal where it has one, else as its lead: that is what can be opened. Its amount is what
    it was won, lost or stands open for; its days go from the first event to the last.
    """
    sort = _column(asked.sort, NAMES)
    names, entity = _names(metrics, query.scope), query.entity
    told = records(found.cases)
    took = _days(found)
    rows = [_row(told[place], float(took[place]), names, entity) for place in np.flatnonzero(chosen).tolist()]
    ordered = _ordered(rows, sort, descending=asked.order == "desc")
    page = ordered[asked.offset : asked.offset + asked.limit]
    return Records(
        metric="",
        part="",
        parts=(),
        entity="lead" if entity == "lead" else "deal",
        columns=COLUMNS,
        rows=local_rows(page, COLUMNS, ZoneInfo(metrics.company.zone)),
        total=len(rows),
        limit=asked.limit,
        offset=asked.offset,
        data_version=found.data_version,
    )


def log_records(log: EventLog, chosen: NDArray[np.bool_], asked: CasesAsked, zone: str, version: str) -> Records:
    """Return the chosen cases (a truth each) of another process's log as records; QuestionError for no such column.

    Nothing is known of a case but its name, how many events it has, and when the first and the last were.
    """
    names = tuple(column.name for column in LOG_COLUMNS)
    sort = _column(asked.sort, names)
    firsts, lasts = log.first[:-1], log.first[1:] - 1
    rows: list[Row] = [
        {
            "id": log.cases[place],
            "url": None,
            "title": log.cases[place],
            "events": int(log.lengths[place]),
            "created_at": _utc(int(log.at[firsts[place]])),
            "closed_at": _utc(int(log.at[lasts[place]])),
            "days": round(float(log.at[lasts[place]] - log.at[firsts[place]]) / _DAY, 1),
        }
        for place in np.flatnonzero(chosen & (log.lengths > 0)).tolist()
    ]
    ordered = _ordered(rows, sort, descending=asked.order == "desc")
    return Records(
        metric="",
        part="",
        parts=(),
        entity="case",
        columns=LOG_COLUMNS,
        rows=local_rows(ordered[asked.offset : asked.offset + asked.limit], LOG_COLUMNS, ZoneInfo(zone)),
        total=len(rows),
        limit=asked.limit,
        offset=asked.offset,
        data_version=version,
    )


def _column(name: str, names: Sequence[str]) -> str:
    """Return the column to sort by; QuestionError where there is none of the name."""
    sort = name or CasesAsked.sort
    if sort not in names:
        raise QuestionError(
            f"These records have no column: {sort}", do=did_you_mean(sort, names) or f"There are {', '.join(names)}"
        )
    return sort


def _utc(micros: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(microseconds=micros)  # noqa: DTZ001 - UTC without a zone, as in the lake


def _row(case: Row, days: float, names: dict[object, object], entity: str) -> Row:
    kind = "lead" if entity == "lead" or case["deal_id"] is None else "deal"
    key = case["lead_id"] if kind == "lead" else case["case_id"] if entity == "deal" else case["deal_id"]
    return {
        "entity": kind,
        "id": key,
        "url": case["url"],
        "title": case["title"] or str(key).partition(":")[2],
        "employee_id": case["employee_id"],
        "employee": names.get(case["employee_id"], case["employee_id"]),
        "amount": case[_AMOUNTS[str(case["outcome"])]] if str(case["outcome"]) in _AMOUNTS else None,
        "outcome": case["outcome"],
        "created_at": case["created_at"],
        "closed_at": case["closed_at"],
        "days": None if np.isnan(days) else round(days, 1),
    }


def _names(metrics: Metrics, scope: Scope) -> dict[object, object]:
    found = records(metrics.rows("dim_employee", scope, columns=("employee_id", "name")))
    return {row["employee_id"]: row["name"] or row["employee_id"] for row in found}


def _days(found: JourneyLog) -> NDArray[np.float64]:
    """Return the days from the first event to the last; NaN of a case without events."""
    log, filled = found.log, found.log.lengths > 0
    took = np.full(len(filled), np.nan)
    took[filled] = (log.at[log.first[1:][filled] - 1] - log.at[log.first[:-1][filled]]) / _DAY
    return took


def _ordered(rows: Sequence[Row], sort: str, *, descending: bool) -> list[Row]:
    """Return rows in order; unknown values stand last both ways, equal ones by their ids."""
    by_id = sorted(rows, key=lambda row: str(row["id"]))
    known = [row for row in by_id if row[sort] is not None]
    return [
        *sorted(known, key=lambda row: _comparable(row[sort]), reverse=descending),
        *(row for row in by_id if row[sort] is None),
    ]


def _comparable(value: object) -> float | str:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.lower() if isinstance(value, str) else float(value)  # type: ignore[arg-type]
