"""Answers and records as tables for people: titles in a language, values of a few kinds, totals, what was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from voronka.metrics.answer import Answer, AnswerColumn, Row
from voronka.metrics.dimensions import TIME_TITLES, Title
from voronka.metrics.records import RecordColumn, Records

Language = Literal["ru", "en"]
Kind = Literal["text", "day", "month", "time", "money", "count", "number", "percent", "seconds", "boolean", "link"]

NOT_GIVEN = Title("(не указано)", "(not given)")
NO_DATE = Title("(без даты)", "(no date)")
TOTAL = Title("Итого", "Total")
OPEN = Title("Открыть", "Open")
BOOLEANS = {True: Title("да", "yes"), False: Title("нет", "no")}
WEEKDAYS = (
    *(Title("понедельник", "Monday"), Title("вторник", "Tuesday"), Title("среда", "Wednesday")),
    *(Title("четверг", "Thursday"), Title("пятница", "Friday"), Title("суббота", "Saturday")),
    Title("воскресенье", "Sunday"),
)
UNITS: Mapping[str, Kind] = {"money": "money", "count": "count", "percent": "percent", "": "number"}

CUTS: Mapping[str, Kind] = {"day": "day", "month": "month", "hour": "count"}
"""The cuts whose values are no texts."""
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
    """Return an answer as a table: cuts first, then figures, the members' ids last; totals where there was a cut."""
    columns = _in_order(answer.columns)
    kinds = [_kind(column, answer.rows) for column in columns]
    shown = tuple(
        SheetColumn(column.name, in_words(column.title, language), kind)
        for column, kind in zip(columns, kinds, strict=True)
    )
    rows = [[_answer_cell(row, column, language) for column in columns] for row in answer.rows]
    is_cut = any(column.kind == "dimension" for column in columns)
    return Sheet(shown, rows, _totals(answer, columns, language) if is_cut else None)


def sheet_of_records(listed: Records, language: Language, links: Sequence[str | None]) -> Sheet:
    """Return records as a table; `links` are their addresses, one a row, shown where there is any."""
    has_links = any(links)
    shown = [SheetColumn(each.name, _title(each, language), _KINDS[each.kind]) for each in listed.columns]
    more = [SheetColumn("open", in_words(OPEN, language), "link")] if has_links else []
    rows = [
        [*(_cell(row.get(each.name), language) for each in listed.columns), *([link] if has_links else [])]
        for row, link in zip(listed.rows, links, strict=True)
    ]
    return Sheet((*shown, *more), rows)


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
        return CUTS.get(column.name, "text")
    if any(isinstance(row.get(column.name), bool) for row in rows):
        return "boolean"
    return UNITS.get(column.unit, "number")


def _answer_cell(row: Row, column: AnswerColumn, language: Language) -> Cell:
    value = row.get(column.name)
    if column.kind == "metric":
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
    return _cell(value, language)


def _totals(answer: Answer, columns: Sequence[AnswerColumn], language: Language) -> list[Cell]:
    cells: list[Cell] = [_cell(answer.totals.get(column.name), language) for column in columns]
    return [in_words(TOTAL, language), *cells[1:]]


def _cell(value: object, language: Language) -> Cell:
    if isinstance(value, bool):
        return in_words(BOOLEANS[value], language)
    return value if isinstance(value, (str, int, float, Decimal, date, datetime)) or value is None else str(value)
