"""The command that shows where cases stop: funnel."""

from typing import Any
from zoneinfo import ZoneInfo

import click

from voronka import bootstrap
from voronka.analyses.funnel import ORDERS, TIES, Funnel
from voronka.cli.funnel_printing import print_table
from voronka.cli.funnel_steps import Asking, funnel_of
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_json, print_rows
from voronka.cli.process_options import log_of_file, log_options
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.period import GRAINS, Grain
from voronka.reports.funnel import CASE_COLUMNS, Row, Walked, cases_of, plain_funnel, rows_of, sections_of, walk


@click.command()
@log_options
@click.option(
    "--steps",
    metavar="A,B,C",
    required=True,
    help='The steps in their order, up to 20; B|C is either of two; one with a comma in quotes: A,"B, C".',
)
@click.option("--window", metavar="LENGTH", help="The last step no later after the first: 14d, 36h, 90m, 2w.")
@click.option(
    "--step-window",
    "step_windows",
    multiple=True,
    metavar="B=2d",
    help="B no later after the step before it; repeatable.",
)
@click.option("--optional", multiple=True, metavar="B", help="B may be passed over; repeatable.")
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    default="ordered",
    show_default=True,
    help="ordered: whatever happens between; strict: nothing between; any: in any order.",
)
@click.option(
    "--ties",
    type=click.Choice(TIES),
    default="log",
    show_default=True,
    help="Events of one time follow one another as the log has them, or either way.",
)
@click.option("--by", metavar="PERIOD", help="Cohorts by the first step: day, week, month, quarter or year.")
@click.option("--reached", "stage", metavar="STEP", help="List the cases that reached a step (its name or number).")
@click.option("--dropped", "lost_at", metavar="STEP", help="List the cases that reached a step and not the next.")
@company_option
@format_option
def funnel(company: str | None, form: str, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Show how many cases of a process go from step to step, and how long it takes them.

    A case has reached a step when it has the steps before it in their order and this one, within --window of the
    first: whoever comes again and goes on the second time has gone on. Times are of one chain a case: to its furthest
    step, complete earliest, and of those begun latest. Shares have an interval of 95 %.
    """
    grain = _grain(asked["by"])
    if not asked["log"]:
        raise QuestionError("there is no process to look at", do="Name its file: --log FILE")
    log = log_of_file(company, asked)
    asking = Asking(
        asked["steps"], asked["order"], asked["ties"], asked["window"], asked["step_windows"], asked["optional"]
    )
    question = funnel_of(asking, {name: (place,) for place, name in enumerate(log.steps)})
    walked = walk(log, question)
    zone = ZoneInfo(asked["time_zone"] or bootstrap.zone_of(company) or "UTC")
    if asked["stage"] or asked["lost_at"]:
        print_rows(_cases(walked, asked["stage"], asked["lost_at"], zone), form, CASE_COLUMNS)
        return
    sections = sections_of(walked, grain, zone)
    if form == "json":
        click.echo(as_json(plain_funnel(walked, sections, grain)))
    elif form == "csv":
        print_rows(rows_of(sections, grain), form)
    else:
        print_table(walked, sections, grain, bootstrap.language_of(company))


def _cases(walked: Walked, stage: str | None, lost_at: str | None, zone: ZoneInfo) -> list[Row]:
    if stage and lost_at:
        raise QuestionError("--reached and --dropped are two lists", do="Ask for one of them")
    return cases_of(walked, _place(walked.funnel, stage or lost_at or ""), zone, only_dropped=bool(lost_at))


def _grain(text: str | None) -> Grain | None:
    found = next((grain for grain in GRAINS if grain == text), None)
    if text is not None and found is None:
        raise QuestionError(f"--by is no period: {text}", do=did_you_mean(text, GRAINS))
    return found


def _place(funnel: Funnel, text: str) -> int:
    names = [step.name for step in funnel.steps]
    if text in names:
        return names.index(text)
    if text.isdecimal() and 1 <= int(text) <= len(names):
        return int(text) - 1
    raise QuestionError(f"the funnel has no step {text}", do=did_you_mean(text, names))
