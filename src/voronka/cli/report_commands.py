"""Commands that put together what is read every day: report."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date
from pathlib import Path

import click

from voronka import bootstrap
from voronka.analyses.breakdown import CHAIN, break_down
from voronka.cli.board_commands import board
from voronka.cli.options import company_option, day_of, format_option
from voronka.cli.printing import FORMATS, note, print_rows, print_told
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period, month_end
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.ask import Block
from voronka.reports.breakdown_table import breakdown_table
from voronka.reports.daily import daily_report, daily_text
from voronka.reports.file_names import name_of_answer
from voronka.reports.legend import Made, cut_of_answer, definitions
from voronka.reports.tables import Language, sheet_of_answer
from voronka.reports.xlsx import workbook
from voronka.settings import Settings, load_settings

WORDS = {
    "ru": {
        "rates": "с {first} по {last}, по конверсиям с {rates_first} по {rates_last}",
        "cells": "в ячейке: нужно / план / сделано",
        "unlike": "{name}: {metric}, план {planned}, а планы ниже в сумме дают {below}",
        "company": "КОМПАНИЯ",
        "not_given": "(не указано)",
    },
    "en": {
        "rates": "{first} to {last}, at the rates of {rates_first} to {rates_last}",
        "cells": "each cell: needed / planned / done",
        "unlike": "{name}: {metric} planned {planned}, the plans below it add up to {below}",
        "company": "COMPANY",
        "not_given": "(not given)",
    },
}
"""What is said of a plan that is broken down, by language."""


@click.group()
def report() -> None:
    """Put together what is read every day."""


report.add_command(board)


@report.command("daily")
@click.option("--day", metavar="DATE", help="The day (YYYY-MM-DD); by default the last working one before today.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only this team; repeatable.")
@click.option("--language", type=click.Choice(["ru", "en"]), help="Language of the text and the workbook.")
@click.option("--output", metavar="FILE", help="With xlsx: the file to write; by default one named after the day.")
@click.option("--format", "form", type=click.Choice([*FORMATS, "xlsx"]), default="table", show_default=True)
@company_option
def daily(  # noqa: PLR0913 - the options of the command
    day: str | None,
    teams: tuple[str, ...],
    *,
    language: Language | None,
    output: str | None,
    form: str,
    company: str | None,
) -> None:
    """Show who did what on a day: each action as fact, plan and percent."""
    settings = load_settings(bootstrap.folder_of(company))
    spoken: Language = language or ("ru" if settings.language == "ru" else "en")
    with bootstrap.built_metrics(company) as metrics:
        made = daily_report(metrics, Scope.everything(), day_of(day, "--day"), teams)
        block = made.block
        if form == "xlsx":
            click.echo(_written(metrics, block, settings, spoken, output))
            return
    if form == "table":
        note(_heading(made.day.day, settings, spoken))
        click.echo(daily_text(block.answer, spoken))
        return
    rows = block.answer.rows
    print_rows(rows, form, list(rows[0]) if rows else [column.name for column in block.answer.columns])


@report.command("breakdown")
@click.option("--from", "first", metavar="DATE", help="First day (YYYY-MM-DD), inside; by default the running month.")
@click.option("--to", "last", metavar="DATE", help="Last day (YYYY-MM-DD), inside.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only this team; repeatable.")
@company_option
@format_option
def breakdown(company: str | None, form: str, *, first: str | None, last: str | None, teams: tuple[str, ...]) -> None:
    """Show what the plan of revenue asks of everybody: deals, proposals, meetings and calls at their own rates."""
    settings = load_settings(bootstrap.folder_of(company))
    with bootstrap.built_metrics(company) as metrics:
        period = _period(day_of(first, "--from"), day_of(last, "--to"), metrics.company.today())
        where = (Filter("team", teams),) if teams else ()
        made = break_down(metrics, Scope.everything(), period, where=where, ramp=settings.ramp.months)
        table = breakdown_table(made, metrics)
    rows = [*table.rows, table.totals]
    if form != "table":
        print_rows(rows, form, [column.name for column in table.columns])
        return
    words = WORDS[spoken()]
    told = {"rates_first": made.told_by.first, "rates_last": made.told_by.last}
    note(words["rates"].format(first=period.first, last=period.last, **told))
    note(words["cells"])
    for row in rows:
        for line in _unlike(row, words):
            note(line)
    print_told([_shown(row, words) for row in rows], form, ("name", *CHAIN))


def _unlike(row: Row, words: Mapping[str, str]) -> Iterator[str]:
    """Return where the plan of the company or a team is not the sum of the plans below it."""
    for metric in CHAIN:
        difference = row[f"{metric}_difference"]
        if difference is not None and abs(float(str(difference))) >= 1:
            planned, below = (_whole(row[f"{metric}_{part}"]) for part in ("plan", "below"))
            yield words["unlike"].format(name=_name_of(row, words), metric=metric, planned=planned, below=below)


def _name_of(row: Row, words: Mapping[str, str]) -> str:
    return str(row["name"] or words["company" if row["level"] == "company" else "not_given"])


def _shown(row: Row, words: Mapping[str, str]) -> dict[str, object]:
    indent = "  " if row["level"] == "person" else ""
    name = _name_of(row, words)
    parts = {metric: [row[f"{metric}{part}"] for part in ("_needed", "_plan", "")] for metric in CHAIN}
    return {"name": f"{indent}{name}", **{metric: " / ".join(map(_whole, each)) for metric, each in parts.items()}}


def _whole(value: object) -> str:
    return "–" if value is None else f"{float(str(value)):,.0f}"


def _period(first: date | None, last: date | None, today: date) -> Period:
    """Return the period given, the running month where none is."""
    start = first or today.replace(day=1)
    end = last or month_end(start)
    if end < start:
        raise QuestionError(f"the period ends before it begins: {start} to {end}")
    return Period(start, end)


def _heading(day: date, settings: Settings, language: Language) -> str:
    words = "отчёт за день" if language == "ru" else "report of the day"
    return ", ".join(part for part in (settings.name, f"{words} {day}") if part)


def _written(metrics: Metrics, block: Block, settings: Settings, language: Language, output: str | None) -> str:
    """Write the workbook and return the name of its file."""
    at = bootstrap.utc_now().replace(tzinfo=UTC).astimezone(settings.zone()).replace(tzinfo=None)
    cut = cut_of_answer(metrics, Scope.everything(), block.ask, block.answer, Made(settings.name, at))
    sheet = sheet_of_answer(block.answer, language)
    shown = {column.name for column in sheet.columns}
    meanings = definitions(metrics, [name for name in block.ask.metrics if name in shown], language)
    path = Path(output or name_of_answer(metrics, block.ask, language, "xlsx"))
    path.write_bytes(workbook(sheet, meanings, cut.described(language), language))
    return str(path)
