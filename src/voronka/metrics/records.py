"""The records behind a figure: the very rows that a metric counts, found by the same conditions, a page at a time."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.model import tables
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.metrics.branches import condition_of, period_conditions
from voronka.metrics.compiler import Statement, with_today
from voronka.metrics.definition import AS_OF, Metric
from voronka.metrics.dimensions import DIMENSIONS, Member, Title
from voronka.metrics.holdings import ends, span_of
from voronka.metrics.question import Filter, Owner, Query
from voronka.metrics.record_columns import CLIENT, RECORDS, SHARE, RecordColumn, RecordKind, Shown
from voronka.metrics.resolve import Question
from voronka.metrics.rowsource import Rows
from voronka.metrics.sql import Parameters, quoted, select, with_queries

__all__ = ["Part", "RecordColumn", "Records", "RecordsQuery"]

Order = Literal["asc", "desc"]

NO_TEXT = "CAST(NULL AS TEXT)"
"""Nothing, of a type that a small answer is made of without being planned twice."""

CLIENT_IDS = {"account_id": "account", "contact_id": "contact"}
"""What names a client, the first that is known; then the number."""


@dataclass(frozen=True, kw_only=True)
class RecordsQuery:
    """Asks for the rows that a metric counts; `part` is the base metric under a formula, the first by default.

    `sort` is one of the columns shown; by default the time by which the metric counts.
    """

    metric: str
    scope: Scope
    part: str = ""
    where: tuple[Filter, ...] = ()
    period: Period | None = None
    owner: Owner = "then"
    limit: int = 50
    offset: int = 0
    sort: str = ""
    order: Order = "desc"

    @property
    def query(self) -> Query:
        """Return the question whose figure this is."""
        return Query(metrics=(self.metric,), scope=self.scope, where=self.where, period=self.period, owner=self.owner)


@dataclass(frozen=True)
class Part:
    """A base metric under the one asked for."""

    name: str
    title: Title


@dataclass(frozen=True)
class Records:
    """A page of records, and how many there are; times are local ones of the company without a zone.

    A row has `id` and `url` (None where there is none) and a value per column; one with a member also `<column>_id`,
    the client also `account_id` and `contact_id`.
    """

    metric: str
    part: str
    parts: tuple[Part, ...]
    entity: str
    columns: tuple[RecordColumn, ...]
    rows: list[Row]
    total: int
    limit: int
    offset: int
    data_version: str


@dataclass(frozen=True)
class RecordList:
    """Writes the statements of one question about records."""

    asked: RecordsQuery
    question: Question
    columns_of: Callable[[str], Collection[str]]
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def parts(self) -> tuple[Metric, ...]:
        """Return the base metrics under the one asked for."""
        return self.question.catalogue.leaves(self.question.wanted[0].metric.name)

    @property
    def part(self) -> Metric:
        """Return the base metric whose records are asked for."""
        if self.question.wanted[0].part != "fact":
            what = "A forecast" if self.question.wanted[0].is_forecast else "A plan"
            message = f"{what} has no records: {self.asked.metric}"
            raise QuestionError(message, do=f"Ask for {self.question.wanted[0].metric.name}")
        found = {metric.name: metric for metric in self.parts}
        name = self.asked.part or next(iter(found))
        if name not in found:
            message = f"{self.asked.metric} has no part: {name}"
            raise QuestionError(message, do=did_you_mean(name, found) or f"It stands on {', '.join(found)}")
        if found[name].subject is None:
            message = f"{name} is made of other metrics and has no records of its own"
            raise QuestionError(message, do="Ask for those of one of them")
        return found[name]

    @property
    def kind(self) -> RecordKind:
        """Return what the records are."""
        fact = self.part.fact.fact
        if fact not in RECORDS:
            message = f"{self.part.name} has no records to show: {fact}"
            raise QuestionError(message)
        return RECORDS[fact]

    @property
    def rows(self) -> Rows:
        """Return how the rows of the part are spoken of."""
        subject = self.part.fact
        return Rows(self.question, subject, self.part.axis or subject.axis, self.parameters)

    @property
    def shows_shares(self) -> bool:
        """Say whether some of these records are split between people."""
        has_share = "share" in self._columns(self.part.fact.fact)
        split_states = bool(self.part.is_as_of and self.question.splits and has_share)
        return self.rows.is_split or split_states

    @property
    def columns(self) -> tuple[RecordColumn, ...]:
        """Return the columns that a row has."""
        shown = tuple(each.column for each in self.kind.columns)
        return (*shown, SHARE) if self.shows_shares else shown

    def counted(self) -> Statement:
        """Return the statement that says how many there are."""
        if self.shows_shares:  # a record split between people is one of them
            return self._statement([("found", self._found())], select(["count(*) AS total"], "found"))
        return self._statement([], select(["count(*) AS total"], self.rows.table(), where=self._conditions()))

    def page(self) -> Statement:
        """Return the statement of the rows; names are looked up for the page alone, unless it is sorted by them."""
        shown = next((each for each in self.kind.columns if each.name == self._sort), None)
        named = [shown] if shown and (shown.member or shown.name == CLIENT) else []
        by = self._name(shown) if shown and named else f"f.{quoted(self._sort)}"
        cut = f"LIMIT {int(self.asked.limit)} OFFSET {int(self.asked.offset)}"
        page = select(["f.*", f"{by} AS sorted_by"], _joined("found AS f", named), more=f"{self._order(by)}\n{cut}")
        columns = ["f.id", "f.url"]
        for each in self.kind.columns:
            ids = [each.key] if each.member else list(CLIENT_IDS) if each.name == CLIENT else []
            columns += [f"f.{quoted(name)}" for name in ids]
            columns.append(f"{self._name(each)} AS {quoted(each.name)}")
        columns += ['f."share"'] if self.shows_shares else []
        source = _joined("page AS f", [each for each in self.kind.columns if each.member or each.name == CLIENT])
        final = select(columns, source, more=self._order("f.sorted_by"))
        return self._statement([("found", self._found()), ("page", page)], final)

    def _statement(self, queries: Sequence[tuple[str, str]], final: str) -> Statement:
        sql = with_queries(queries, final)
        return Statement(sql, with_today(sql, self.parameters, self.question.today))

    @property
    def _sort(self) -> str:
        names = [column.name for column in self.columns]
        if self.asked.sort and self.asked.sort not in names:
            message = f"These records have no column: {self.asked.sort}"
            raise QuestionError(message, do=did_you_mean(self.asked.sort, names) or f"There are {', '.join(names)}")
        own = f"{self.part.axis}_at"
        return self.asked.sort or (own if own in names else self.kind.sort)

    def _order(self, by: str) -> str:
        direction = "DESC" if self.asked.order == "desc" else "ASC"
        rest = ["id"] if self.kind.key else [each.key for each in self.kind.columns]
        return f"ORDER BY {by} {direction} NULLS LAST, " + ", ".join(f"f.{quoted(name)}" for name in rest)

    def _found(self) -> str:
        """Return the rows that the figure counts, as ids and values; a record split between people is one of them."""
        rows, kind = self.rows, self.kind
        url = "f.url" if kind.has_url and not kind.home else ("r.url" if kind.home else NO_TEXT)
        columns = [f"{f'f.{kind.key}' if kind.key else NO_TEXT} AS id", f"{url} AS url"]
        columns += [f"{sql} AS {quoted(name)}" for name, sql in self._values().items()]
        more = ""
        if self.shows_shares:
            share = "coalesce(credit.share, 1)" if rows.is_split else "coalesce(f.share, 1)"
            window = f"OVER (PARTITION BY f.{kind.key})"
            columns.append(f'sum({share}) {window} AS "share"')
            first = f"PARTITION BY f.{kind.key} ORDER BY {share} DESC, {rows.owner}"
            more = f"QUALIFY row_number() OVER ({first}) = 1"
        return select(columns, self._source(), where=self._conditions(), more=more)

    def _values(self) -> dict[str, str]:
        """Return what is read from the fact by the name under which a row holds it."""
        found: dict[str, str] = {}
        for each in self.kind.columns:
            if each.name == CLIENT:
                known = {*self._columns(self.part.fact.fact), *self._columns(self.kind.home)}
                ids = [name for name in (*CLIENT_IDS, "client_phone") if name in known]
                found |= {name: self._column(name) for name in ids}
                found |= {name: "NULL" for name in (*CLIENT_IDS, "client_phone") if name not in known}
            elif each.owned:
                found[each.key] = self.rows.column(DIMENSIONS[each.name])
            else:
                found[each.key] = self._column(each.source)
            if each.name == "stage":
                found["pipeline_id"] = self._column("pipeline_id")
        return found

    def _columns(self, table: str) -> set[str]:
        return {column.name for column in tables()[table].columns} if table else set()

    def _column(self, name: str) -> str:
        return f"f.{name}" if name in self._columns(self.part.fact.fact) else f"r.{name}"

    def _source(self) -> str:
        source = self.rows.table()
        if self.kind.home:
            source += f"\nLEFT JOIN {self.kind.home} AS r ON r.{self.kind.key} = f.{self.kind.key}"
        return source

    def _conditions(self) -> list[str]:
        part, rows = self.part, self.rows
        if part.is_as_of:
            at = self.parameters.add(ends(self.question)[0].at)
            begin, until = span_of(rows)
            of_period, day = [f"{begin} <= {at}", f"{at} < {until}"], at
        else:
            of_period, day = period_conditions(rows, [part], self.columns_of(part.fact.fact)), rows.day
        own = condition_of(part, rows)
        told_by = part.fragment.columns if part.fragment and part.verb in _OF_KNOWN else ()
        known = [f"({part.fragment.sql}) IS NOT NULL"] if part.fragment and told_by and AS_OF not in told_by else []
        known += [f"f.{name} IS NOT NULL" for name in told_by if AS_OF in told_by and name != AS_OF]
        return [*of_period, *rows.conditions(day), *([own] if own else []), *known]

    def _name(self, each: Shown) -> str:
        if each.name == CLIENT:
            return "coalesce(client_account.name, client_contact.name, f.client_phone)"
        named = f"m_{each.name}.{each.member.name}" if each.member else f"f.{quoted(each.name)}"
        if each.instead:
            own = f"f.{quoted(each.instead)}"
            return f"coalesce({named}, substr({own}, strpos({own}, ':') + 1))"
        return f"coalesce({named}, f.{quoted(each.key)})" if each.member else named


_OF_KNOWN = ("average", "median", "count_distinct")
"""The verbs that pass over rows without a value."""


def local_rows(rows: Sequence[Row], columns: Sequence[RecordColumn], zone: ZoneInfo) -> list[Row]:
    """Return the rows with their times (UTC without a zone) as local ones, and as days where only the day is shown."""
    times = [column.name for column in columns if column.kind == "time"]
    days = [column.name for column in columns if column.kind == "day"]
    return [
        row | {name: _local(row[name], zone) for name in times} | {name: _day(row[name], zone) for name in days}
        for row in rows
    ]


def _local(moment: object, zone: ZoneInfo) -> datetime | None:
    if not isinstance(moment, datetime):
        return None
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _day(value: object, zone: ZoneInfo) -> object:
    """Return the day of a moment; what is a day already stays as it is."""
    moment = _local(value, zone)
    return moment.date() if moment else value


def _joined(source: str, shown: Sequence[Shown]) -> str:
    """Return a source with the tables that name its members."""
    for each in shown:
        if each.name == CLIENT:
            source += "".join(
                f"\nLEFT JOIN dim_{name} AS client_{name} ON client_{name}.{key} = f.{key}"
                for key, name in CLIENT_IDS.items()
            )
        elif each.member:
            source += _named(each, each.member)
    return source


def _named(each: Shown, member: Member) -> str:
    alias = f"m_{each.name}"
    pipeline = f" AND {alias}.pipeline_id = f.pipeline_id" if each.name == "stage" else ""
    return f"\nLEFT JOIN {member.table} AS {alias} ON {alias}.{member.key} = f.{quoted(each.key)}{pipeline}"
