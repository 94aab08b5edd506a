"""Cases of the company's own process (journeys, leads, deals), each seen whole or not at all, and their events.

A case is seen whole, whoever did what in it, by those in whose scope any part of its ownership lies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import arro3.core as arrow

from voronka.domain.errors import OurMistakeError, QuestionError, did_you_mean
from voronka.domain.model import tables
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.compiler import Statement
from voronka.metrics.dimensions import DIMENSIONS, OWNER_COLUMNS, Dimension
from voronka.metrics.process_titles import ProcessTitles
from voronka.metrics.question import Filter, Owner, Query
from voronka.metrics.resolve import Condition, MemberIds
from voronka.metrics.rowsource import among, is_always, merged_spans, span_rows, typed_value, weekday_of
from voronka.metrics.sql import Parameters, quoted, select, with_queries

Entity = Literal["journey", "lead", "deal"]
"""What a case is: a lead with its deals (or a deal of no lead), a lead until its deals, or one deal."""

Kind = Literal["created", "stage", "owner", "activity", "change", "closed", "payment"]
"""The sorts of events: a field's change that is neither the stage's nor the owner's is a `change`."""

USUAL: tuple[Kind, ...] = ("stage", "owner", "activity", "payment")
"""The kinds that make a path: what is made and closed tells little more than stages, other fields are bookkeeping."""

AXES = ("created", "closed")

FILTERS = (
    *("employee", "team", "role", "channel", "campaign", "account", "contact", "product", "pipeline", "stage"),
    *("segment", "temperature", "is_target", "outcome", "loss_reason", "kind", "hour", "weekday"),
)
"""The dimensions by which cases may be chosen."""

EVENT = ("place", "step_number", "happened_at", "happened_working_clock")
"""The columns that every event has."""


@dataclass(frozen=True, kw_only=True)
class JourneysQuery:
    """Asks for cases and their events; no period means all time, the scope has no default on purpose.

    The period is of the day on which a case was `created` or `closed`, and so is whose it is (`owner`: "now" for whose
    it is at present). With a `pipeline` the cases are those with a record or a stage in it, and events of other
    pipelines are left out.
    """

    scope: Scope
    where: tuple[Filter, ...] = ()
    period: Period | None = None
    axis: str = "created"
    owner: Owner = "then"
    entity: str = "journey"
    kinds: tuple[str, ...] = USUAL
    pipeline: str = ""

    @property
    def query(self) -> Query:
        """Return the same filters as those of a question of no metric."""
        return Query(metrics=(), scope=self.scope, where=self.where, period=self.period, owner=self.owner)


@dataclass(frozen=True)
class JourneyTables:
    """What `Metrics.journeys` and `.events` give, and `dim_step`, all of one version of the data; with titles."""

    journeys: arrow.Table
    events: arrow.Table
    steps: arrow.Table
    data_version: str
    titles: ProcessTitles


CASE = (
    *("number", "lead_id", "deal_id", "title", "created_at", "closed_at", "outcome", "loss_reason"),
    *("account_id", "contact_id", "channel_id", "campaign_id", "product_id", "segment", "temperature", "is_target"),
    *("lead_pipeline_id", "pipeline_id", "stage_id", "won_amount_home", "open_amount_home", "lost_amount_home", "url"),
)
"""The columns that every case has beside its place, its id and whose it is."""


@dataclass(frozen=True)
class _Source:
    """Where the cases of an entity stand: in a fact `f`, joined with their journeys `j` where it is another one."""

    fact: str
    key: str
    order: str
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> str:
        """Return what follows FROM."""
        joined = "\nJOIN fct_journeys AS j ON j.journey_id = f.journey_id"
        return f"{self.fact} AS f" + ("" if self.fact == "fct_journeys" else joined)

    def column(self, name: str) -> tuple[str, str] | None:
        """Return the expression and the type of a column; what the case itself does not know its journey does."""
        if name in self.own:
            return self.own[name], "TEXT"
        for alias, fact in (("f", self.fact), ("j", "fct_journeys")):
            kinds = {column.name: column.type for column in tables()[fact].columns}
            if name in kinds:
                return f"{alias}.{name}", kinds[name]
        return None

    def expression(self, name: str) -> str:
        """Return the expression of a column that every case has."""
        found = self.column(name)
        if found is None:
            raise OurMistakeError(f"{self.fact} and its journeys have no {name}")
        return found[0]


_SOURCES: Mapping[str, _Source] = {
    "journey": _Source("fct_journeys", "journey_id", "f.number"),
    "lead": _Source("fct_leads", "lead_id", "j.number", {"lead_pipeline_id": "f.pipeline_id"}),
    "deal": _Source(
        "fct_deals",
        "deal_id",
        "j.number, f.created_at NULLS LAST, f.deal_id",
        {
            "won_amount_home": "CASE WHEN f.outcome = 'won' THEN f.amount_home ELSE 0 END",
            "open_amount_home": "CASE WHEN f.outcome = 'open' THEN f.amount_home ELSE 0 END",
            "lost_amount_home": "CASE WHEN f.outcome = 'lost' THEN f.amount_home ELSE 0 END",
        },
    ),
}


@dataclass(frozen=True)
class Journeys:
    """Writes one statement, of cases or of events, its names checked; `pipelines` are those there are.

    QuestionError where a name is of nothing.
    """

    asked: JourneysQuery
    pipelines: Sequence[str]
    member_ids: MemberIds
    parameters: Parameters = field(default_factory=Parameters)

    def __post_init__(self) -> None:
        _known("case", self.asked.entity, get_args(Entity))
        _known("time of journeys", self.asked.axis, AXES)
        for kind in self.asked.kinds:
            _known("kind of event", kind, get_args(Kind))
        if not self.asked.kinds:
            message = "No kind of event was asked for"
            raise QuestionError(message, do=f"There are {', '.join(get_args(Kind))}")
        if self.asked.pipeline:
            _known("pipeline", self.asked.pipeline, self.pipelines)
        for each in self.asked.where:
            _known("dimension of journeys", each.dimension, FILTERS)

    def cases(self, columns: Sequence[str] = ()) -> Statement:
        """Return the statement of the cases, in the order of `place`: as they began.

        `columns` are those wanted beside the place and the id, all by default.
        """
        found = {name: self._of.expression(name) for name in CASE}
        found |= {part: self._owner(part) for part in OWNER_COLUMNS.values()}
        for name in columns:
            _known("column of journeys", name, tuple(found))
        named = [f"{found[name]} AS {quoted(name)}" for name in dict.fromkeys(columns or found)]
        named = [f"{self._place} AS {quoted('place')}", f"f.{self._of.key} AS {quoted('case_id')}", *named]
        sql = select(named, self._of.tables, where=self._conditions(), more=f"ORDER BY {quoted('place')}")
        return Statement(f"{sql}\n", self.parameters.values)

    def events(self, columns: Sequence[str] = ()) -> Statement:
        """Return the statement of the events, case by case in the order in which they happened.

        `columns` are more ones of fct_events.
        """
        known = [column.name for column in tables()["fct_events"].columns]
        for name in columns:
            _known("column of events", name, known)
        key = ["f.deal_id"] if self.asked.entity == "deal" else []
        columns_of_case = [f"{self._number} AS number", *key, f"{self._place} AS place"]
        chosen = select(columns_of_case, self._of.tables, where=self._conditions())
        named = ["c.place", *(f"e.{name}" for name in dict.fromkeys((*EVENT[1:], *columns)))]
        on = "e.number = c.number" + (" AND e.deal_id = c.deal_id" if key else "")
        source = f"cases AS c\nJOIN fct_events AS e ON {on}"
        final = select(named, source, where=self._of_events(), more="ORDER BY c.place, e.position")
        return Statement(with_queries([("cases", chosen)], final), self.parameters.values)

    @property
    def _of(self) -> _Source:
        return _SOURCES[self.asked.entity]

    @property
    def _number(self) -> str:
        return self._of.expression("number")

    @property
    def _place(self) -> str:
        return f"row_number() OVER (ORDER BY {self._of.order}) - 1"

    @property
    def _axis(self) -> str:
        """Return the prefix of the axis' columns: a lead is closed when its journey is."""
        fact = "f" if self.asked.axis in tables()[self._of.fact].axes else "j"
        return f"{fact}.{self.asked.axis}"

    def _owner(self, part: str) -> str:
        return f"f.{part}" if self.asked.owner == "now" and part != "role" else f"{self._axis}_{part}"

    def _conditions(self) -> list[str]:
        found = ["f.deleted_at IS NULL"]
        if self.asked.period:
            first, last = (self.parameters.add(day) for day in (self.asked.period.first, self.asked.period.last))
            found += [f"{self._axis}_day >= {first}", f"{self._axis}_day <= {last}"]
        found += [self._filter(each) for each in self.asked.where]
        if self.asked.pipeline:
            found.append(self._in_pipeline())
        return [*found, *self._scope()]

    def _filter(self, filter_: Filter) -> str:
        dimension = DIMENSIONS[filter_.dimension]
        column, kind = self._column(dimension)
        condition = Condition(dimension, self.member_ids(dimension, filter_.values))
        values = [typed_value(dimension, value, kind) for value in condition.values if value is not None]
        return among(column, values, self.parameters, with_missing=None in condition.values)

    def _column(self, dimension: Dimension) -> tuple[str, str]:
        """Return the expression of a dimension and its type; what the case itself does not know its journey does."""
        if dimension.timed:
            day = f"{self._axis}_day"
            return (weekday_of(day) if dimension.name == "weekday" else f"{self._axis}_hour"), "INTEGER"
        if dimension.owned:
            return self._owner(OWNER_COLUMNS[dimension.name]), "TEXT"
        found = self._of.column(dimension.column)
        if found:
            return found
        message = f"A {self.asked.entity} cannot be chosen by {dimension.name}"
        raise QuestionError(message)

    def _in_pipeline(self) -> str:
        pipeline = self.parameters.add(self.asked.pipeline)
        key = "deal_id" if self.asked.entity == "deal" else "number"
        more = " AND e.deal_id IS NULL" if self.asked.entity == "lead" else ""
        met = f"SELECT e.{key} FROM fct_events AS e WHERE e.pipeline_id = {pipeline}{more}"
        return f"{self._of.expression(key)} IN ({met})"

    def _of_events(self) -> list[str]:
        found = [f"e.kind IN ({self.parameters.listed(self.asked.kinds)})"]
        if self.asked.entity == "lead":
            found.append("e.deal_id IS NULL")
        if self.asked.pipeline:
            found.append(f"(e.pipeline_id IS NULL OR e.pipeline_id = {self.parameters.add(self.asked.pipeline)})")
        return found

    def _scope(self) -> list[str]:
        """Return what a limited scope demands: a part of the case's ownership by an employee on days of their span."""
        if self.asked.scope.all_rows:
            return []
        spans = merged_spans(self.asked.scope.spans)
        if not spans:
            return ["FALSE"]
        always = sorted({span.employee_id for span in spans if is_always(span)})
        bounded = [span for span in spans if not is_always(span)]
        ways = [f"o.employee_id IN ({self.parameters.listed(always)})"] if always else []
        if bounded:
            rows = span_rows(bounded, self.parameters)
            match = "s.employee_id = o.employee_id AND o.from_day < s.valid_to AND s.valid_from < o.to_day"
            ways.append(f"EXISTS (SELECT 1 FROM {rows} WHERE {match})")
        seen = " OR ".join(ways)
        if self.asked.entity == "journey":
            return [f"f.number IN (SELECT o.number FROM fct_journey_owners AS o WHERE {seen})"]
        entity = self.parameters.add(self.asked.entity)
        owned = f"SELECT o.entity_id FROM fct_journey_owners AS o WHERE o.entity = {entity} AND ({seen})"
        return [f"f.{self._of.key} IN ({owned})"]


def steps_statement() -> Statement:
    """Return the statement of the steps there are, in their order."""
    columns = [quoted(column.name) for column in tables()["dim_step"].columns]
    return Statement(select(columns, "dim_step", more=f"ORDER BY {quoted('step_number')}"), {})


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        message = f"Unknown {what}: {name}"
        raise QuestionError(message, do=did_you_mean(name, names) or f"There are {', '.join(names)}")
