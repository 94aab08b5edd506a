"""`voronka`: the commands and their options."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from voronka.cli import (
    access_commands,
    backup_commands,
    check_commands,
    company_commands,
    data_commands,
    funnel_commands,
    grey_commands,
    history_commands,
    identity_commands,
    lateness_commands,
    metric_commands,
    plan_commands,
    process_commands,
    query_commands,
    reconcile_commands,
    regulation_commands,
    report_commands,
    serve_commands,
    user_commands,
    workshop_commands,
)
from voronka.cli.speaking import spoken
from voronka.domain.disk_faults import disk_fault
from voronka.domain.errors import VoronkaError
from voronka.pipeline.sentences import error_in

F = TypeVar("F", bound=Callable[..., Any])


class Group(click.Group):
    """A group of commands that says errors in one sentence on stderr and exits with the code of their class."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        """Run the command; an error that was foreseen is one line, not a traceback."""
        try:
            return super().invoke(ctx)
        except VoronkaError as fault:
            click.echo(f"voronka: {error_in(spoken(), fault)}", err=True)
            sys.exit(fault.exit_code)
        except BrokenPipeError:
            raise  # click's own: whoever read the output has gone
        except OSError as fault:
            place = f"{fault.filename}: " if fault.filename else ""
            told = disk_fault(fault)
            said = error_in(spoken(), told) if told else f"{place}{fault.strerror or fault}"
            click.echo(f"voronka: {said}", err=True)
            sys.exit(1)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="voronka")
def main() -> None:
    """Voronka shows a head of sales what the team does, what it brings, where sales leak and what to change.

    Everything of one company lies in one folder: --company DIR, else VORONKA_COMPANY, else the current folder.
    """


for command in (
    company_commands.init,
    data_commands.map_file,
    data_commands.import_data,
    data_commands.build,
    data_commands.loads,
    check_commands.check,
    history_commands.history,
    query_commands.query,
    metric_commands.metrics,
    regulation_commands.sla,
    lateness_commands.late,
    process_commands.path,
    report_commands.report,
    funnel_commands.funnel,
    grey_commands.greyzones,
    plan_commands.plan,
    workshop_commands.hypothesis,
    identity_commands.identity,
    reconcile_commands.reconcile_records,
    serve_commands.serve,
    user_commands.user,
    access_commands.token,
    access_commands.audit,
    serve_commands.demo,
    backup_commands.backup,
    backup_commands.restore,
    company_commands.doctor,
):
    main.add_command(command)
