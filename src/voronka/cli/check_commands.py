"""The command that tells what is wrong with the data: check."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.metrics.records import Records
from voronka.pipeline.checking import by_employee, checks, issues, summary
from voronka.pipeline.sentences import sentence_in
from voronka.reports.coded import word_of
from voronka.reports.links import RecordLinks
from voronka.reports.plain import opened

SUMMED = (
    "check",
    "title",
    "class",
    "severity",
    "entity",
    "records",
    "share",
    "most",
    "most_records",
    "example",
    "meaning",
    "action",
)
PEOPLE = ("employee", "employee_id", "check", "title", "entity", "records")
LISTED = ("entity", "id", "name", "employee", "from_day", "detail", "open")
PAGE = 50

WORDS = {
    "ru": {
        "language": "ru",
        "check": "проверка",
        "title": "что не так",
        "name": "название",
        "entity": "запись",
        "records": "записей",
        "share": "доля, %",
        "most": "больше всего у",
        "example": "пример",
        "employee": "сотрудник",
        "id": "id",
        "from_day": "с какого дня",
        "detail": "подробности",
        "open": "открыть",
        "nothing": "Замечаний нет.",
        "not_made": "{check} не проверялось: ни один источник не даёт {lacks}",
        "not_checked": "Не проверялось, потому что ни один источник этого не даёт:",
        "list": "Записи одной проверки: voronka check ИМЯ; по людям: voronka check --by employee",
        "more": "Показано {shown} из {total}; дальше: --offset {next}",
    },
    "en": {
        "language": "en",
        "check": "check",
        "title": "what is wrong",
        "name": "name",
        "entity": "record",
        "records": "records",
        "share": "share, %",
        "most": "most with",
        "example": "example",
        "employee": "employee",
        "id": "id",
        "from_day": "since",
        "detail": "detail",
        "open": "open",
        "nothing": "Nothing was found wrong.",
        "not_made": "{check} was not checked: no source gives {lacks}",
        "not_checked": "Not checked, as no source gives it:",
        "list": "The records of one: voronka check NAME; by person: voronka check --by employee",
        "more": "{shown} of {total} are shown; the next: --offset {next}",
    },
}
"""What the table's heads and the sentences around it are called, in the company's language."""


@click.command()
@click.argument("name", metavar="[CHECK]", required=False)
@click.option("--by", type=click.Choice(["employee"]), help="Whose records each check found.")
@click.option("--limit", type=click.IntRange(min=1), default=PAGE, show_default=True, help="Records of one check.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many records of one check to pass over.")
@company_option
@format_option
def check(name: str | None, company: str | None, form: str, **options: Any) -> None:  # noqa: ANN401 - click's
    """Say what is wrong with the data as of today, by check or by person, or list the records that one CHECK found."""
    words = WORDS[spoken()]
    with bootstrap.built_metrics(company) as metrics:
        if name is not None:
            listed = issues(metrics, name, limit=options["limit"], offset=options["offset"])
            made = next(row for row in checks(metrics) if row["check_name"] == name)
            _print_issues(listed, made, bootstrap.record_links_of(company), form, words)
        elif options["by"]:
            _print(by_employee(metrics), form, PEOPLE, ("employee", "check", "title", "entity", "records"), words)
        else:
            _print_summary(summary(metrics), checks(metrics), form, words)
            for remark in bootstrap.doubts_of(company) if form == "table" else ():
                note(sentence_in(spoken(), remark.text))


def _print_issues(
    listed: Records, made: Mapping[str, Any], links: RecordLinks, form: str, words: Mapping[str, str]
) -> None:
    """Print what one check found; where it was not made, that it was not, and what it lacks."""
    if not made["is_made"]:
        said = words["not_made"].format(check=made["check_name"], lacks=_lacking(made))
        if form == "table":
            click.echo(said)
            return
        note(said)
    elif not listed.total and form == "table":
        click.echo(words["nothing"])
        return
    rows = [row | {"name": row["title"], "open": opened(row, listed.entity, links)} for row in listed.rows]
    _print(rows, form, LISTED, LISTED, words)
    _note_more(listed, words)


def _print_summary(
    found: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]], form: str, words: Mapping[str, str]
) -> None:
    shown = ("check", "title", "entity", "records", "share", "most", "example")
    if form != "table":
        print_rows(found, form, SUMMED)
        return
    if not found:
        click.echo(words["nothing"])
    else:
        _print(found, form, SUMMED, shown, words)
        click.echo()
        for row in {row["check"]: row for row in found}.values():
            click.echo(f"{row['check']}: {row['meaning']} {row['action']}")
    lacking = [row for row in known if not row["is_made"]]
    if lacking:
        click.echo()
        click.echo(words["not_checked"])
        for row in lacking:
            click.echo(f"  {row['check_name']} ({_lacking(row)})")
    if found:
        note(words["list"])


def _lacking(check: Mapping[str, Any]) -> str:
    """Return what no source gives of what a check needs, as people name tables and columns."""
    return re.sub(r"\b(?:fct|dim|src)_|@\w+", "", check["lacks"] or "").replace("|", " / ")


def _print(
    rows: Sequence[Mapping[str, Any]],
    form: str,
    columns: Sequence[str],
    shown: Sequence[str],
    words: Mapping[str, str],
) -> None:
    """Print rows: for programs under the columns' names, as a table under what people call those shown."""
    if form != "table":
        print_rows(rows, form, columns)
        return
    cells = [{words[name]: _told(name, row.get(name), words) for name in shown} for row in rows]
    click.echo(as_table(cells, [words[name] for name in shown]))


def _told(name: str, value: object, words: Mapping[str, str]) -> object:
    """Return a value as people read it: a kind of record by its word."""
    word = word_of(name, str(value)) if name == "entity" else None
    return value if word is None else getattr(word, words["language"])


def _note_more(listed: Records, words: Mapping[str, str]) -> None:
    last = listed.offset + len(listed.rows)
    if last < listed.total:
        note(words["more"].format(shown=len(listed.rows), total=listed.total, next=last))
