"""The command that shows where cases stop: funnel."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

import click

from voronka import bootstrap
from voronka.analyses.funnel import ORDERS, TIES, Funnel
from voronka.analyses.journey_log import Step
from voronka.cli.funnel_printing import print_losses, print_table
from voronka.cli.funnel_steps import Asking, funnel_of
from voronka.cli.journey_options import journey_options, journeys_asked, note_untold, refuse_own
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_json, print_rows
from voronka.cli.process_options import is_of_another, log_asked, log_options
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.period import GRAINS, Grain
from voronka.reports.funnel import (
    CASE_COLUMNS,
    Row,
    Walked,
    cases_of,
    plain_funnel,
    rows_of,
    sections_by,
    sections_of,
    walk,
)
from voronka.reports.journey_funnel import journey_funnel, own_steps, stages_in_order, step_meanings
from voronka.reports.step_names import step_names

NO_TITLES: Mapping[str, str] = {}


@click.command()
@log_options
@journey_options
@click.option(
    "--steps",
    metavar="A,B,C",
    help='The steps in their order, up to 20; B|C is either of two; one with a comma in quotes: A,"B, C". Your'
    " own: stages, keys, milestone:x; default: the stages of --pipeline.",
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
    default="either",
    show_default=True,
    help="Events of one time follow one another either way, or only as the log has them.",
)
@click.option(
    "--by",
    metavar="CUT",
    help="Cohorts by the first step: day, week, month, quarter or year; your own cases by employee, channel ... too.",
)
@click.option("--reached", "stage", metavar="STEP", help="List the cases that reached a step (its name or number).")
@click.option("--dropped", "lost_at", metavar="STEP", help="List the cases that reached a step and not the next.")
@company_option
@format_option
def funnel(company: str | None, form: str, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Show how many cases of a process go from step to step, and how long it takes them.

    With --log those of a file, with --stream those that a source of yours keeps, else your own cases, with what they
    are worth and why those who stopped were lost. A case has
    reached a step when it has the steps before it in their order and this one, within --window of the first: whoever
    comes again and goes on the second time has gone on. Times are of one chain a case: to its furthest step, complete
    earliest, and of those begun latest. Shares have an interval of 95 %.
    """
    if is_of_another(asked):
        refuse_own(asked)
        _show_file(company, form, asked)
    else:
        _show_own(company, form, asked)


def _show_file(company: str | None, form: str, asked: Mapping[str, Any]) -> None:
    grain = _grain(asked["by"])
    if not asked["steps"]:
        raise QuestionError("a funnel has steps", do="Name them: --steps A,B,C")
    log = log_asked(company, form, asked)
    question = funnel_of(_asking(asked, asked["steps"]), {name: (place,) for place, name in enumerate(log.steps)})
    walked = walk(log, question)
    zone = ZoneInfo(asked["time_zone"] or bootstrap.zone_of(company) or "UTC")
    if asked["stage"] or asked["lost_at"]:
        print_rows(_cases(walked, asked["stage"], asked["lost_at"], zone), form, CASE_COLUMNS)
        return
    sections = sections_of(walked, grain, zone)
    if form == "json":
        click.echo(as_json(plain_funnel(walked, sections, grain) | {"repeated_events": log.repeated}))
    elif form == "csv":
        print_rows(rows_of(sections, grain), form)
    else:
        print_table(walked, sections, grain, spoken())


def _show_own(company: str | None, form: str, asked: Mapping[str, Any]) -> None:
    by = asked["by"]
    grain = _grain(by) if by in GRAINS else None
    with bootstrap.built_metrics(company) as metrics:
        query = journeys_asked(asked, metrics.company.today)
        steps = own_steps(metrics, query.scope)
        question = _own_question(asked, steps)
        found = journey_funnel(metrics, query, steps, question, "" if grain or not by else by)
        zone, currency = ZoneInfo(metrics.company.zone), metrics.company.currency
    note_untold(found.left_out, spoken())
    walked, amounts = found.walked, found.outcomes.amount
    if asked["stage"] or asked["lost_at"]:
        titles = step_names(steps, spoken())
        print_rows(_cases(walked, asked["stage"], asked["lost_at"], zone, titles), form, CASE_COLUMNS)
        return
    sections = (
        sections_of(walked, grain, zone, amounts)
        if found.by is None
        else sections_by(walked, found.by, found.names, amounts)
    )
    if form == "json":
        stopped = [asdict(each) for each in found.stopped] if walked.is_known else None
        told = plain_funnel(walked, sections, by) | {"left_out": found.left_out, "stopped": stopped}
        click.echo(as_json(told))
    elif form == "csv":
        print_rows(rows_of(sections, by), form)
    else:
        language = spoken()
        names = step_names(steps, language)
        print_table(walked, sections, by, language, names)
        print_losses(found.stopped, currency, language, names)


def _own_question(asked: Mapping[str, Any], steps: Sequence[Step]) -> Funnel:
    """Return the funnel over the company's steps; a stage of a pipeline is asked for by its key, id or title."""
    pipeline = asked["pipeline"]
    if not asked["steps"] and not pipeline:
        raise QuestionError("a funnel has steps", do="Name them: --steps A,B,C, or --pipeline, or a file: --log FILE")
    text = asked["steps"] or ",".join(stages_in_order(steps, pipeline))
    return funnel_of(_asking(asked, text), step_meanings(steps, pipeline))


def _asking(asked: Mapping[str, Any], steps: str) -> Asking:
    return Asking(steps, asked["order"], asked["ties"], asked["window"], asked["step_windows"], asked["optional"])


def _grain(text: str | None) -> Grain | None:
    found = next((grain for grain in GRAINS if grain == text), None)
    if text is not None and found is None:
        raise QuestionError(f"--by is no period: {text}", do=did_you_mean(text, GRAINS))
    return found


def _cases(
    walked: Walked, stage: str | None, lost_at: str | None, zone: ZoneInfo, titles: Mapping[str, str] = NO_TITLES
) -> list[Row]:
    if stage and lost_at:
        raise QuestionError("--reached and --dropped are two lists", do="Ask for one of them")
    return cases_of(walked, _place(walked.funnel, stage or lost_at or "", titles), zone, only_dropped=bool(lost_at))


def _place(funnel: Funnel, text: str, titles: Mapping[str, str]) -> int:
    names = [step.name for step in funnel.steps]
    told = [titles.get(name, name) for name in names]
    for known in (names, told):
        if text in known:
            return known.index(text)
    if text.isdecimal() and 1 <= int(text) <= len(names):
        return int(text) - 1
    raise QuestionError(f"the funnel has no step {text}", do=did_you_mean(text, told))
