"""A question that is kept beside its answer, so that whoever sees a figure can ask for it alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voronka.domain.period import Comparison, Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Answer, LeftOut
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter, Query
from voronka.metrics.resolve import PARTS, PLAN_CUTS, PLAN_PARTS

NOT_BY = "cannot be cut by: "
"""What stands before the filter that a metric lacks, in the reason why it was left out."""


@dataclass(frozen=True)
class Ask:
    """A question without its asker; no period means all time."""

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    period: Period | None = None
    compare: Comparison | None = None

    def query(self, scope: Scope) -> Query:
        """Return the question of somebody who sees the scope."""
        return Query(
            metrics=self.metrics,
            scope=scope,
            by=self.by,
            where=self.where,
            period=self.period,
            compare=self.compare,
        )

    def narrowed(self, *filters: Filter) -> "Ask":
        """Return the question about fewer rows."""
        return replace(self, where=(*self.where, *filters))


@dataclass(frozen=True)
class Block:
    """A question and its answer."""

    ask: Ask
    answer: Answer

    def total(self, name: str) -> float | None:
        """Return a figure of the totals; None where it is unknown or was not asked."""
        return known(self.answer.totals.get(name))

    def lacks(self, metric: str) -> str:
        """Return why a metric is unknown, '' where nothing is told."""
        return next((item.reason for item in self.answer.left_out if item.metric == metric), "")


@dataclass(frozen=True)
class Asker:
    """Asks on somebody's behalf, under the filters of a page."""

    metrics: Metrics
    scope: Scope
    filters: tuple[Filter, ...] = ()

    def ask(
        self,
        *names: str,
        by: Sequence[str] = (),
        period: Period | None = None,
        compare: Comparison | None = None,
    ) -> Block:
        """Return the answer about metrics; one that lacks a filter of the page is left out, and told so."""
        lacking = {name: lack for name in names if (lack := self.lack(name))}
        asked = tuple(name for name in names if name not in lacking)
        ask = Ask(asked, tuple(by), self.filters, period, compare if period else None)
        told = tuple(LeftOut(name, NOT_BY + lack, 0) for name, lack in lacking.items())
        answer = self.metrics.query(ask.query(self.scope)) if asked else self._nothing()
        return Block(ask, replace(answer, left_out=(*answer.left_out, *told)) if told else answer)

    def lack(self, name: str) -> str:
        """Return the filter that a metric, or a metric's plan, cannot be cut by; '' where it can by all."""
        known_cuts = cuts_of(self.metrics, name)
        return next((each.dimension for each in self.filters if each.dimension not in known_cuts), "")

    def _nothing(self) -> Answer:
        today = self.metrics.company.today()
        return Answer((), [], {}, "", today)


def cuts_of(metrics: Metrics, name: str) -> tuple[str, ...]:
    """Return by what a name can be cut, time apart: a plan only by whom it was made for."""
    stem = stem_of(metrics, name)
    cuts = metrics.catalogue.dimensions_of(metrics.catalogue.metric(stem).name)
    is_plan = name.removeprefix(f"{stem}_") in PLAN_PARTS
    return tuple(cut for cut in PLAN_CUTS if cut in cuts) if is_plan else cuts


def can_be_planned(metrics: Metrics, name: str) -> bool:
    """Say whether a metric can have plans: what an analysis answers has none."""
    asked = metrics.catalogue.metric(name)
    return all(each.verb != "computed" for each in (asked, *metrics.catalogue.leaves(name)))


def stem_of(metrics: Metrics, name: str) -> str:
    """Return the metric that a name is about: `calls` of `calls_plan`."""
    if name in metrics.catalogue.names:
        return name
    stems = (name.removesuffix(f"_{part}") for part in PARTS if name.endswith(f"_{part}"))
    return next((stem for stem in stems if stem in metrics.catalogue.names), name)


def known(value: object) -> float | None:
    """Return a figure as a number to reckon with, None where it is unknown."""
    return None if value is None or isinstance(value, str) else float(value)  # type: ignore[arg-type]
