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

Working time is read, not worked out: the build keeps what the clock of working time showed when a lead came, and how
many working seconds later it was answered. Only the present moment is put on that clock here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from voronka.analyses.survival import Waits, median_wait
from voronka.domain.errors import QuestionError
from voronka.domain.model import tables
from voronka.domain.period import GRAINS, Grain, bucket_label, bucket_start
from voronka.domain.scope import Scope
from voronka.metrics.answer import Values, columns_of, records
from voronka.metrics.dimensions import OWNER_COLUMNS, Dimension, Member, dimension_of
from voronka.metrics.query import Computation, Computed, Metrics
from voronka.metrics.question import Filter, Query
from voronka.metrics.rowsource import TRUE_WORDS, timed_value

MEDIAN = "first_response_median"
LEADS = "fct_leads"
AXIS = "created"
DAY, HOUR = f"{AXIS}_day", f"{AXIS}_hour"
CAME, TOOK, DELAY, ANSWERED = (
    "created_working_clock",
    "first_response_working_seconds",
    "first_response_seconds",
    "is_answered",
)
MINUTE = 60.0


def first_response(zone: ZoneInfo, clock: Callable[[], datetime]) -> Computation:
    """Return the computation `first_response`: of a company's zone and a clock (UTC, without a zone).

    Which days are worked and when is read from `dim_calendar`.
    """

    def compute(_names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
        _check(query)
        leads = _leads(query, metrics)
        now = _working_clock(metrics, clock(), zone) if leads[CAME] else 0.0
        keys = [_keys(name, query, leads) for name in dict.fromkeys(query.by)]
        whole, groups = _waits(leads, list(zip(*keys, strict=True)), now)
        rows = {key: {MEDIAN: _minutes(waits)} for key, waits in groups.items()} if query.by else {}
        return Computed({MEDIAN: _minutes(whole)}, rows)

    return compute


def _waits(
    leads: Values, keys: Sequence[tuple[object, ...]], now: float
) -> tuple[Waits, Mapping[tuple[object, ...], Waits]]:
    """Return the waits of all leads, in seconds, and those of each group; without keys all are one group."""
    groups: dict[tuple[object, ...], Waits] = {}
    numbers = cast("Sequence[Sequence[int | None]]", [leads[name] for name in (CAME, TOOK, DELAY, ANSWERED)])
    for key, came, took, delay, answered in zip(keys or [()] * len(leads[CAME]), *numbers, strict=True):
        waits = groups.get(key)
        if waits is None:
            waits = groups[key] = Waits()
        if took is not None and came is not None:
            if came + took <= now:
                waits.ended.append(took)
            else:
                waits.censored.append(max(now - came, 0))
        elif answered and delay is not None:
            waits.ended.append(max(delay, 0))
        elif came is not None:
            waits.censored.append(max(now - came, 0))
    known = {key: waits for key, waits in groups.items() if waits.ended or waits.censored}
    whole = Waits(*([length for each in known.values() for length in lengths(each)] for lengths in _SIDES))
    return whole, known


_SIDES: tuple[Callable[[Waits], list[float]], ...] = (lambda waits: waits.ended, lambda waits: waits.censored)


def _minutes(waits: Waits) -> float | None:
    seconds = median_wait(waits)
    return None if seconds is None else seconds / MINUTE


def _check(query: Query) -> None:
    if query.owner == "now" and not query.scope.all_rows:
        # Metrics.rows shows a limited scope the rows of who owned them then; those owned now would be a part of them
        message = f"{MEDIAN} by who owns the leads now is for those who see the whole company's rows"
        raise QuestionError(message, do="Ask by who owned them then")


def _leads(query: Query, metrics: Metrics) -> Values:
    """Return the leads that the query is about: of its period, in its scope, passing its filters, not deleted."""
    cuts = [column for name in query.by for column in _read(name, query)]
    columns = tuple(dict.fromkeys((CAME, TOOK, DELAY, ANSWERED, *cuts)))
    where: dict[str, list[object]] = {"deleted_at": [None]}
    weekdays: list[set[object]] = []
    for each in query.where:
        if each.dimension == "weekday":
            weekdays.append(_values(each, metrics))
            columns = tuple(dict.fromkeys((*columns, DAY)))
        else:
            column, values = _column(_dimension(each.dimension), query), _values(each, metrics)
            where[column] = [value for value in values if value in where.get(column, values)]
    found = columns_of(metrics.rows(LEADS, query.scope, where, columns, period=query.period, axis=AXIS))
    if not weekdays:
        return found
    kept = [all(_weekday(day) in values for values in weekdays) for day in found[DAY]]
    return {
        name: [value for value, is_kept in zip(values, kept, strict=True) if is_kept] for name, values in found.items()
    }


def _read(name: str, query: Query) -> tuple[str, ...]:
    """Return the columns that a cut is told by."""
    return (DAY,) if name in GRAINS or name == "weekday" else (_column(_dimension(name), query),)


def _dimension(name: str) -> Dimension:
    found = dimension_of(name, LEADS)
    if found is None:
        message = f"{MEDIAN} cannot be cut by {name}"
        raise QuestionError(message)
    return found


def _column(dimension: Dimension, query: Query) -> str:
    """Return the column of a dimension; the owner's ones are of then or of now, a role is always of then."""
    if dimension.timed:
        return HOUR
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
    if dimension.timed:
        return {*(timed_value(dimension, value) for value in given), *missing}
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


def _working_clock(metrics: Metrics, now: datetime, zone: ZoneInfo) -> float:
    """Return what the clock of working time shows now; QuestionError where the calendar does not reach the present."""
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    columns = ("worked_before_seconds", "opens_at", "closes_at")
    found = records(metrics.rows("dim_calendar", Scope.everything(), {"day": today}, columns))
    if not found:
        days = [row["day"] for row in records(metrics.rows("dim_calendar", Scope.everything(), columns=("day",)))]
        last = max(days, key=str, default=None)
        message = f"the working calendar ends on {last}" if last else "the working calendar is empty"
        raise QuestionError(message, do="Run `voronka build`")
    before, opens, closes = (found[0][name] for name in columns)
    of_today = 0.0
    if isinstance(opens, datetime) and isinstance(closes, datetime):
        of_today = max((min(now, closes) - opens).total_seconds(), 0.0)
    return float(str(before)) + of_today


def _keys(name: str, query: Query, leads: Values) -> list[object]:
    """Return each lead's place in one cut: the id or value of a dimension, a bucket of time as written."""
    (column,) = _read(name, query)
    grain: Grain | None = next((each for each in GRAINS if each == name), None)
    if grain is None and name != "weekday":
        return leads[column]
    days = set(leads[column])
    written = {day: _weekday(day) if grain is None else _bucket(day, grain) for day in days}
    return [written[day] for day in leads[column]]


def _weekday(day: object) -> int | None:
    return day.isoweekday() if isinstance(day, date) else None


def _bucket(day: object, grain: Grain) -> str | None:
    return bucket_label(bucket_start(day, grain), grain) if isinstance(day, date) else None
