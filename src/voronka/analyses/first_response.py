"""How fast new leads are answered: the median of working minutes, the leads that nobody answered included.

A mean over answered leads praises whoever answers one lead quickly and forgets nine. Here a lead without a response
is a wait that is not over: it is censored at the present moment, and the median is the Kaplan-Meier one (survival.py).
It is unknown until half have been answered.

A lead whose source reported only a delay (`first_response_seconds` without `first_response_at`) is counted with that
delay, in calendar minutes: when it was answered is not known, so nights and weekends cannot be taken out of it.
A lead with neither a time of creation nor a delay is left out. A response dated before the lead took no time, one
dated after the present moment has not come yet. A date before the working calendar begins is an empty one that the
source writes as a year long past. A lead split between people stands with its owner: a response is one
deed and is not shared.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from voronka.analyses.survival import Wait, median_wait
from voronka.domain.errors import QuestionError
from voronka.domain.model import tables
from voronka.domain.period import GRAINS, Grain, bucket_label, bucket_start
from voronka.domain.scope import Scope
from voronka.domain.working_time import WorkingTime
from voronka.metrics.answer import Row, records
from voronka.metrics.dimensions import OWNER_COLUMNS, Dimension, Member, dimension_of
from voronka.metrics.query import Computation, Computed, Metrics
from voronka.metrics.question import Filter, Query
from voronka.metrics.rowsource import TRUE_WORDS

MEDIAN = "first_response_median"
LEADS = "fct_leads"
AXIS = "created"
CREATED, RESPONDED, DELAY, DAY = "created_at", "first_response_at", "first_response_seconds", f"{AXIS}_day"
MINUTE = 60.0


def first_response(zone: ZoneInfo, hours: tuple[time, time], clock: Callable[[], datetime]) -> Computation:
    """Return the computation `first_response`: of a company's zone, its local hours and a clock (UTC, without a zone).

    Which days are working ones is read from `dim_calendar`.
    """

    def compute(_names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
        _check(query)
        leads, now = _leads(query, metrics), clock()
        calendar = _calendar(metrics, query.scope, now) if leads else {}
        working = WorkingTime(zone, hours, lambda day: calendar.get(day, False))
        first = min(calendar, default=date.max)
        waits = [(lead, wait) for lead in leads if (wait := _wait(lead, working, first, now))]
        groups: dict[tuple[object, ...], list[Wait]] = {}
        parts = [_part(name, query) for name in dict.fromkeys(query.by)]
        for lead, wait in waits:
            groups.setdefault(tuple(part(lead) for part in parts), []).append(wait)
        rows = {key: {MEDIAN: median_wait(group)} for key, group in groups.items()} if query.by else {}
        return Computed({MEDIAN: median_wait(wait for _, wait in waits)}, rows)

    return compute


def _check(query: Query) -> None:
    if query.owner == "now" and not query.scope.all_rows:
        # Metrics.rows shows a limited scope the rows of who owned them then; those owned now would be a part of them
        message = f"{MEDIAN} by who owns the leads now is for those who see the whole company's rows"
        raise QuestionError(message, do="Ask by who owned them then")


def _leads(query: Query, metrics: Metrics) -> list[Row]:
    """Return the leads that the query is about: of its period, in its scope, passing its filters, not deleted."""
    names = [name for name in (*query.by, *(f.dimension for f in query.where)) if name not in GRAINS]
    cuts = [_column(_dimension(name), query) for name in names]
    columns = tuple(dict.fromkeys((CREATED, RESPONDED, DELAY, DAY, *cuts)))
    found = metrics.rows(LEADS, query.scope, {"deleted_at": None}, columns, period=query.period, axis=AXIS)
    wanted = [(_column(_dimension(f.dimension), query), _values(f, metrics)) for f in query.where]
    return [lead for lead in records(found) if all(lead[column] in values for column, values in wanted)]


def _dimension(name: str) -> Dimension:
    found = dimension_of(name, LEADS)
    if found is None:
        message = f"{MEDIAN} cannot be cut by {name}"
        raise QuestionError(message)
    return found


def _column(dimension: Dimension, query: Query) -> str:
    """Return the column of a dimension; the owner's ones are of then or of now, a role is always of then."""
    if not dimension.owned:
        return dimension.column
    part = OWNER_COLUMNS[dimension.name]
    has_present = part in {column.name for column in tables()[LEADS].columns}
    return part if query.owner == "now" and has_present else f"{AXIS}_{part}"


def _values(filter_: Filter, metrics: Metrics) -> set[object]:
    """Return what a column may hold to pass the filter: ids of members, truth, or the values as written."""
    dimension = _dimension(filter_.dimension)
    given = {value for value in filter_.values if value is not None}
    missing = {None} if None in filter_.values else set()
    if dimension.member:
        return {*_ids(dimension.member, given, metrics), *missing}
    kinds = {column.name: column.type for column in tables()[LEADS].columns}
    if kinds.get(dimension.column) == "BOOLEAN":
        return {*(value.lower() in TRUE_WORDS for value in given), *missing}
    return {*given, *missing}


def _ids(member: Member, given: set[str], metrics: Metrics) -> set[str]:
    """Return the ids of the members with these ids or names.

    Names are looked up among all, as `Metrics.query` does: they only choose among leads that are in scope already.
    """
    names = {value.lower() for value in given}
    found = records(metrics.rows(member.table, Scope.everything(), columns=(member.key, member.name)))
    return {str(row[member.key]) for row in found if row[member.key] in given or str(row[member.name]).lower() in names}


def _calendar(metrics: Metrics, scope: Scope, now: datetime) -> dict[date, bool]:
    """Return which days are working ones; QuestionError where the calendar does not reach the present."""
    found = records(metrics.rows("dim_calendar", scope, columns=("day", "is_working")))
    days = {row["day"]: row["is_working"] is True for row in found if isinstance(row["day"], date)}
    if not days or max(days) < now.date():
        message = f"the working calendar ends on {max(days)}" if days else "the working calendar is empty"
        raise QuestionError(message, do="Run `voronka build`")
    return days


def _wait(lead: Row, working: WorkingTime, first: date, now: datetime) -> Wait | None:
    created, responded, delay = lead[CREATED], lead[RESPONDED], lead[DELAY]
    if responded is None and isinstance(delay, int):
        return Wait(max(delay, 0) / MINUTE, happened=True)
    if not isinstance(created, datetime) or created.date() < first:
        return None
    if isinstance(responded, datetime) and first <= responded.date() and responded <= now:
        return Wait(working.seconds_between(created, responded) / MINUTE, happened=True)
    return Wait(working.seconds_between(created, now) / MINUTE, happened=False)


def _part(name: str, query: Query) -> Callable[[Row], object]:
    """Return what reads a lead's place in one cut: the id or value of a dimension, a bucket of time as written."""
    grain: Grain | None = next((each for each in GRAINS if each == name), None)
    column = DAY if grain else _column(_dimension(name), query)

    def read(lead: Row) -> object:
        value = lead[column]
        return bucket_label(bucket_start(value, grain), grain) if grain and isinstance(value, date) else value

    return read
