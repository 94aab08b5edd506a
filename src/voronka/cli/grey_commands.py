"""The command that shows where cases sit outside of the CRM's steps: greyzones."""

from collections.abc import Mapping
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.journey_options import case_options, journeys_asked, note_untold
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.durations import length_in_words
from voronka.reports.grey_zones import (
    GreyPath,
    Row,
    conclusion,
    plain_grey,
    proposal_rows,
    proposal_words,
    stuck_rows,
    zone_name,
)
from voronka.reports.hand_overs import WITHIN, waiting_rows
from voronka.reports.path_grey import grey_beside, steps_beside, zone_rows_beside
from voronka.reports.path_hands import HandsAsked, hands_beside, joint_rows_beside
from voronka.reports.step_names import step_names

Tables = Mapping[str, list[Row]]
PARTS = ("zones", "stuck", "proposals", "handovers", "unanswered")
HOUR = 3600
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "zone": "серая зона",
        "cases": "случаев",
        "share": "%",
        "hours": "% времени",
        "median": "обычно",
        "amount": "деньги",
        "now": "сейчас там",
        "now_amount": "денег там",
        "title": "название",
        "employee": "кто",
        "since": "с какого времени",
        "waits": "уже",
        "url": "открыть",
        "stuck": "Сейчас в серых зонах",
        "proposals": "Что сделать этапом",
        "from": "кто передал",
        "to": "кому",
        "handed": "передач",
        "without": "без контакта в срок",
        "contact": "до контакта (раб. ч)",
        "emptied": "поля стёрты",
        "no_task": "без задачи",
        "waiting": "ждут сейчас",
        "waits_hours": "ждёт, раб. ч",
        "handovers": "Кто кому передаёт (контакт за {within} раб. ч)",
        "unanswered": "Переданы, и с клиентом никто не говорил",
        "more": "Ещё строк: {more}; все — с --top 0 или в --format json.",
    },
    "en": {
        "zone": "grey zone",
        "cases": "cases",
        "share": "%",
        "hours": "% of time",
        "median": "usually",
        "amount": "money",
        "now": "there now",
        "now_amount": "money there",
        "title": "name",
        "employee": "who",
        "since": "since",
        "waits": "for",
        "url": "open",
        "stuck": "In grey zones now",
        "proposals": "What to make a stage",
        "from": "from",
        "to": "to",
        "handed": "handed over",
        "without": "no contact in time",
        "contact": "to contact (working h)",
        "emptied": "fields emptied",
        "no_task": "no task",
        "waiting": "wait now",
        "waits_hours": "waits, working h",
        "handovers": "Who hands over to whom (contact within {within} working h)",
        "unanswered": "Handed over, and nobody spoke to the client",
        "more": "More rows: {more}; all of them with --top 0 or in --format json.",
    },
}
"""The tables' heads and the lines above them, in the company's language."""


@click.command()
@case_options
@click.option("--show", type=click.Choice(PARTS), help="Only this table; CSV has the zones by default.")
@click.option("--top", type=click.IntRange(min=0), default=15, show_default=True, help="Rows of a table; 0: all.")
@click.option(
    "--within",
    type=click.FloatRange(min=0),
    default=WITHIN / HOUR,
    show_default=True,
    help="Working hours in which the client is to be spoken to after a hand-over.",
)
@company_option
@format_option
def greyzones(company: str | None, form: str, show: str | None, top: int, within: float, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Show where cases sit that the stages of your pipelines do not tell of: in share, time and money.

    That is: in a stage that no pipeline has, before the first stage, between two pipelines, or worked at after the end.
    Who sits there now stands with the record, and what many cases go through is proposed as a stage. Beside it: who
    hands cases over to whom, how long clients wait for the new person, and what is lost on the way. Who sits there and
    who waits now is told of all open cases, also of those outside of the period.
    """
    language = spoken()
    with bootstrap.built_metrics(company) as metrics:
        query = journeys_asked(asked, metrics.company.today)
        made = grey_beside(metrics, query)
        stuck = stuck_rows(metrics, query, made.now, bootstrap.record_links_of(company))
        handed = hands_beside(metrics, query, HandsAsked(within=within))
        waiting = waiting_rows(metrics, handed.waiting, bootstrap.record_links_of(company))
        currency = metrics.company.currency
    note_untold(made.found.untold, language)
    names = step_names(steps_beside(made), language)
    plain = {"zones": zone_rows_beside(made), "stuck": stuck}
    plain |= {"handovers": joint_rows_beside(handed), "unanswered": waiting}
    if form == "json":
        click.echo(as_json({**plain_grey(made.found, plain["zones"]), **plain, "titles": names}))
    elif form == "csv":
        part = show or PARTS[0]
        print_rows(_proposals(made.found) if part == "proposals" else plain[part], form)
    else:
        _print(made.found, plain, (show, top), names, (language, currency))
        _print_handed(plain, within, (show, top), WORDS[language])


def _proposals(found: GreyPath) -> list[Row]:
    return [{**row, "steps": " > ".join(row["steps"])} for row in proposal_rows(found)]


def _print(
    found: GreyPath, plain: Tables, asked: tuple[str | None, int], names: Mapping[str, str], told: tuple[str, str]
) -> None:
    (show, top), (language, currency), words = asked, told, WORDS[told[0]]
    for line in conclusion(found, names, language, currency):
        note(line)
    if show in {None, "zones"} and plain["zones"]:
        _table(_zones(plain["zones"], names, language), top, words)
    if show in {None, "stuck"} and plain["stuck"]:
        click.echo(f"\n{words['stuck']}")
        _table(_stuck(plain["stuck"], names, language), top, words)
    lines = proposal_words(found, names, language)
    if show in {None, "proposals"} and lines:
        click.echo(f"\n{words['proposals']}")
        for line in lines[:top] if top else lines:
            click.echo(f"- {line}")


def _print_handed(plain: Tables, within: float, asked: tuple[str | None, int], words: Mapping[str, str]) -> None:
    show, top = asked
    if show in {None, "handovers"} and plain["handovers"]:
        click.echo("\n" + words["handovers"].format(within=f"{within:g}"))
        _table([_joint(row, words) for row in plain["handovers"]], top, words)
    if show in {None, "unanswered"} and plain["unanswered"]:
        click.echo(f"\n{words['unanswered']}")
        _table([_waiting(row, words) for row in plain["unanswered"]], top, words)


def _joint(row: Row, words: Mapping[str, str]) -> Row:
    median = row["median_seconds"]
    return {
        words["from"]: row["from_name"],
        words["to"]: row["to_name"],
        words["handed"]: row["handed"],
        words["without"]: row["without_contact"],
        words["contact"]: None if median is None else median / HOUR,
        words["emptied"]: row["emptied"],
        words["no_task"]: row["without_task"] if row["of_task"] else None,
        words["waiting"]: row["now"],
        words["now_amount"]: row["now_amount"],
    }


def _waiting(row: Row, words: Mapping[str, str]) -> Row:
    return {
        words["title"]: row["title"] or row["id"],
        words["from"]: row["from"],
        words["to"]: row["to"],
        words["since"]: row["since"].isoformat(" ", "minutes"),
        words["waits_hours"]: row["working_hours"],
        words["amount"]: row["amount"],
        words["url"]: row["url"],
    }


def _table(rows: list[Row], top: int, words: Mapping[str, str]) -> None:
    click.echo(as_table(rows[:top] if top else rows, list(rows[0])))
    if top and len(rows) > top:
        note(words["more"].format(more=f"{len(rows) - top:,}"))


def _zones(zones: list[Row], names: Mapping[str, str], language: str) -> list[Row]:
    words = WORDS[language]
    return [
        {
            words["zone"]: zone_name(row, names, language),
            words["cases"]: row["cases"],
            words["share"]: row["share"],
            words["median"]: length_in_words(row["median_seconds"], language),
            words["hours"]: row["share_hours"],
            words["amount"]: row["amount"],
            words["now"]: row["now_cases"],
            words["now_amount"]: row["now_amount"],
        }
        for row in zones
    ]


def _stuck(stuck: list[Row], names: Mapping[str, str], language: str) -> list[Row]:
    words = WORDS[language]
    rows = [
        {
            words["zone"]: zone_name(row, names, language),
            words["title"]: row["title"] or row["id"],
            words["employee"]: row["employee"],
            words["since"]: row["since"].isoformat(" ", "minutes"),
            words["waits"]: length_in_words(row["hours"] * HOUR, language),
            words["amount"]: row["amount"],
            words["url"]: row["url"],
        }
        for row in stuck
    ]
    if not any(row[words["url"]] for row in rows):
        rows = [{name: value for name, value in row.items() if name != words["url"]} for row in rows]
    return rows
