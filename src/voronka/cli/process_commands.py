"""The command that shows the path that cases really go: path."""

from collections.abc import Mapping
from typing import Any

import click
import numpy as np

from voronka import bootstrap
from voronka.analyses.alignment import Model
from voronka.analyses.event_log import EventLog
from voronka.cli.against_options import GIVEN, against_options, other_asked, print_compared
from voronka.cli.funnel_steps import step_names as names_in
from voronka.cli.journey_options import journey_options, journeys_asked, note_untold, refuse_own
from voronka.cli.options import company_option, format_option
from voronka.cli.path_printing import PARTS, print_path, rows_of
from voronka.cli.printing import as_json, note, print_rows
from voronka.cli.process_options import is_of_another, log_asked, log_options
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError
from voronka.reports.journey_path import journey_path
from voronka.reports.log_path import model_of
from voronka.reports.path import Path, Stages, look_at, named, plain_path
from voronka.reports.path_compared import path_compared
from voronka.reports.step_names import step_names

ALL = 1.0
WITHOUT_EVENTS = {"ru": "Случаев без таких событий: {}.", "en": "Cases without such events: {}."}


@click.command()
@log_options
@journey_options
@against_options
@click.option(
    "--model",
    metavar="A,B,C",
    help='The stages in their order: how far cases go by them; one with a comma in quotes: A,"B, C".',
)
@click.option("--exits", metavar="X,Y", help="With --model: steps by which a case may leave behind any stage.")
@click.option("--may-stop", is_flag=True, help="With --model: a case may end behind any stage, as open ones do.")
@click.option(
    "--detail",
    type=click.FloatRange(0, 1),
    default=ALL,
    show_default=True,
    help="The strongest edges that hold this share of what cases pass, and a way to every step.",
)
@click.option("--show", type=click.Choice(PARTS), help="Only this table; CSV has the edges by default.")
@click.option("--top", type=click.IntRange(min=0), default=15, show_default=True, help="Rows of a table; 0: all.")
@company_option
@format_option
def path(company: str | None, form: str, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Show the path that cases really go: what follows what and how long it takes, and the variants of it.

    With --log those of a file, with --stream those that a source of yours keeps, else your own, against the stages of
    --pipeline where one is named. Against stages, as
    with --model, each case is aligned at the least cost: what was skipped, repeated, returned to or is outside of the
    model, in how many cases, and by how much these take longer than the others. With --against two groups of your cases
    are compared instead: which steps, edges and times differ by more than chance would make them.
    """
    language = spoken()
    if any(asked[name] for name in GIVEN):
        _compare(company, form, asked, language)
        return
    if is_of_another(asked):
        refuse_own(asked)
        found = _of_file(company, form, asked)
        names: dict[str, str] = {}
    else:
        found, names = _of_company(company, asked, language)
    if form == "json":
        click.echo(as_json(plain_path(found) | ({"titles": names} if names else {})))
    elif form == "csv":
        print_rows(rows_of(found, asked["show"] or "edges"), form)
    else:
        print_path(named(found, names), asked["show"], asked["top"], language)


def _compare(company: str | None, form: str, asked: Mapping[str, Any], language: str) -> None:
    if is_of_another(asked) or asked["show"]:
        raise QuestionError("--against compares your own cases, as a whole", do="Leave --log, --stream and --show out")
    _refuse_model(asked)
    with bootstrap.built_metrics(company) as metrics:
        one = journeys_asked(asked, metrics.company.today)
        other = other_asked(asked, one, metrics.company.today)
        found = path_compared(metrics, one, other or one)
    print_compared(found, form, asked["top"], step_names(found.steps, language), language)


def _refuse_model(asked: Mapping[str, Any]) -> None:
    for name in ("model", "exits", "may_stop"):
        if asked[name]:
            option = f"--{name.replace('_', '-')}"
            raise QuestionError(f"{option} needs --log", do="Name your own stages by --pipeline")


def _of_file(company: str | None, form: str, asked: Mapping[str, Any]) -> Path:
    log = log_asked(company, form, asked)
    stops = np.ones(len(log.cases), dtype=np.bool_) if asked["may_stop"] else None
    model = _model(asked, log)
    return look_at(log, None if model is None else Stages(model, stops), detail=asked["detail"])


def _of_company(company: str | None, asked: Mapping[str, Any], language: str) -> tuple[Path, dict[str, str]]:
    """Return the path of the company's own cases, and what its steps are called."""
    _refuse_model(asked)
    if asked["show"] == "deviations" and not asked["pipeline"]:
        raise QuestionError("--show deviations needs --pipeline", do="Name the pipeline whose stages are the model")
    with bootstrap.built_metrics(company) as metrics:
        found = journey_path(metrics, journeys_asked(asked, metrics.company.today), detail=asked["detail"])
    if found.without_events:
        note(WITHOUT_EVENTS[language].format(f"{found.without_events:,}"))
    note_untold(found.untold.count, language)
    return found.path, step_names(found.steps, language)


def _model(asked: Mapping[str, Any], log: EventLog) -> Model | None:
    """Return the model that is asked for; QuestionError for a step that the log has not."""
    if asked["model"] is None:
        given = [f"--{name.replace('_', '-')}" for name in ("exits", "may_stop") if asked[name]]
        if given or asked["show"] == "deviations":
            raise QuestionError(
                f"{given[0] if given else '--show deviations'} needs --model", do="Name the stages: --model A,B,C"
            )
        return None
    stages = names_in(asked["model"], "--model")
    exits = names_in(asked["exits"], "--exits") if asked["exits"] else []
    return model_of(log, stages, exits)
