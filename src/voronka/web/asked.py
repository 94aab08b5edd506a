"""Reads what an address asks for: days, filters, a period; what cannot be read is told with how it is written."""

from datetime import date
from typing import Annotated, Any, Literal, TypedDict
from urllib.parse import quote

from fastapi import Query as Parameter
from fastapi import Response
from pydantic import BeforeValidator

from voronka.domain.errors import QuestionError
from voronka.domain.period import Comparison, Period
from voronka.metrics.question import Filter, merged

Language = Literal["ru", "en"]


class GivesFile(TypedDict):
    """What a route says of itself that answers with a file."""

    response_class: type[Response]
    responses: dict[int | str, dict[str, Any]]


CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_CSV, AS_XLSX = (GivesFile(response_class=Response, responses={200: {"content": {kind: {}}}}) for kind in (CSV, XLSX))
"""How a route says that it gives a file."""

REACH = date(1970, 1, 1), date(2100, 12, 31)
"""The days that may be asked about: beyond them a slip of the finger would be cut into a million buckets."""


def iso_day(text: object) -> object:
    """Return the day written as 2026-01-31; ValueError for any other text, and for days out of reach."""
    if not isinstance(text, str):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise ValueError(f"not a day: {text}. Write it as 2026-01-31") from fault
    if day.isoformat() != text:
        raise ValueError(f"not a day: {text}. Write it as 2026-01-31")
    if not REACH[0] <= day <= REACH[1]:
        raise ValueError(f"no figures are of this day: {text}. Give one from {REACH[0]} to {REACH[1]}")
    return day


Day = Annotated[date | None, BeforeValidator(iso_day)]
First = Annotated[Day, Parameter(alias="from", description="First day, inside; alone: until today")]
Last = Annotated[Day, Parameter(alias="to", description="Last day, inside")]
Wheres = Annotated[
    list[str],
    Parameter(
        default_factory=list,
        description="dimension=value; several of one dimension: any of them; `dimension=` is not given",
    ),
]
Compare = Annotated[Comparison | None, Parameter(description="With the like period before, or a year ago")]


def language_of(given: Language | None, company: str) -> Language:
    """Return the language asked for, else the company's."""
    return given or ("en" if company == "en" else "ru")


def filters_of(where: list[str]) -> tuple[Filter, ...]:
    """Return the filters written as `dimension=value`, commas belonging to the value."""
    return merged(_filter(text) for text in where)


def _filter(text: str) -> Filter:
    dimension, equals, value = text.partition("=")
    if not equals or not dimension.strip():
        raise QuestionError(f"not a filter: {text}", where="where", do="Write dimension=value")
    return Filter(dimension.strip(), (value or None,))


def period_of(first: date | None, last: date | None, today: date) -> Period | None:
    """Return the period from `first` to `last`, until today where no last day is given; None for all time."""
    if first is None:
        if last is None:
            return None
        raise QuestionError("a period needs its first day", where="from", do="Give `from` too")
    end = last or today
    if end < first:
        raise QuestionError(f"the period ends before it begins: {first} to {end}", where="to")
    return Period(first, end)


def file_headers(name: str, plain: str) -> dict[str, str]:
    """Return the headers with which a browser keeps the answer as a file; `plain` is its name in ASCII (RFC 6266)."""
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
