"""The command that tells where the history of stages is known and where it is missing: history."""

from collections.abc import Mapping
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.durations import length_in_words
from voronka.pipeline.stage_history import stage_history
from voronka.reports.coded import word_of

COLUMNS = (
    *("entity", "pipeline", "source", "records", "native", "property", "snapshot", "without", "entries", "known"),
    "median_precision_seconds",
)
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "entity": "записи",
        "pipeline": "воронка",
        "source": "источник",
        "records": "всего",
        "native": "журнал",
        "property": "даты этапов",
        "snapshot": "по выгрузкам",
        "without": "без истории",
        "entries": "входов в этапы",
        "known": "вход в нынешний этап известен, %",
        "median_precision_seconds": "с точностью до",
        "exact": "точно",
        "none": "Записей с этапами нет.",
        "lacking": "Без истории время на этапе неизвестно. Её дают журнал изменений, столбцы с датами этапов "
        "(stage_dates) или новая выгрузка каждый день.",
    },
    "en": {
        "entity": "records",
        "pipeline": "pipeline",
        "source": "source",
        "records": "all",
        "native": "log",
        "property": "dates of stages",
        "snapshot": "by copies",
        "without": "no history",
        "entries": "entries",
        "known": "entry into the present stage known, %",
        "median_precision_seconds": "known within",
        "exact": "exactly",
        "none": "No record has a stage.",
        "lacking": "Without a history the time in a stage is unknown. A log of changes, columns with the dates of "
        "stages (stage_dates) or a new export each day give one.",
    },
}
"""What heads and sentences are called, in the company's language."""


@click.command()
@company_option
@format_option
def history(company: str | None, form: str) -> None:
    """Say of how many leads and deals it is known which stages they went through, by what, and how exactly."""
    language = spoken()
    words = WORDS[language]
    with bootstrap.built_metrics(company) as metrics:
        rows = stage_history(metrics)
    if form != "table":
        print_rows(rows, form, COLUMNS)
    elif not rows:
        click.echo(words["none"])
    else:
        cells = [{words[name]: _told(name, row[name], language) for name in COLUMNS} for row in rows]
        click.echo(as_table(cells, [words[name] for name in COLUMNS]))
        if any(row["without"] for row in rows):
            note(words["lacking"])


def _told(name: str, value: Any, language: str) -> object:  # noqa: ANN401 - any cell
    """Return a value as people read it."""
    if name == "entity":
        word = word_of(name, str(value))
        return value if word is None else getattr(word, language)
    if name == "known":
        return f"{value:.0f}"
    if name == "median_precision_seconds" and value is not None:
        return length_in_words(value, language) if value else WORDS[language]["exact"]
    return value
