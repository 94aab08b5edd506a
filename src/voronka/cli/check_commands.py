"""The command that tells what is wrong with the data: check."""

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_table, note, print_rows
from voronka.pipeline.checking import MEANINGS, issues, summary


@click.command()
@click.argument("name", metavar="[CHECK]", required=False)
@company_option
@format_option
def check(name: str | None, company: str | None, form: str) -> None:
    """Say what the last build found wrong with the data, or list the rows that one CHECK found."""
    with bootstrap.built_metrics(company) as metrics:
        if name is not None:
            columns = ("entity", "entity_id", "employee_id", "load_id", "detail")
            print_rows(issues(metrics, name), form, columns)
            return
        found = summary(metrics)
    if form != "table":
        print_rows(found, form, ("check", "entity", "rows", "example", "meaning"))
        return
    if not found:
        click.echo("Nothing was found wrong.")
        return
    click.echo(as_table(found, ("check", "entity", "rows", "example")))
    click.echo()
    for checked in dict.fromkeys(row["check"] for row in found):
        click.echo(f"{checked}: {MEANINGS.get(str(checked), 'look at its rows')}")
    note("The rows of one: voronka check NAME")
