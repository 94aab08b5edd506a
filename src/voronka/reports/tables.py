"""Answers and records as tables for people: titles in a language, values of a few kinds, totals, what was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from voronka.metrics.answer import PREVIOUS, Answer, AnswerColumn, Row
from voronka.metrics.dimensions import TIME_TITLES, Title
from voronka.metrics.records import RecordColumn, Records
from voronka.metrics.resolve import PARTS
from voronka.reports.coded import word_of

Language = Literal["ru", "en"]
Kind = Literal["text", "day", "month", "time", "money", "count", "number", "percent", "seconds", "boolean", "link"]

NOT_GIVEN = Title("(не указано)", "(not given)")
NO_DATE = Title("(без даты)", "(no date)")
TOTAL = Title("Итого", "Total")
SINCE = Title("с {}", "since {}")
OPEN = Title("Открыть", "Open")
BOOLEANS = {True: Title("да", "yes"), False: Title("нет", "no")}
WEEKDAYS = (
    *(Title("понедельник", "Monday"), Title("вторник", "Tuesday"), Title("среда", "Wednesday")),
    *(Title("четверг", "Thursday"), Title("пятница", "Friday"), Title("суббота", "Saturday")),
    Title("воскресенье", "Sunday"),
)
UNITS: Mapping[str, Kind] = {"money": "money", "count": "count", "percent": "percent", "": "number"}

DAY = "day"
"""The unit of a column of days that is no cut by time: no day is an empty cell."""
CUTS: Mapping[str, Kind] = {"day": "day", "month": "month", "hour": "count"}
"""The cuts whose values are no texts."""
COMPLETE = "_complete"
IN_SECONDS = Title("{}, с", "{}, s")

Cell = str | int | float | Decimal | bool | date | datetime | None


@dataclass(frozen=True)
class SheetColumn:
    """A column: its name in answers, its title in the reader's language, what its cells are."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Sheet:
    """A table: its columns, rows of equally many cells (None is unknown), and the totals, where there are any."""

    columns: tuple[SheetColumn, ...]
    rows: list[list[Cell]]
    totals: list[Cell] | None = None


def in_words(title: Title, language: Language) -> str:
    """Return a title in the language."""
    return title.ru if language == "ru" else title.en


def sheet_of_answer(answer: Answer, language: Language) -> Sheet:
    """Return an answer as a table: cuts first, then figures, the members' ids last; totals where there was a cut.

    Plans and marks of completeness that are known of nothing are left out.
    """
    columns = _in_order(known_columns(answer))
    kinds = [_kind(column, answer.rows) for column in columns]
    shown = tuple(
        SheetColumn(column.name, _headed(column, language), kind) for column, kind in zip(columns, kinds, strict=True)
    )
    rows = [[_answer_cell(row, column, language) for column in columns] for row in answer.rows]
    is_cut = any(column.kind == "dimension" for column in columns)
    return Sheet(shown, rows, _totals(answer, columns, language) if is_cut else None)


def _headed(column: AnswerColumn, language: Language) -> str:
    """Return a column's title; one of a metric with variants names the one in force, and since when it is."""
    title = in_words(column.title, language)
    if not column.variant:
        return title
    since = f", {in_words(SINCE, language).format(column.since.isoformat())}" if column.since else ""
    return f"{title} ({column.variant}{since})"


def sheet_of_records(listed: Records, language: Language, links: Sequence[str | None]) -> Sheet:
    """Return records as a table; `links` are their addresses, one a row, shown where there is any.

    Times that are all midnight are days: their source knows no hours.
    """
    days = _days(listed)
    shown = [
        SheetColumn(each.name, _title(each, language), "day" if each.name in days else _KINDS[each.kind])
        for each in listed.columns
    ]
    rows = [
        [_record_cell(row, each.name, listed.entity, days, language) for each in listed.columns] for row in listed.rows
    ]
    if any(links):
        shown.append(SheetColumn("open", in_words(OPEN, language), "link"))
        rows = [[*row, link] for row, link in zip(rows, links, strict=True)]
    return Sheet(tuple(shown), rows)


def known_columns(answer: Answer) -> Sequence[AnswerColumn]:
    """Return the columns without the lesser ones that hold nothing; all where no figure would be left."""
    told = (*answer.rows, answer.totals)
    kept = [
        column
        for column in answer.columns
        if not _is_lesser(column) or any(row.get(column.name) is not None for row in told)
    ]
    return kept if any(column.kind == "metric" for column in kept) else answer.columns


def _is_lesser(column: AnswerColumn) -> bool:
    plans = tuple(f"_{part}" for part in PARTS)
    name = column.name.removesuffix(PREVIOUS)
    return column.kind == "metric" and name.endswith((COMPLETE, *plans))


def _days(listed: Records) -> frozenset[str]:
    found = []
    for column in listed.columns:
        times = [value.time() for row in listed.rows if isinstance(value := row.get(column.name), datetime)]
        if column.kind == "time" and times and set(times) == {time.min}:
            found.append(column.name)
    return frozenset(found)


def _record_cell(row: Row, name: str, entity: str, days: frozenset[str], language: Language) -> Cell:
    value = row.get(name)
    if name in days and isinstance(value, datetime):
        return value.date()
    return _cell(value, language, name, entity)


def _title(column: RecordColumn, language: Language) -> str:
    title = in_words(column.title, language)
    return in_words(IN_SECONDS, language).format(title) if column.kind == "seconds" else title


_KINDS: Mapping[str, Kind] = {
    "text": "text",
    "time": "time",
    "day": "day",
    "money": "money",
    "number": "number",
    "seconds": "seconds",
    "boolean": "boolean",
}


def _in_order(columns: Sequence[AnswerColumn]) -> list[AnswerColumn]:
    names = {column.name for column in columns}
    ids = [column for column in columns if column.kind == "dimension" and column.name.removesuffix("_id") in names]
    ids = [column for column in ids if column.name.endswith("_id")]
    return [*(column for column in columns if column not in ids), *ids]


def _kind(column: AnswerColumn, rows: Sequence[Row]) -> Kind:
    if column.kind == "dimension":
        return "day" if column.unit == DAY else CUTS.get(column.name, "text")
    if any(isinstance(row.get(column.name), bool) for row in rows):
        return "boolean"
    return UNITS.get(column.unit, "number")


def _answer_cell(row: Row, column: AnswerColumn, language: Language) -> Cell:
    value = row.get(column.name)
    if column.kind == "metric" or column.unit == DAY:
        return _cell(value, language)
    if value is None:
        missing = NO_DATE if column.name in TIME_TITLES else NOT_GIVEN
        return None if column.name.endswith("_id") else in_words(missing, language)
    if column.name == "weekday":
        return in_words(WEEKDAYS[int(str(value)) - 1], language)
    if column.name == "day":
        return date.fromisoformat(str(value))
    if column.name == "month":
        return date.fromisoformat(f"{value}-01")
    return _cell(value, language, column.name)


def _totals(answer: Answer, columns: Sequence[AnswerColumn], language: Language) -> list[Cell]:
    cells: list[Cell] = [_cell(answer.totals.get(column.name), language) for column in columns]
    return [in_words(TOTAL, language), *cells[1:]]


def _cell(value: object, language: Language, column: str = "", entity: str = "") -> Cell:
    if isinstance(value, bool):
        return in_words(BOOLEANS[value], language)
    if isinstance(value, str):
        word = word_of(column, value, entity)
        return in_words(word, language) if word else value
    return value if isinstance(value, (int, float, Decimal, date, datetime)) or value is None else str(value)
