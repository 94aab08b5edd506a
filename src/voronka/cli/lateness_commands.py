"""The command that says why leads are answered late: late."""

from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option, period_of
from voronka.cli.printing import as_json, as_table, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter, Query, merged
from voronka.reports.lateness import effect_rows, lateness_words, part_rows, plain_lateness, remains_rows, why_late

PARTS = {"effects": effect_rows, "parts": part_rows, "remains": remains_rows}
HEADS = {
    "ru": {
        "load": "загрузка",
        "specification": "при одинаковых",
        "percent": "% к сроку за удвоение",
        "low": "от",
        "high": "до",
        "is_beyond_chance": "не случайно",
        "none": "–",
        "hour_weekday": "час и день недели",
        "month": "и месяц",
        "person": "и сотрудник",
        "arrivals": "лидов за день",
        "queue": "очередь",
    },
    "en": {
        "load": "load",
        "specification": "held equal",
        "percent": "% of time for twice as much",
        "low": "from",
        "high": "to",
        "is_beyond_chance": "beyond chance",
        "none": "–",
        "hour_weekday": "hour and weekday",
        "month": "month too",
        "person": "person too",
        "arrivals": "leads of the day",
        "queue": "queue",
    },
}
"""What stands in the table, in the company's language."""


@click.command()
@click.option("--from", "first", metavar="DATE", help="Leads from this day on (YYYY-MM-DD), inside.")
@click.option("--to", "last", metavar="DATE", help="Leads until this day (YYYY-MM-DD), inside.")
@click.option("--where", multiple=True, metavar="DIM=VALUE", help="Only these leads; their load is that of all leads.")
@click.option("--show", type=click.Choice(tuple(PARTS)), help="Only this table; CSV has the effects by default.")
@company_option
@format_option
def late(company: str | None, form: str, show: str | None, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Say why leads are answered late: because of load, on which days and hours, and what would remain without load.

    An effect of load is established where it stays beyond chance with hour, weekday, month and person held equal.
    """
    language = spoken()
    with bootstrap.built_metrics(company) as metrics:
        query = Query(
            metrics=(),
            scope=Scope.everything(),
            where=merged(Filter.parse(text) for text in asked["where"]),
            period=period_of(asked["first"], asked["last"], metrics.company.today),
        )
        found = why_late(metrics, query)
    if form == "json":
        click.echo(as_json(plain_lateness(found)))
    elif form == "csv":
        print_rows(PARTS[show or "effects"](found), form)
    elif show and show != "effects":
        print_rows(PARTS[show](found), form)
    else:
        for line in lateness_words(found, language):
            click.echo(line)
        _print_effects(effect_rows(found), HEADS[language])


def _print_effects(rows: list[dict[str, Any]], heads: dict[str, str]) -> None:
    if not rows:
        return
    cells = [{heads[name]: heads.get(str(value), value) for name, value in row.items()} for row in rows]
    click.echo("\n" + as_table(cells, list(cells[0])))
