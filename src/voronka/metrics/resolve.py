"""Turns a query into names that are checked: metrics found, cuts and filters known to every fact, scope allowed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.period import GRAINS, Counted, Earlier, Grain, Period
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Metric, Subject
from voronka.metrics.dimensions import DIMENSIONS, Dimension, dimension_of
from voronka.metrics.question import Query

Part = Literal["fact", "plan", "covered", "attainment", "pace", "forecast", "forecast_low", "forecast_high"]
PLAN_PARTS: tuple[Part, ...] = ("plan", "covered", "attainment", "pace")
FORECAST_PARTS: tuple[Part, ...] = ("forecast", "forecast_low", "forecast_high")
PARTS: tuple[Part, ...] = (*PLAN_PARTS, *FORECAST_PARTS)
"""What can be asked of a metric beside itself."""
PLAN_CUTS = ("employee", "team")

ENTITIES = {"fct_deals": ("deal", "deal_id"), "fct_leads": ("lead", "lead_id")}
"""The facts whose records can be split between people: what `split_credit` calls them, and their id."""

MemberIds = Callable[[Dimension, Sequence[str | None]], tuple[str | None, ...]]
"""Finds the ids of members by id or name; refuses values nobody has."""


@dataclass(frozen=True)
class Cut:
    """One thing to cut by: a dimension or a grain of time; `key` is the column rows are grouped by."""

    name: str
    key: str
    dimension: Dimension | None = None
    grain: Grain | None = None


@dataclass(frozen=True)
class Condition:
    """A filter whose members are found: rows of the dimension with any of these ids or values."""

    dimension: Dimension
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Wanted:
    """One name asked for: a metric, or its plan, attainment, pace or forecast."""

    name: str
    metric: Metric
    part: Part = "fact"

    @property
    def is_forecast(self) -> bool:
        """Say whether it is the estimate of the period's end, or a bound of it."""
        return self.part in FORECAST_PARTS

    @property
    def is_computed(self) -> bool:
        """Say whether an analysis answers it, not the statement."""
        return self.metric.verb == "computed" or self.is_forecast


@dataclass(frozen=True)
class Question:
    """A query that was found answerable, with all its names resolved."""

    query: Query
    catalogue: Catalogue
    wanted: tuple[Wanted, ...]
    cuts: tuple[Cut, ...]
    conditions: tuple[Condition, ...]
    today: date
    splits: frozenset[tuple[str, str]] = frozenset()
    first_day: date | None = None
    known: Counted | None = None

    @property
    def counted(self) -> Counted:
        """Return up to when days count, all of today where nothing else is said."""
        return self.known or Counted(self.today)

    @cached_property
    def earlier(self) -> Earlier | None:
        """Return the period compared with, and how its days stand against this one's."""
        query = self.query
        return self.counted.earlier(query.period, query.compare) if query.period and query.compare else None

    def key(self) -> tuple[object, ...]:
        """Return what is equal for questions that are asked of the tables in the same words, whatever is in them."""
        fingerprint, splits = self.catalogue.fingerprint, tuple(sorted(self.splits))
        days = (self.today, self.first_day, self.known)
        return fingerprint, self.query.key(), repr(self.conditions), splits, days

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the periods asked about: none, this one, or this one and the earlier one; their order is the slot."""
        found = (self.query.period, self.earlier.period if self.earlier else None)
        return tuple(period for period in found if period)

    @property
    def slots(self) -> tuple[int, ...]:
        """Return the slots of the answer: 0 is this period (or all time), 1 the earlier one."""
        return (0, 1) if self.earlier else (0,)

    @property
    def time_cut(self) -> Cut | None:
        """Return the cut by time, where there is one."""
        return next((cut for cut in self.cuts if cut.grain), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names of the columns rows are grouped by."""
        return tuple(cut.key for cut in self.cuts)

    @cached_property
    def leaves(self) -> tuple[Metric, ...]:
        """Return the base metrics under everything asked, each once."""
        facts = [wanted.metric for wanted in self.wanted if wanted.part != "plan" and not wanted.is_computed]
        found = [leaf for metric in facts for leaf in self.catalogue.leaves(metric.name) if leaf.is_base]
        return tuple(dict.fromkeys(found))

    @property
    def planned(self) -> tuple[Metric, ...]:
        """Return the metrics whose plans are asked for, each once."""
        return tuple(dict.fromkeys(wanted.metric for wanted in self.wanted if wanted.part in PLAN_PARTS))

    @property
    def measured(self) -> tuple[Metric, ...]:
        """Return the metrics that are set against their plans, each once."""
        parts = [part for part in PLAN_PARTS if part != "plan"]
        return tuple(dict.fromkeys(wanted.metric for wanted in self.wanted if wanted.part in parts))

    def split(self, subject: Subject, axis: str) -> tuple[str, str] | None:
        """Return what `split_credit` calls the records and their id column, where some are split on this axis."""
        entity = ENTITIES.get(subject.fact)
        return entity if entity and (entity[0], axis) in self.splits else None


def resolve(query: Query, catalogue: Catalogue, today: date, member_ids: MemberIds) -> Question:
    """Return the question behind a query; QuestionError says which name is unknown or which metric lacks a cut."""
    if not query.metrics:
        message = "No metric was asked for"
        raise QuestionError(message, do="Name at least one")
    if query.compare and not query.period:
        message = "A comparison needs a period"
        raise QuestionError(message, do="Give its first and last day")
    wanted = tuple(wanted_of(name, catalogue, hidden=query.hidden) for name in dict.fromkeys(query.metrics))
    cuts = tuple(_cut(name, wanted, catalogue) for name in dict.fromkeys(query.by))
    if sum(cut.grain is not None for cut in cuts) > 1:
        message = f"Time is cut once: {', '.join(cut.name for cut in cuts if cut.grain)}"
        raise QuestionError(message)
    for filter_ in query.where:
        _check_dimension(filter_.dimension, wanted, catalogue)
    _check_plans(query, wanted)
    _check_forecasts(query, wanted)
    _check_scope(query, wanted, catalogue)
    conditions = tuple(
        Condition(dimension, member_ids(dimension, filter_.values))
        for filter_ in query.where
        for dimension in [_dimension(filter_.dimension, wanted, catalogue)]
    )
    return Question(query, catalogue, wanted, cuts, conditions, today)


def wanted_of(name: str, catalogue: Catalogue, *, hidden: bool = False) -> Wanted:
    """Return what a name asks for; QuestionError for a name of nothing. `hidden`: parts of formulas have names too."""
    if hidden and name in catalogue.metrics:
        return Wanted(name, catalogue.metrics[name])
    if name not in catalogue.names:
        for part in PARTS:
            stem = name.removesuffix(f"_{part}")
            if stem != name and stem in catalogue.names:
                return Wanted(name, catalogue.metric(stem), part)
    return Wanted(name, catalogue.metric(name))


def _cut(name: str, wanted: Sequence[Wanted], catalogue: Catalogue) -> Cut:
    if name in GRAINS:
        return Cut(name, name, grain=name)
    _check_dimension(name, wanted, catalogue)
    dimension = _dimension(name, wanted, catalogue)
    return Cut(name, dimension.key, dimension=dimension)


def _dimension(name: str, wanted: Sequence[Wanted], catalogue: Catalogue) -> Dimension:
    if name in DIMENSIONS:
        return DIMENSIONS[name]
    facts = [leaf.subject.fact for each in wanted for leaf in catalogue.leaves(each.metric.name) if leaf.subject]
    found = next((dimension for fact in facts if (dimension := dimension_of(name, fact))), None)
    if found is None:
        raise _unknown(name, wanted, catalogue)
    return found


def _unknown(name: str, wanted: Sequence[Wanted], catalogue: Catalogue) -> QuestionError:
    message = f"Unknown dimension: {name}"
    first = wanted[0].metric.name
    cuts = ", ".join((*GRAINS, *catalogue.dimensions_of(first)))
    hint = did_you_mean(name, (*_all_dimensions(catalogue), *GRAINS))
    return QuestionError(message, do=hint or f"{first} can be cut by {cuts}")


def _check_dimension(name: str, wanted: Sequence[Wanted], catalogue: Catalogue) -> None:
    if name in GRAINS:
        message = f"Time is not filtered as a dimension: {name}"
        raise QuestionError(message, do="Give the period's first and last day")
    having = [each.name for each in wanted if name in catalogue.dimensions_of(each.metric.name)]
    lacking = [each.name for each in wanted if each.name not in having]
    if not lacking:
        return
    if name not in _all_dimensions(catalogue):
        raise _unknown(name, wanted, catalogue)
    message = f"{', '.join(lacking)} cannot be cut by {name}"
    first = wanted[0].metric.name
    possible = f"{first} can be cut by {', '.join((*GRAINS, *catalogue.dimensions_of(first)))}"
    raise QuestionError(message, do=f"Of the metrics asked, {', '.join(having)} can" if having else possible)


def _all_dimensions(catalogue: Catalogue) -> set[str]:
    return {name for metric in catalogue.listed() for name in catalogue.dimensions_of(metric.name)}


def _check_plans(query: Query, wanted: Sequence[Wanted]) -> None:
    planned = [each.name for each in wanted if each.part in PLAN_PARTS]
    dimensions = [name for name in query.by if name not in GRAINS]
    strange = [name for name in (*dimensions, *(f.dimension for f in query.where)) if name not in PLAN_CUTS]
    if planned and (strange or len(dimensions) > 1):
        message = f"{', '.join(planned)} cannot be cut by {', '.join(strange or dimensions)}"
        raise QuestionError(message, do="Plans are of an employee, a team or the company, and of time")


def _check_forecasts(query: Query, wanted: Sequence[Wanted]) -> None:
    name = next((each.name for each in wanted if each.is_forecast), None)
    if name is None:
        return
    if query.period is None:
        message = f"{name} is of a period's end"
        raise QuestionError(message, do="Give its first and last day")
    if query.compare or any(cut in GRAINS for cut in query.by):
        message = f"{name} is neither compared nor cut by time"
        raise QuestionError(message, do="Ask for each period by itself")


def _check_scope(query: Query, wanted: Sequence[Wanted], catalogue: Catalogue) -> None:
    if query.scope.sees_unowned:
        return
    for each in wanted:
        for leaf in catalogue.leaves(each.metric.name):
            if leaf.subject and not is_owned(leaf.subject):
                message = f"{each.name} stands on {leaf.subject.fact}, which belongs to no employee"
                raise QuestionError(message, do="It is for those who see the whole company's rows")


def is_owned(subject: Subject) -> bool:
    """Say whether the fact's rows belong to employees."""
    return subject.table.owned or subject.holds is not None
