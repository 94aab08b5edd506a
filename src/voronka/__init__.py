"""Voronka: what a sales team does, what it brings, where the sales system leaks and what to change."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from voronka import bootstrap
from voronka.domain.errors import QuestionError, VoronkaError
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.query import Answer, Filter, Metrics, Query
from voronka.metrics.question import merged

__all__ = ["Answer", "Company", "Filter", "Metrics", "Period", "Query", "Scope", "Span", "VoronkaError", "open_company"]


class Company:
    """A company's figures. It sees a build that finishes while it is open."""

    def __init__(self, folder: Path, metrics: Metrics) -> None:
        self.folder = folder
        self.metrics = metrics

    def query(  # noqa: PLR0913 - the parts of a question, each with a name
        self,
        *metrics: str | Sequence[str],
        by: str | Sequence[str] = (),
        where: Mapping[str, str | Sequence[str | None] | None] | str | Sequence[str] | None = None,
        period: tuple[date | str, date | str] | Period | None = None,
        compare: Literal["previous", "year"] | None = None,
        owner: Literal["then", "now"] = "then",
        scope: Scope | None = None,
        intervals: bool = False,
    ) -> Answer:
        """Return the answer: `rows` as dicts, `totals`, `columns` with titles and units, `left_out`.

        metrics and by: names, or one list of them. where: a value, None for "not given", or several of them, by
        dimension; or texts such as "team=West", as on the command line. period: first and last day, both
        inside, as dates or ISO text; all time where it is not given. scope: whose rows; all of them where it is not
        given, since whoever opens the folder can read the files. Raises QuestionError where it cannot be answered.
        """
        asked = Query(
            metrics=tuple(name for given in metrics for name in _names(given, "a metric")),
            scope=scope or Scope.everything(),
            by=_names(by, "a dimension"),
            where=_filters(where),
            period=_period(period),
            compare=compare,
            owner=owner,
            intervals=intervals,
        )
        return self.metrics.query(asked)

    def close(self) -> None:
        """Give the engine's memory back."""
        self.metrics.close()

    def __enter__(self) -> Self:
        """Return the company itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the company."""
        self.close()


def open_company(folder: str | Path | None = None) -> Company:
    """Open a company's folder (default: VORONKA_COMPANY, else the current one) for questions.

    Warns where one of its own metric files is broken, so that the last good definitions hold.
    """
    found = bootstrap.folder_of(None if folder is None else str(folder))
    metrics = bootstrap.metrics(found)
    if metrics.catalogue.notice:
        warnings.warn(metrics.catalogue.notice, stacklevel=2)
    return Company(found, metrics)


def _names(given: object, what: str) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    for name in names:
        if not isinstance(name, str):
            raise QuestionError(f"not the name of {what}: {name!r}", do="Give names, or one list of them")
    return names


def _filters(where: object) -> tuple[Filter, ...]:
    if not where:
        return ()
    if isinstance(where, Mapping):
        return tuple(Filter(name, _values(name, values)) for name, values in where.items())
    return merged(Filter.parse(text) for text in _names(where, "a filter"))


def _values(name: object, values: object) -> tuple[str | None, ...]:
    found = tuple(values) if isinstance(values, Iterable) and not isinstance(values, str) else (values,)
    if not isinstance(name, str) or not all(value is None or isinstance(value, str) for value in found):
        raise QuestionError(f"not a filter: {name}: {values!r}", do='Write where={"team": "West"}, values as text')
    return found


def _period(period: object) -> Period | None:
    if period is None or isinstance(period, Period):
        return period
    days = tuple(period) if isinstance(period, Iterable) and not isinstance(period, str) else ()
    if len(days) != 2:  # noqa: PLR2004 - its first and its last day
        raise QuestionError(f"not a period: {period}", do='Write period=("2026-01-01", "2026-03-31")')
    first, last = (_day(day) for day in days)
    if last < first:
        raise QuestionError(f"the period ends before it begins: {first} to {last}")
    return Period(first, last)


def _day(day: object) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(str(day))
    except ValueError as fault:
        raise QuestionError(f"not a day: {day}", do="Write it as 2026-01-31") from fault
