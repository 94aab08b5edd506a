"""Prints what would become of one file: as one JSON object, or in words."""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from voronka import bootstrap
from voronka.cli.printing import as_csv, as_json, as_table, note, print_told
from voronka.domain.errors import SettingsError, VoronkaError
from voronka.pipeline.aside_words import aside_told
from voronka.pipeline.previewing import REFUSE, Answer, Wish, preview, refused
from voronka.pipeline.sentences import sentence_in

ASIDE = ("row", "key", "reason", "message")
"""What is told of a row put aside."""
SHOWN = 20
"""Rows put aside that are told in words."""
LISTED = 100_000
"""Rows put aside that the JSON lists, as many as are surely held in memory; `aside_left_off` counts the others."""
_log = logging.getLogger("voronka.import")

WORDS = {
    "ru": {
        "accept": "будет загружен",
        "accept_flag": "будет загружен, но есть сомнения",
        "quarantine": "будет загружен, часть строк отложена",
        "refuse": "не будет загружен",
        "read": "прочитан как",
        "encoding": "кодировка",
        "separator": "разделитель",
        "tab": "табуляция",
        "header_row": "заголовок в строке",
        "sheet": "лист",
        "rows_in": "строк к загрузке",
        "rows_aside": "отложено",
        "compared": "новых записей {new}, обновятся {updated}, без изменений {unchanged}",
        "known_by": "запись узнаётся по",
        "by_content": "содержанию строки",
        "into": "таблица",
        "columns": "столбцы",
        "flags": "на что взглянуть",
        "aside": "отложенные строки",
        "records": "первые строки, как они загрузятся",
        "more": "и ещё {n}",
    },
    "en": {
        "accept": "would be loaded",
        "accept_flag": "would be loaded, with doubts",
        "quarantine": "would be loaded, some rows put aside",
        "refuse": "is refused",
        "read": "read as",
        "encoding": "encoding",
        "separator": "separator",
        "tab": "tab",
        "header_row": "header in row",
        "sheet": "sheet",
        "rows_in": "rows to load",
        "rows_aside": "put aside",
        "compared": "{new} new records, {updated} updated, {unchanged} unchanged",
        "known_by": "a record is known by",
        "by_content": "the content of its row",
        "into": "table",
        "columns": "columns",
        "flags": "to look at",
        "aside": "rows put aside",
        "records": "first rows as they would be loaded",
        "more": "and {n} more",
    },
}
"""What the lines are called, in the company's language."""


def preview_file(company: str | None, wish: Wish, columns: str | None) -> Answer:
    """Return what would become of a file; `columns` is a map, ours by header, the path of one, or None.

    Whatever stands against it, in the company's settings too, is a refusal with its reason.
    """
    try:
        given = None if columns is None else read_map(columns)
        with bootstrap.trial_place(company) as work:
            return preview(work, replace(wish, columns=given, company_zone=bootstrap.zone_of(company), aside=LISTED))
    except VoronkaError as fault:
        return refused(str(wish.path), fault.sentence())
    except Exception as fault:  # noqa: BLE001 - an answer is owed for every file, and the trace is in the log
        _log.exception("the preview of %s failed", wish.path)
        return refused(str(wish.path), f"the file cannot be looked at ({type(fault).__name__})")


def read_map(given: str) -> dict[str, str]:
    """Return a map of headers to columns of ours, those without a column left out; SettingsError where it is none.

    `given` is the map itself, or the path of a file that holds it.
    """
    do = 'Write it as {"header in the file": "column of ours", ...}'
    is_itself = given.lstrip().startswith("{")
    where = "--columns" if is_itself else given
    try:
        found = json.loads(given if is_itself else Path(given).read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise SettingsError(f"the map cannot be read ({fault.strerror})", where=where, do=do) from fault
    except ValueError as fault:
        raise SettingsError(f"the map is not readable as JSON: {fault}", where=where, do=do) from fault
    if not isinstance(found, dict) or not all(isinstance(ours, str | None) for ours in found.values()):
        raise SettingsError("the map is no JSON object of texts", where=where, do=do)
    return {header: ours.strip() for header, ours in found.items() if ours and ours.strip()}


def print_answer(answer: Answer, form: str, language: str) -> None:
    """Print an answer: the object itself, its first rows as CSV, or all of it in words."""
    if form == "json":
        click.echo(as_json(answer.shown()))
    elif form == "csv":
        click.echo(as_csv(answer.records, list(answer.records[0]) if answer.records else []), nl=False)
        note(answer.message)
    else:
        _print_words(answer.shown(), answer, language)


def _print_words(shown: Mapping[str, object], answer: Answer, language: str) -> None:
    words = WORDS[language]
    click.echo(f"{answer.file}: {words[answer.outcome]}")
    is_refused = answer.outcome == REFUSE
    click.echo(sentence_in(language, answer.message) if is_refused else _how_read(shown, answer.reading, language))
    if answer.outcome != REFUSE:
        _print_counts(answer, words)
    if answer.columns and answer.outcome != REFUSE:
        click.echo(f"\n{words['into']} {answer.into}, {words['columns']}:")
        for header, ours in answer.columns.items():
            told = sentence_in(language, answer.decided.get(header, ""))
            click.echo(f"  {_plain(header)} → {ours}" + (f" ({told})" if told else ""))
    if answer.flags:
        click.echo(f"\n{words['flags']}:")
        for flag in answer.flags:
            rows = f" ({flag.rows:,}: {', '.join(map(str, flag.first_rows))})" if flag.first_rows else ""
            click.echo(f"  {flag.code}: {_plain(sentence_in(language, flag.message))}{rows}")
    if answer.aside:
        click.echo(f"\n{words['aside']}:")
        aside = [
            {**row, "message": aside_told(row["reason"], row["message"], language)} for row in answer.aside[:SHOWN]
        ]
        print_told(aside, "table", ASIDE)
        if answer.rows_aside > SHOWN:
            click.echo(words["more"].format(n=f"{answer.rows_aside - SHOWN:,}"))
    if answer.records:
        click.echo(f"\n{words['records']}:")
        click.echo(as_table(answer.records, list(answer.records[0])))


def _print_counts(answer: Answer, words: Mapping[str, str]) -> None:
    click.echo(f"{words['rows_in']}: {answer.rows_in:,}; {words['rows_aside']}: {answer.rows_aside:,}")
    if answer.key is not None:
        click.echo(f"{words['known_by']}: {', '.join(map(_plain, answer.key)) or words['by_content']}")
    if answer.compared is not None:
        click.echo(words["compared"].format(**{name: f"{n:,}" for name, n in answer.compared.shown().items()}))


def _how_read(shown: Mapping[str, object], reading: Mapping[str, str], language: str) -> str:
    words, parts = WORDS[language], []
    for name in ("encoding", "separator", "header_row", "sheet"):
        if shown[name] is not None:
            why = reading.get(f"{name}_reason", "")
            reason = f" ({sentence_in(language, why)})" if why else ""
            value = words["tab"] if shown[name] == "\t" else shown[name]
            parts.append(f"{words[name]} {value}{reason}")
    return f"{words['read']}: {'; '.join(parts) or reading.get('kind', '')}"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()
