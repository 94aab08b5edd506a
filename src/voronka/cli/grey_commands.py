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
    grey_path,
    plain_grey,
    proposal_rows,
    proposal_words,
    stuck_rows,
    zone_name,
    zone_rows,
)
from voronka.reports.hand_overs import WITHIN, Joints, joint_rows, joints_of, waiting_rows
from voronka.reports.step_names import step_names

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
    hands cases over to whom, how long clients wait for the new person, and what is lost on the way.
    """
    language = spoken()
    with bootstrap.built_metrics(company) as metrics:
        query = journeys_asked(asked, metrics.company.today)
        found = grey_path(metrics, query)
        stuck = stuck_rows(metrics, query, found, bootstrap.record_links_of(company))
        handed = joints_of(metrics, query, within * HOUR)
        waiting = waiting_rows(metrics, handed, bootstrap.record_links_of(company))
        currency = metrics.company.currency
    note_untold(found.untold, language)
    names = step_names(found.journeys.steps, language)
    plain = {"handovers": joint_rows(handed), "unanswered": waiting}
    if form == "json":
        click.echo(as_json({**plain_grey(found), "stuck": stuck, **plain, "titles": names}))
    elif form == "csv":
        print_rows(plain[show] if show in plain else _rows(found, stuck, show or PARTS[0]), form)
    else:
        _print(found, stuck, (show, top), names, (language, currency))
        _print_handed(handed, waiting, (show, top), WORDS[language])


def _rows(found: GreyPath, stuck: list[Row], part: str) -> list[Row]:
    if part == "proposals":
        return [{**row, "steps": " > ".join(row["steps"])} for row in proposal_rows(found)]
    return stuck if part == "stuck" else zone_rows(found)


def _print(
    found: GreyPath, stuck: list[Row], asked: tuple[str | None, int], names: Mapping[str, str], told: tuple[str, str]
) -> None:
    (show, top), (language, currency), words = asked, told, WORDS[told[0]]
    for line in conclusion(found, names, language, currency):
        note(line)
    if show in {None, "zones"} and found.zones.zones:
        _table(_zones(found, names, language), top, words)
    if show in {None, "stuck"} and stuck:
        click.echo(f"\n{words['stuck']}")
        _table(_stuck(found, stuck, names, language), top, words)
    lines = proposal_words(found, names, language)
    if show in {None, "proposals"} and lines:
        click.echo(f"\n{words['proposals']}")
        for line in lines[:top] if top else lines:
            click.echo(f"- {line}")


def _print_handed(handed: Joints, waiting: list[Row], asked: tuple[str | None, int], words: Mapping[str, str]) -> None:
    show, top = asked
    if show in {None, "handovers"} and handed.joints:
        click.echo("\n" + words["handovers"].format(within=f"{handed.within / HOUR:g}"))
        _table([_joint(row, words) for row in joint_rows(handed)], top, words)
    if show in {None, "unanswered"} and waiting:
        click.echo(f"\n{words['unanswered']}")
        _table([_waiting(row, words) for row in waiting], top, words)


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


def _zones(found: GreyPath, names: Mapping[str, str], language: str) -> list[Row]:
    words = WORDS[language]
    return [
        {
            words["zone"]: zone_name(found, zone, names, language),
            words["cases"]: zone.cases,
            words["share"]: zone.share,
            words["median"]: length_in_words(zone.median_seconds, language),
            words["hours"]: zone.share_hours,
            words["amount"]: zone.amount,
            words["now"]: zone.now_cases,
            words["now_amount"]: zone.now_amount,
        }
        for zone in found.zones.zones
    ]


def _stuck(found: GreyPath, stuck: list[Row], names: Mapping[str, str], language: str) -> list[Row]:
    words = WORDS[language]
    rows = [
        {
            words["zone"]: zone_name(found, found.zones.zones[each.zone], names, language),
            words["title"]: row["title"] or row["id"],
            words["employee"]: row["employee"],
            words["since"]: row["since"].isoformat(" ", "minutes"),
            words["waits"]: length_in_words(row["hours"] * HOUR, language),
            words["amount"]: row["amount"],
            words["url"]: row["url"],
        }
        for row, each in zip(stuck, found.zones.stuck, strict=True)
    ]
    if not any(row[words["url"]] for row in rows):
        rows = [{name: value for name, value in row.items() if name != words["url"]} for row in rows]
    return rows
