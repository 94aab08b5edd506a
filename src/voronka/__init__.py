"""Voronka: what a sales team does, what it brings, where the sales system leaks and what to change."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from voronka import bootstrap
from voronka.domain.errors import QuestionError, VoronkaError
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.query import Answer, Filter, Metrics, Query

__all__ = ["Answer", "Company", "Filter", "Metrics", "Period", "Query", "Scope", "Span", "VoronkaError", "open_company"]


class Company:
    """A company's figures. It sees a build that finishes while it is open."""

    def __init__(self, folder: Path, metrics: Metrics) -> None:
        self.folder = folder
        self.metrics = metrics

    def query(  # noqa: PLR0913 - the parts of a question, each with a name
        self,
        *metrics: str,
        by: Sequence[str] = (),
        where: Mapping[str, str | Sequence[str | None] | None] | None = None,
        period: tuple[date | str, date | str] | Period | None = None,
        compare: Literal["previous", "year"] | None = None,
        owner: Literal["then", "now"] = "then",
        scope: Scope | None = None,
        intervals: bool = False,
    ) -> Answer:
        """Return the answer: `rows` as dicts, `totals`, `columns` with titles and units, `left_out`.

        where: a value, None for "not given", or several of them, by dimension. period: first and last day, both
        inside, as dates or ISO text; all time where it is not given. scope: whose rows; all of them where it is not
        given, since whoever opens the folder can read the files. Raises QuestionError where it cannot be answered.
        """
        asked = Query(
            metrics=metrics,
            scope=scope or Scope.everything(),
            by=tuple(by),
            where=tuple(Filter(name, _values(values)) for name, values in (where or {}).items()),
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
    """Open a company's folder (default: VORONKA_COMPANY, else the current one) for questions."""
    found = bootstrap.folder_of(None if folder is None else str(folder))
    return Company(found, bootstrap.metrics(found))


def _values(values: str | Sequence[str | None] | None) -> tuple[str | None, ...]:
    return (values,) if values is None or isinstance(values, str) else tuple(values)


def _period(period: tuple[date | str, date | str] | Period | None) -> Period | None:
    if period is None or isinstance(period, Period):
        return period
    first, last = (_day(day) for day in period)
    if last < first:
        raise QuestionError(f"the period ends before it begins: {first} to {last}")
    return Period(first, last)


def _day(day: date | str) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as fault:
        raise QuestionError(f"not a day: {day}", do="Write it as 2026-01-31") from fault
