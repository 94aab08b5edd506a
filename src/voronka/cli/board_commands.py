"""The command that prints the board: places by role and of teams, as the page has them."""

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option, period_of
from voronka.cli.printing import note, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.reports.board import TEAMS, BoardAsked, board_page, can_be_shown, that_can_be_shown
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.settings import load_settings

WORDS = {
    "ru": {
        "place": "место",
        "who": "кто",
        "team": "команда",
        "value": "сделано",
        "before": "было",
        "attainment": "% плана",
        "teams": "Команды",
    },
    "en": {
        "place": "place",
        "who": "who",
        "team": "team",
        "value": "done",
        "before": "before",
        "attainment": "% of plan",
        "teams": "Teams",
    },
}
"""What the columns are called, by language."""
SHOWN = ("place", "who", "team", "value", "before", "attainment")
COLUMNS = ("list", "place", "who", "team", "metric", "value", "before", "attainment")


@click.command()
@click.option("--from", "first", metavar="DATE", help="First day (YYYY-MM-DD), inside; by default the running month.")
@click.option("--to", "last", metavar="DATE", help="Last day (YYYY-MM-DD), inside; by default today.")
@click.option("--metric", "metrics", multiple=True, metavar="METRIC", help="By this metric; repeatable.")
@company_option
@format_option
def board(company: str | None, form: str, *, first: str | None, last: str | None, metrics: tuple[str, ...]) -> None:
    """Show who is ahead: people of each role, and teams, by what adds up."""
    settings = load_settings(bootstrap.folder_of(company))
    with bootstrap.built_metrics(company) as known:
        for name in metrics:
            if not can_be_shown(known, name):
                raise QuestionError(
                    f"{name} has no places: its days do not add up, or less of it is better",
                    do=did_you_mean(name, that_can_be_shown(known)),
                )
        asked = PageAsked(period=period_of(first, last, known.company.today))
        frame = Frame(known, asked, Scope.everything(), bootstrap.utc_now(), settings)
        made = board_page(frame, BoardAsked(metrics, Scope.everything()))
    rows = _rows(made, all_metrics=bool(metrics) or form != "table")
    if form != "table":
        print_rows(rows, form, COLUMNS)
        return
    words = WORDS[spoken()]
    for key in dict.fromkeys((str(row["list"]), str(row["metric"])) for row in rows):
        note(" · ".join(words["teams"] if part == TEAMS else part for part in key if part))
        listed = [row for row in rows if (row["list"], row["metric"]) == key]
        print_rows([{words[each]: row[each] for each in SHOWN} for row in listed], form)


def _rows(made: Contents, *, all_metrics: bool) -> list[Row]:
    """Return the lists one after the other: each by its first metric, or by all."""
    rows: list[Row] = []
    for each in made.tables["boards"].rows:
        names = str(each["metrics"]).split(",")
        for name in names if all_metrics else names[:1]:
            rows += [_row(each, name, row) for row in made.tables[f"places:{each['board']}:{name}"].rows]
    return rows


def _row(each: Row, metric: str, row: Row) -> Row:
    is_team = each["by"] == "team"
    return {
        "list": each["board"],
        "place": f"{row['place']}{'=' if row['is_shared'] else ''}",
        "who": row["team" if is_team else "employee"],
        "team": None if is_team else row["beside"],
        "metric": metric,
        "value": row[metric],
        "before": row.get(f"{metric}_previous"),
        "attainment": row.get(f"{metric}_attainment"),
    }
