"""The choke point: figures, the records behind them and rows are had only here, and none without a scope."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from threading import Lock
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import arro3.core as arrow

from voronka.domain.errors import QuestionError, RetryError, did_you_mean
from voronka.domain.fragments import NOW
from voronka.domain.period import Counted, Period, bucket_label, bucket_start
from voronka.domain.scope import Scope
from voronka.lake.engine import Engine
from voronka.metrics.answer import PREVIOUS, Answer, LeftOut, Row, blank, records, shape, sorted_rows
from voronka.metrics.cache import AnswerCache
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.compiler import Statement, compile_question
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import Dimension, Member
from voronka.metrics.journeys import Journeys, JourneysQuery, JourneyTables, steps_statement
from voronka.metrics.kept_sums import OFTEN, KeptSums
from voronka.metrics.loaded import LoadedFacts, without_missing
from voronka.metrics.process_titles import ProcessTitles
from voronka.metrics.question import Filter, Query
from voronka.metrics.reach import NEVER, Reach, without_ended
from voronka.metrics.records import Part, RecordList, Records, RecordsQuery, local_rows
from voronka.metrics.resolve import PLAN_PARTS, MemberIds, Question, Wanted, resolve
from voronka.metrics.search import Found, SearchQuery, found
from voronka.metrics.sql import Parameters, select, union
from voronka.metrics.table_rows import NAMED, TableRows
from voronka.metrics.turnover import Turnover, Window

__all__ = ["Answer", "Computation", "Computed", "Filter", "Metrics", "MetricsCompany", "Query"]

T = TypeVar("T")

_TRIES = 3
_LARGE = 4
"""How many large things made of the present data are kept: a log of 1.3 million events is some 60 MB."""

FORECAST = "forecast"
"""The computation that answers the forecasts of all metrics."""


@dataclass(frozen=True)
class MetricsCompany:
    """What an answer needs to know of the company; `today` is asked once per question.

    `now` (UTC without a zone) is the moment up to which the data are known, None: the end of today. With `data_may_end`
    days after the last event of all are not known, nor is a metric on days after its records stopped coming. `titles`
    are asked for with each path or funnel.
    """

    currency: str
    today: Callable[[], date]
    zone: str = "UTC"
    now: Callable[[], datetime] | None = None
    titles: Callable[[], ProcessTitles] = ProcessTitles
    data_may_end: bool = False


Number = float | Decimal | None
"""A value of an analysis: money that is summed exactly is a Decimal, unknown is None."""


@dataclass(frozen=True)
class Computed:
    """An analysis' answer: values by metric, per row and in all.

    A row's key has a value per name in `by`: a member's id, a plain value, a bucket as written (2026-03).
    """

    totals: Mapping[str, Number]
    rows: Mapping[tuple[object, ...], Mapping[str, Number]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()


Computation = Callable[[Sequence[str], Query, "Metrics"], Computed]
"""Answers computed metrics: their names, the query, and the way to the rows."""


class _ChangedMeanwhileError(Exception):
    """A build ended, or definitions changed, while an answer was put together."""


class Metrics:
    """Answers questions over one company's lake."""

    def __init__(  # noqa: PLR0913 - each has a name
        self,
        engine: Engine,
        catalogue: Catalogue,
        company: MetricsCompany,
        computed: Mapping[str, Computation] | None = None,
        cache: AnswerCache[Answer] | None = None,
        *,
        often: int = OFTEN,
    ) -> None:
        """Stand on an engine and a catalogue; `computed` are the analyses by the name definitions call them.

        What adds up of a fact is kept by day once more than `often` questions asked for it.
        """
        self.catalogue = catalogue
        self.company = company
        self._engine = engine
        self._computed = dict(computed or {})
        self._cache = cache or AnswerCache()
        self._splits: tuple[str, frozenset[tuple[str, str]]] | None = None
        self._settled: tuple[tuple[str, str], Catalogue] | None = None
        self._statements: AnswerCache[Statement] = AnswerCache()
        self._turnovers: AnswerCache[arrow.Table] = AnswerCache(16)
        self._made: AnswerCache[Any] = AnswerCache(_LARGE)
        self._small: AnswerCache[Any] = AnswerCache()
        self._sums = KeptSums(engine, often)
        self.loaded = LoadedFacts(engine)
        self._reach = Reach(engine, company.zone, may_end=company.data_may_end)
        self._lock = Lock()

    def query(self, query: Query) -> Answer:
        """Return the answer to a query; QuestionError where it cannot be answered as asked.

        RetryError where the data change again and again before it is done.
        """
        today = self.company.today()

        def answered(version: str) -> Answer:
            defined = self.catalogue.fingerprint
            key = (version, defined, query.key(), today)
            return self._cache.get(key, lambda: self._unchanged(self._answer(query, today, version), version, defined))

        return self._of_one_version(answered).copied()

    def settled(self, version: str = "") -> Catalogue:
        """Return the catalogue in the variants that the data of a version allow, the present one by default."""
        version = version or self._engine.data_version()
        with self._lock:
            known = self.catalogue
            if self._settled is None or self._settled[0] != (version, known.fingerprint):
                found = known.settled(lambda leaf: self.loaded.is_known(leaf, self.company.today(), version))
                self._settled = ((version, known.fingerprint), found)
            return self._settled[1]

    def explain(self, query: Query) -> str:
        """Return the SQL of a query, its parameters named above it, for people to read.

        QuestionError where an analysis answers any of it: there is no one statement of that.
        """
        question = self._question(query, self.company.today(), self._engine.data_version())
        computed = next((wanted.name for wanted in question.wanted if wanted.is_computed), None)
        if computed:
            message = f"{computed} is worked out by an analysis, not by one statement"
            raise QuestionError(message, do="`voronka metrics explain METRIC` says how")
        statement = compile_question(question, self._engine.columns)
        named = [f"-- ${name} = {value!r}" for name, value in self._with_now(statement).items()]
        return "\n".join([*named, statement.sql])

    def records(self, asked: RecordsQuery) -> Records:
        """Return the rows that a metric counts; QuestionError where it cannot be asked so.

        They pass the same filters, period and scope as the figure. `total` is their number: the figure itself where the
        metric counts rows, unless records are split between people; then the shares add up to it.
        """
        today = self.company.today()

        def answered(version: str) -> Records:
            defined = self.catalogue.fingerprint
            return self._unchanged(self._records(asked, today, version), version, defined)

        return self._of_one_version(answered)

    def search(self, asked: SearchQuery) -> list[Found]:
        """Return what is found of people, clients, deals and leads that the scope may see, at most 20."""
        today = self.company.today()

        def answered(version: str) -> list[Found]:
            return self._unchanged(found(asked, today, self._executed), version, self.catalogue.fingerprint)

        return self._of_one_version(answered)

    def rows(  # noqa: PLR0913 - the parts of one SELECT, each with a name
        self,
        table: str,
        scope: Scope,
        where: Mapping[str, object] | None = None,
        columns: Sequence[str] = (),
        *,
        period: Period | None = None,
        axis: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> arrow.Table:
        """Return rows of a core table that the scope may see.

        `where` is column -> value, None (not given) or a sequence of these. A fact is seen by who owned the row on
        `axis` (its main one by default), and `period` is of that axis. `columns` in the order asked; all by default.
        """
        wanted = TableRows(table, scope, self.company.today(), where or {}, columns, period, axis)
        return self._executed(wanted.statement(limit, offset))

    def turnover(
        self,
        base: str,
        query: Query,
        windows: Sequence[Window],
        told: Literal["sums", "accounts", "lifetimes"] = "sums",
    ) -> arrow.Table:
        """Return what accounts bought in each window (at least one), by the query's cuts beside time.

        `base` is a metric that sums purchases; filters, scope and owner are the query's. `window_no` is the place of a
        row's window; the columns are those of the statement of this name in `Turnover`.
        """
        asked = replace(query, metrics=(base,), compare=None, hidden=True)

        def answered(version: str) -> arrow.Table:
            defined = self.catalogue.fingerprint
            question = self._question(asked, self.company.today(), version)
            wanted = Turnover(question, question.catalogue.leaves(base)[0], windows)
            statements = {"sums": wanted.sums, "accounts": wanted.accounts, "lifetimes": wanted.lifetimes}
            key = (version, question.key(), tuple(windows), told)  # portfolios and retention ask for the same
            found = self._turnovers.get(key, lambda: self._executed(statements[told]()))
            return self._unchanged(found, version, defined)

        return self._of_one_version(answered)

    def kept(self, key: Hashable, make: Callable[[], T], *, is_small: bool = False) -> T:
        """Return what is made of the present data under a key that tells it whole, not made again while they stand.

        For what is dear to make; of what is large the few used last are kept, of what is small many.
        """
        cache = self._small if is_small else self._made

        def answered(version: str) -> T:
            defined = self.catalogue.fingerprint
            made: T = cache.get((version, defined, key), lambda: self._unchanged(make(), version, defined))
            return made

        return self._of_one_version(answered)

    def journeys(self, asked: JourneysQuery, columns: Sequence[str] = ()) -> arrow.Table:
        """Return the cases asked for, a row each, in the order of `place` (0, 1 ...): as they began.

        They have a place, a `case_id` and the `columns`, by default all: of them employee_id, team_id and role say
        whose the case is, then or now as asked.
        """
        return self._executed(self._journeys(asked).cases(columns))

    def events(self, asked: JourneysQuery, columns: Sequence[str] = ()) -> arrow.Table:
        """Return the events of the cases asked for: by their `place`, then in the order in which they happened.

        Each has step_number, happened_at (UTC) and happened_working_clock (seconds), and the `columns` of fct_events.
        """
        return self._executed(self._journeys(asked).events(columns))

    def journey_tables(
        self, asked: JourneysQuery, of_cases: Sequence[str] = (), of_events: Sequence[str] = ()
    ) -> JourneyTables:
        """Return cases, events (with these columns) and steps, all of one version of the data."""

        def answered(version: str) -> JourneyTables:
            defined = self.catalogue.fingerprint
            cases, events = self.journeys(asked, of_cases), self.events(asked, of_events)
            found = JourneyTables(cases, events, self._executed(steps_statement()), version, self.company.titles())
            return self._unchanged(found, version, defined)

        return self._of_one_version(answered)

    def _journeys(self, asked: JourneysQuery) -> Journeys:
        known = self._engine.execute(select(["DISTINCT pipeline_id"], "dim_stage")) if asked.pipeline else None
        pipelines = [str(row["pipeline_id"]) for row in records(known)] if known else []
        return Journeys(asked, sorted(pipelines), self._member_ids(asked.query))

    def close(self) -> None:
        """Give the engine's memory back."""
        self._engine.close()

    def _of_one_version(self, answered: Callable[[str], T]) -> T:
        """Return an answer all of which is of the version that it names, though builds end meanwhile."""
        for _ in range(_TRIES):
            with suppress(_ChangedMeanwhileError):
                return answered(self._engine.data_version())
        raise RetryError("the data change faster than they are read", do="Try again in a minute")

    def _unchanged(self, found: T, version: str, defined: str) -> T:
        """Return what was found of this version by these definitions; what may be of two is neither given nor kept."""
        if (self._engine.data_version(), self.catalogue.fingerprint) != (version, defined):
            raise _ChangedMeanwhileError
        return found

    def _answer(self, query: Query, today: date, version: str) -> Answer:
        question = self._question(query, today, version)
        self._check_computed(question)
        answer = shape(question, self._executed(self._compiled(question, version)), version)
        for name, wanted in self._computed_metrics(question).items():
            answer = self._with_computed(answer, question, name, wanted)
        answer = without_missing(answer, question, lambda leaf: self.loaded.missing(leaf, version))
        until = self.known_until()

        def ended(leaf: Metric) -> date | None:
            given = not self.loaded.missing(leaf, version)
            return self._reach.ended(leaf, today, until, version) if given else NEVER

        return without_ended(answer, question, ended)

    def _records(self, asked: RecordsQuery, today: date, version: str) -> Records:
        wanted = RecordList(asked, self._question(asked.query, today, version), self._engine.columns)
        counted, page = (self._executed(statement) for statement in (wanted.counted(), wanted.page()))
        return Records(
            metric=asked.metric,
            part=wanted.part.name,
            parts=tuple(Part(metric.name, metric.title) for metric in wanted.parts),
            entity=wanted.kind.entity,
            columns=wanted.columns,
            rows=local_rows(records(page), wanted.columns, ZoneInfo(self.company.zone)),
            total=int(str(records(counted)[0]["total"])),
            limit=asked.limit,
            offset=asked.offset,
            data_version=version,
        )

    def _question(self, query: Query, today: date, version: str) -> Question:
        question = resolve(query, self.settled(version), today, self._member_ids(query))
        known = self._reach.counted(today, self.known_until(), version)
        question = replace(question, splits=self._split_axes(version), known=known)
        needs_start = query.period is None and question.time_cut is not None
        held = next((leaf.fact for leaf in question.leaves if leaf.is_as_of), None) if needs_start else None
        if held is None or held.holds is None:
            return question
        found = records(self._engine.execute(select([f"min({held.holds[0]}) AS first"], held.fact)))[0]["first"]
        return replace(question, first_day=found if isinstance(found, date) else None)

    def _compiled(self, question: Question, version: str) -> Statement:
        """Return the statement of a question; kept, since the same pages are asked again when new data came."""
        sums = self._sums.of(question, version)
        key = (question.key(), tuple(sorted(each.name for each in sums.tables)))
        return self._statements.get(key, lambda: compile_question(question, self._engine.columns, sums))

    def _executed(self, statement: Statement) -> arrow.Table:
        return self._engine.execute(statement.sql, self._with_now(statement), statement.standing)

    def _with_now(self, statement: Statement) -> Mapping[str, object]:
        """Return a statement's parameters; the moment is put in last: the statement is kept for the next version."""
        if f"${NOW}" not in statement.sql:
            return statement.parameters
        return {**statement.parameters, NOW: self.known_until()}

    def counted(self) -> Counted:
        """Return up to when days count in comparisons and in what is due by now."""
        return self._reach.counted(self.company.today(), self.known_until(), self._engine.data_version())

    def known_until(self) -> datetime:
        """Return the moment (UTC without a zone) up to which the data are known."""
        if self.company.now is not None:
            return self.company.now()
        last = datetime.combine(self.company.today(), time.max, ZoneInfo(self.company.zone))
        return last.astimezone(UTC).replace(tzinfo=None)

    def _split_axes(self, version: str) -> frozenset[tuple[str, str]]:
        """Return which entities are split on which axes; asked once per version of the data."""
        with self._lock:
            if self._splits is None or self._splits[0] != version:
                found = records(self._engine.execute(select(["DISTINCT entity, axis"], "split_credit")))
                self._splits = (version, frozenset((str(row["entity"]), str(row["axis"])) for row in found))
            return self._splits[1]

    def _member_ids(self, query: Query) -> MemberIds:
        def ids(dimension: Dimension, values: Sequence[str | None]) -> tuple[str | None, ...]:
            if dimension.member is None:
                return tuple(values)
            named = self._ids_of(
                dimension, dimension.member, [each for each in values if each is not None], query.scope
            )
            found = [known for value in values for known in ([None] if value is None else named[value])]
            return tuple(dict.fromkeys(found))

        return ids

    def _ids_of(
        self, dimension: Dimension, member: Member, values: Sequence[str], scope: Scope
    ) -> Mapping[str, Sequence[str]]:
        """Return for each value the ids of the members with this id, or this name in whatever case."""
        parameters = Parameters()
        given = f"(SELECT unnest({parameters.add(list(values))}) AS given) AS v"
        same = (f"m.{member.key} = v.given", f"lower(m.{member.name}) = lower(v.given)")
        sql = union(
            [select(["v.given", f"m.{member.key} AS id"], f"{given}\nJOIN {member.table} AS m ON {on}") for on in same]
        )
        found: dict[str, set[str]] = {}
        for row in records(self._engine.execute(sql, parameters.values)) if values else []:
            found.setdefault(str(row["given"]), set()).add(str(row["id"]))
        for value in values:
            if value not in found and not (scope.all_rows or member.table in NAMED):
                found[value] = {value}  # nobody's: whether another has such a client is not to be told from the refusal
            if value not in found:
                message = f"No such {dimension.name}: {value}"
                raise QuestionError(message, do=self._nearest(member, value) if scope.all_rows else "")
        return {value: sorted(ids) for value, ids in found.items()}

    def _nearest(self, member: Member, value: str) -> str:
        told = member.key if member.is_told_by_id else member.name
        sql = select([f"DISTINCT {told} AS name"], member.table, where=[f"{told} IS NOT NULL"])
        return did_you_mean(value, [str(row["name"]) for row in records(self._engine.execute(sql))])

    def _computed_metrics(self, question: Question) -> dict[str, list[Wanted]]:
        found: dict[str, list[Wanted]] = {}
        for wanted in question.wanted:
            if wanted.is_computed:
                found.setdefault(FORECAST if wanted.is_forecast else wanted.metric.analysis, []).append(wanted)
        return found

    def _check_computed(self, question: Question) -> None:
        for name, wanted in self._computed_metrics(question).items():
            if name not in self._computed:
                message = f"{wanted[0].name} needs an analysis that is not available: {name}"
                raise QuestionError(message)
            planned = next((each.name for each in wanted if each.part in PLAN_PARTS), None)
            if planned:
                message = f"An analysis has no plan: {planned}"
                raise QuestionError(message)

    def _with_computed(self, answer: Answer, question: Question, name: str, wanted: Sequence[Wanted]) -> Answer:
        names = [each.name for each in wanted]
        now = self._computed[name](names, replace(question.query, compare=None), self)
        answer = self._merged(answer, question, now, "")
        if question.earlier is None:
            return answer
        before = replace(question.query, compare=None, period=question.earlier.period)
        earlier = against_later(question, self._computed[name](names, before, self))
        return self._merged(answer, question, earlier, PREVIOUS)

    def _merged(self, answer: Answer, question: Question, computed: Computed, suffix: str) -> Answer:
        """Return the answer with an analysis' values put into its rows, rows it lacked added."""
        totals = answer.totals | _suffixed(computed.totals, suffix)
        told = tuple(dict.fromkeys((*answer.left_out, *computed.left_out)))
        answer = replace(answer, left_out=told)
        if not question.cuts:
            return replace(answer, rows=[dict(totals)], totals=totals)
        by_key = {tuple(row[cut.key] for cut in question.cuts): row for row in answer.rows}
        lacking = [key for key in computed.rows if key not in by_key]
        by_key |= dict(zip(lacking, self._new_rows(question, lacking), strict=True))
        for key, values in computed.rows.items():
            by_key[key] |= _suffixed(values, suffix)
        return replace(answer, rows=sorted_rows(question, list(by_key.values())), totals=totals)

    def _new_rows(self, question: Question, keys: Sequence[tuple[object, ...]]) -> list[Row]:
        """Return rows that know nothing but their place: names of members are asked for together."""
        rows: list[Row] = [{} for _ in keys]
        for cut, places in zip(question.cuts, zip(*keys, strict=True), strict=False):
            member = cut.dimension.member if cut.dimension else None
            names = self._names_of(member, places) if member else {}
            for row, place in zip(rows, places, strict=True):
                row |= {cut.name: names.get(place, place), cut.key: place}
        nothing = [blank(question, wanted) for wanted in question.wanted]
        for row in rows:
            for values in nothing:
                row.update(values)
        return rows

    def _names_of(self, member: Member, ids: Sequence[object]) -> dict[object, object]:
        parameters = Parameters()
        among = f"{member.key} IN (SELECT unnest({parameters.add(sorted({str(each) for each in ids if each}))}))"
        columns = [f"{member.key} AS id", f"min({member.name}) AS name"]
        sql = select(columns, member.table, where=[among], group=member.key)
        found = records(self._engine.execute(sql, parameters.values))
        return {row["id"]: row["name"] or row["id"] for row in found}


def against_later(question: Question, earlier: Computed) -> Computed:
    """Return an earlier period's values with every bucket of time as the later one that it stands against."""
    period, cut, compared = question.query.period, question.time_cut, question.earlier
    if period is None or cut is None or cut.grain is None or compared is None:
        return earlier
    grain, place = cut.grain, question.cuts.index(cut)
    stands = {
        bucket_label(bucket.start, grain): bucket_label(bucket_start(compared.day_against(bucket.last), grain), grain)
        for bucket in period.buckets(grain)
    }
    rows = {
        (*key[:place], later, *key[place + 1 :]): values
        for key, values in earlier.rows.items()
        for later, before in stands.items()
        if key[place] == before
    }
    return replace(earlier, rows=rows)


def _suffixed(values: Mapping[str, Number], suffix: str) -> Row:
    return {name + suffix: value for name, value in values.items()}
