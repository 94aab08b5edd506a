"""What is asked: metrics, cuts, filters, a period, and on whose behalf."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from voronka.domain.errors import QuestionError
from voronka.domain.period import Comparison, Period
from voronka.domain.scope import Scope

Owner = Literal["then", "now"]
"""Whose a record is: of who owned it when it happened, or of who owns it now."""


@dataclass(frozen=True)
class Filter:
    """Rows of one dimension: any of the values (ids or names of a member); None is "not given"."""

    dimension: str
    values: tuple[str | None, ...]

    @classmethod
    def parse(cls, text: str) -> "Filter":
        """Return the filter written as `dim=value`, `dim=one,other` or `dim=` (not given)."""
        dimension, equals, values = text.partition("=")
        if not equals or not dimension.strip():
            message = f"Not a filter: {text}"
            raise QuestionError(message, do="Write dimension=value")
        return cls(dimension.strip(), tuple(value.strip() or None for value in values.split(",")))


def merged(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """Return filters of which those of one dimension are one: any of their values."""
    values: dict[str, list[str | None]] = {}
    for each in filters:
        values.setdefault(each.dimension, []).extend(each.values)
    return tuple(Filter(name, tuple(dict.fromkeys(found))) for name, found in values.items())


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question to the metrics. No period means all time; the scope has no default on purpose.

    With `hidden` the unlisted parts of formulas may be asked for too: it is for analyses.
    """

    metrics: tuple[str, ...]
    scope: Scope
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    period: Period | None = None
    compare: Comparison | None = None
    owner: Owner = "then"
    intervals: bool = False
    hidden: bool = False

    def key(self) -> tuple[object, ...]:
        """Return what is equal for equal questions: a part of the cache key."""
        filters = tuple((each.dimension, tuple(each.values)) for each in self.where)
        shape = (tuple(self.metrics), tuple(self.by), filters, self.period)
        return (*shape, self.compare, self.owner, self.intervals, self.hidden, self.scope.key())
