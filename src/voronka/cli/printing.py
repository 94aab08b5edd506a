"""Prints rows as a table, as JSON or as CSV."""

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from voronka.cli.speaking import spoken
from voronka.domain.formulas import defused
from voronka.reports.json_values import finite, number_of

FORMATS = ("table", "json", "csv")
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "nothing": "(ничего)",
        "no_rows": "(нет строк)",
        "yes": "да",
        "no": "нет",
        "building": "построение",
        "reading": "чтение",
    },
    "en": {
        "nothing": "(nothing)",
        "no_rows": "(no rows)",
        "yes": "yes",
        "no": "no",
        "building": "building",
        "reading": "reading",
    },
}
"""What stands in any table, by language."""
HEADS: Mapping[str, str] = {
    "active": "действует",
    "aside": "отложено",
    "at": "когда",
    "by": "кто",
    "created": "создан",
    "deleted": "удалено",
    "detail": "подробности",
    "entity": "запись",
    "entity_id": "id",
    "example": "пример",
    "file": "файл",
    "from": "с",
    "files": "файлы",
    "flags": "замечания",
    "good": "годных",
    "into_id": "это запись",
    "key": "ключ",
    "load": "загрузка",
    "load_id": "загрузка",
    "loaded": "загружено",
    "message": "в чём дело",
    "metric": "показатель",
    "name": "имя",
    "of": "чей",
    "reason": "причина",
    "rebuilt": "заново",
    "repeated": "повторных",
    "role": "роль",
    "row": "строка",
    "row_number": "строка",
    "rows": "строк",
    "seconds": "секунд",
    "state": "состояние",
    "stream": "поток",
    "table": "таблица",
    "text": "как пришла",
    "to": "по",
    "value": "значение",
    "what": "что",
}
"""What the columns of a list are called in Russian; in English a column is called by its name."""
STATES: Mapping[str, str] = {
    "active": "действует",
    "already loaded": "уже загружен",
    "loaded": "загружено",
    "nothing new": "нового нет",
    "ok": "в порядке",
    "note": "заметка",
    "refused": "отказано",
    "superseded": "заменена",
    "undone": "отменена",
    "would be loaded": "загрузился бы",
    "wrong": "неверно",
}
"""What states of loads and findings are called in Russian."""


def print_rows(rows: Sequence[Mapping[str, Any]], form: str, columns: Sequence[str] | None = None) -> None:
    """Print rows in one of the FORMATS; the table rounds numbers to two places, JSON and CSV do not."""
    names = list(columns or (rows[0] if rows else ()))
    if form == "json":
        click.echo(as_json([{name: row.get(name) for name in names} for row in rows]))
    elif form == "csv":
        click.echo(as_csv(rows, names), nl=False)
    else:
        click.echo(as_table(rows, names))


def print_told(rows: Sequence[Mapping[str, Any]], form: str, columns: Sequence[str] | None = None) -> None:
    """Print a list of ours as print_rows does; the heads and states of its table are in the language spoken."""
    if form != "table" or spoken() == "en":
        print_rows(rows, form, columns)
        return
    names = list(columns or (rows[0] if rows else ()))
    cells = [{_head(name): _state(name, row.get(name)) for name in names} for row in rows]
    print_rows(cells, form, [_head(name) for name in names])


def _head(name: str) -> str:
    return HEADS.get(name, name)


def _state(name: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    return state_told(value) if name == "state" else value


def state_told(state: str) -> str:
    """Return the state of a load or a finding in the language spoken."""
    return state if spoken() == "en" else STATES.get(state, state)


def as_json(value: object) -> str:
    """Return JSON for people and programs: texts as they are, decimals as numbers, times in ISO form."""
    return json.dumps(finite(value), ensure_ascii=False, indent=1, default=_plain, allow_nan=False)


def as_csv(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """Return CSV by RFC 4180; a text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if not names:
        return ""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([defused(name) for name in names])
    for row in rows:
        writer.writerow([_safe(row.get(name)) for name in names])
    return out.getvalue()


def as_table(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """Return a table of aligned columns; unknown is a dash."""
    words = WORDS[spoken()]
    if not names:
        return words["nothing"]
    cells = [[_cell(row.get(name), words) for name in names] for row in rows]
    numeric = [all(isinstance(row.get(name), (int, float, Decimal, type(None))) for row in rows) for name in names]
    widths = [max(cell_len(text) for text in column) for column in zip(names, *cells, strict=True)]
    lines = [_line(names, widths, numeric), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, numeric) for row in cells]
    if not rows:
        lines.append(words["no_rows"])
    return "\n".join(lines)


def to_the_minute(moment: datetime | None, zone: ZoneInfo) -> str:
    """Return a moment in UTC as the clocks of a zone show it, '' for none."""
    return "" if moment is None else f"{moment.replace(tzinfo=UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def note(text: str) -> None:
    """Print a remark where it does not mix with the data."""
    click.echo(text, err=True)


def is_terminal() -> bool:
    """Say whether a person watches the remarks."""
    return sys.stderr.isatty()


@contextmanager
def build_bar(*, at_once: bool = True) -> Iterator[Any]:
    """Show on a terminal how far the build is: from now on, or from its first table where other work comes before."""
    if not is_terminal():
        yield lambda _name, _done, _all: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task(WORDS[spoken()]["building"])

    def advance(name: str, done: int, total: int) -> None:
        progress.start()
        progress.update(task, description=name, completed=done, total=total)

    try:
        if at_once:
            progress.start()
        yield advance
    finally:
        progress.stop()


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for text, width, right in zip(cells, widths, numeric, strict=True):
        gap = " " * (width - cell_len(text))
        padded.append(gap + text if right else text + gap)
    return "  ".join(padded).rstrip()


def _cell(value: object, words: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, (float, Decimal)):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return re.sub(r"\s*[\r\n\t]+\s*", " ", str(value))


def _safe(value: object) -> object:
    if isinstance(value, str):
        return defused(value)
    return "" if value is None else value


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return number_of(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
