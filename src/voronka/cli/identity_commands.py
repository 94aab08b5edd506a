"""Commands about who is who: identity."""

from typing import Any
from zoneinfo import ZoneInfo

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.people import people_of
from voronka.cli.printing import as_table, note, print_rows, print_told, to_the_minute
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError
from voronka.pipeline.merging import CANDIDATES, HOMES, Stated, candidates, kind_of
from voronka.pipeline.stating import state_distinction, state_merge
from voronka.reports.coded import word_of
from voronka.settings import load_settings

LISTED = ("entity", "entity_id", "into_id", "by", "at")
APART = ("entity", "entity_id", "other_id", "by", "at")
WORDS = {
    "ru": {
        "language": "ru",
        "entity": "запись",
        "entity_id": "id",
        "name": "название",
        "into_id": "может быть",
        "into_name": "название той",
        "reasons": "общее",
        "detail": "значения",
        "phone": "телефон",
        "email": "почта",
        "tax_number": "ИНН",
        "name_reason": "имя",
        "spelling": "читаются одинаково",
        "other_name": "названия одного канала",
        "nothing": "Похожих записей нет.",
        "merged": "{entity} {record} — это {into}",
        "undone": "{entity} {record} — снова отдельная запись",
        "apart": "{entity} {record} и {other} — не одно и то же, больше не предлагаются",
        "may_be": "{entity} {record} и {other} могут быть одним и тем же",
        "build": "Дальше: voronka build",
        "next": "Объединить: voronka identity merge ID ID-ТОЙ; показано {shown} из {total}",
    },
    "en": {
        "language": "en",
        "entity": "record",
        "entity_id": "id",
        "name": "name",
        "into_id": "may be",
        "into_name": "its name",
        "reasons": "in common",
        "detail": "values",
        "phone": "phone",
        "email": "e-mail",
        "tax_number": "tax number",
        "name_reason": "name",
        "spelling": "read the same",
        "other_name": "names of one channel",
        "nothing": "No records are alike.",
        "merged": "{entity} {record} is {into}",
        "undone": "{entity} {record} is its own again",
        "apart": "{entity} {record} and {other} are two, and are proposed no more",
        "may_be": "{entity} {record} and {other} may be one",
        "build": "Next: voronka build",
        "next": "To merge: voronka identity merge ID ITS-ID; {shown} of {total} are shown",
    },
}
"""What the table's heads and the sentences around it are called, in the company's language."""

kind_option = click.option("--of", "kind", type=click.Choice([*HOMES]), help="Which kind of record is meant.")


@click.group()
def identity() -> None:
    """Tell which records may be one and the same, merge them, and undo that."""


@identity.command("candidates")
@kind_option
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Records to show.")
@company_option
@format_option
def show_candidates(kind: str | None, limit: int, company: str | None, form: str) -> None:
    """List the records that may be another, earlier one, with what they have in common, as of the last build.

    A number or an address in common, a tax number, a name (of people of one company, and of companies), and names of
    channels that are spelled differently or known to mean the same.
    """
    words = WORDS[spoken()]
    with people_of(company) as people:
        stated = Stated.by(people.merges, people.distinctions)
    with bootstrap.built_metrics(company) as metrics:
        found = candidates(metrics, stated, kind)
    if form != "table":
        print_rows(found[:limit], form, CANDIDATES)
    elif not found:
        click.echo(words["nothing"])
    else:
        cells = [{words[name]: _told(name, row[name], words) for name in CANDIDATES} for row in found[:limit]]
        click.echo(as_table(cells, [words[name] for name in CANDIDATES]))
        note(words["next"].format(shown=len(cells), total=len(found)))


@identity.command("merge")
@click.argument("record", metavar="ID")
@click.argument("into", metavar="INTO-ID")
@kind_option
@company_option
def merge(record: str, into: str, kind: str | None, company: str | None) -> None:
    """State that the record ID is the record INTO-ID: a lead, a contact, a company, an employee of ours, a channel.

    All that was ID's is INTO-ID's after `voronka build`; nothing is changed in the sources.
    """
    with bootstrap.built_metrics(company) as metrics:
        entity = kind_of(metrics, (record, into), kind)
    with people_of(company) as people:
        state_merge(people.merges, entity, record, into)
    words = WORDS[spoken()]
    click.echo(words["merged"].format(entity=_told("entity", entity, words), record=record, into=into))
    note(words["build"])


@identity.command("undo")
@click.argument("record", metavar="ID")
@kind_option
@company_option
def undo(record: str, kind: str | None, company: str | None) -> None:
    """State that the record ID, which somebody merged into another, is its own again."""
    with people_of(company) as people:
        found = [e for e in people.merges.in_force() if e.entity_id == record and kind in (None, e.entity)]
        if len(found) > 1:
            raise QuestionError(f"records of several kinds have the id {record}", do="Say which with --of")
        entity = str(found[0].entity) if found else kind or "record"
        if not found:
            raise QuestionError(f"nobody has merged the {entity} {record}", do="See `voronka identity list`")
        state_merge(people.merges, entity, record, None)
    words = WORDS[spoken()]
    click.echo(words["undone"].format(entity=_told("entity", entity, words), record=record))
    note(words["build"])


@identity.command("apart")
@click.argument("record", metavar="ID")
@click.argument("other", metavar="OTHER-ID")
@click.option("--undo", is_flag=True, help="State that they may be one again.")
@kind_option
@company_option
def apart(record: str, other: str, kind: str | None, company: str | None, *, undo: bool) -> None:
    """State that two records are not one, however alike they are: they are candidates no more."""
    with bootstrap.built_metrics(company) as metrics:
        entity = kind_of(metrics, (record, other), kind)
    with people_of(company) as people:
        state_distinction(people.distinctions, entity, (record, other), holds=not undo)
    words = WORDS[spoken()]
    told = words["may_be" if undo else "apart"]
    click.echo(told.format(entity=_told("entity", entity, words), record=record, other=other))


@identity.command("list")
@click.option("--all", "everything", is_flag=True, help="Show what was undone or stated anew too.")
@click.option("--apart", "are_apart", is_flag=True, help="List the pairs that are not one instead.")
@company_option
@format_option
def show(company: str | None, form: str, *, everything: bool, are_apart: bool) -> None:
    """List the merges that people have stated; those that sources tell are not among them."""
    zone = load_settings(bootstrap.folder_of(company)).zone()
    if are_apart:
        _show_apart(company, form, zone)
        return
    with people_of(company) as people:
        statements = people.merges.statements() if everything else people.merges.in_force()
    rows = [
        {
            "entity": each.entity,
            "entity_id": each.entity_id,
            "into_id": each.into_id,
            "by": each.entered_by,
            "at": to_the_minute(each.entered_at, zone),
        }
        for each in statements
    ]
    print_told(rows if form != "table" else [_entity_told(row) for row in rows], form, LISTED)


def _show_apart(company: str | None, form: str, zone: ZoneInfo) -> None:
    with people_of(company) as people:
        found = people.distinctions.in_force()
    rows = [
        {
            "entity": each.entity,
            "entity_id": each.entity_id,
            "other_id": each.other_id,
            "by": each.entered_by,
            "at": to_the_minute(each.entered_at, zone),
        }
        for each in found
    ]
    print_told(rows if form != "table" else [_entity_told(row) for row in rows], form, APART)


def _entity_told(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "entity": _told("entity", row["entity"], WORDS[spoken()])}


def _told(name: str, value: object, words: dict[str, str]) -> object:
    """Return a value as people read it: kinds of records and what they have in common by their words."""
    if name == "entity":
        word = word_of(name, str(value))
        return value if word is None else getattr(word, words["language"])
    if name == "reasons":
        return ", ".join(words["name_reason" if each == "name" else each] for each in str(value).split(", "))
    return value
