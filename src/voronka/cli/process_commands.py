"""The command that shows the path that cases really go: path."""

from typing import Any

import click
import numpy as np

from voronka import bootstrap
from voronka.analyses.alignment import Model
from voronka.analyses.event_log import EventLog
from voronka.cli.funnel_steps import step_names
from voronka.cli.options import company_option, format_option
from voronka.cli.path_printing import PARTS, print_path, rows_of
from voronka.cli.printing import as_json, print_rows
from voronka.cli.process_options import log_of_file, log_options
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.reports.path import look_at, plain_path

ALL = 1.0


@click.command()
@log_options
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

    With --model each case is aligned with the stages at the least cost: what was skipped, repeated, returned to or is
    outside of the model, in how many cases, and by how much these take longer than the others.
    """
    if not asked["log"]:
        raise QuestionError("there is no process to look at", do="Name its file: --log FILE")
    log = log_of_file(company, asked)
    stops = np.ones(len(log.cases), dtype=np.bool_) if asked["may_stop"] else None
    found = look_at(log, _model(asked, log), detail=asked["detail"], may_stop=stops)
    if form == "json":
        click.echo(as_json(plain_path(found)))
    elif form == "csv":
        print_rows(rows_of(found, asked["show"] or "edges"), form)
    else:
        print_path(found, asked["show"], asked["top"], bootstrap.language_of(company))


def _model(asked: dict[str, Any], log: EventLog) -> Model | None:
    """Return the model that is asked for; QuestionError for a step that the log has not."""
    if asked["model"] is None:
        given = [f"--{name.replace('_', '-')}" for name in ("exits", "may_stop") if asked[name]]
        if given or asked["show"] == "deviations":
            raise QuestionError(
                f"{given[0] if given else '--show deviations'} needs --model", do="Name the stages: --model A,B,C"
            )
        return None
    stages = step_names(asked["model"], "--model")
    exits = step_names(asked["exits"], "--exits") if asked["exits"] else []
    for step in (*stages, *exits):
        if step not in log.steps:
            raise QuestionError(f"the log has no step {step}", do=did_you_mean(step, log.steps))
    return Model(tuple(stages), tuple(exits))
