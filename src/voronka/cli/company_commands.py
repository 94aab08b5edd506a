"""Commands about a company's folder: init, doctor."""

import re
import shlex

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import note, print_told
from voronka.pipeline.founding import found_company


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--name", default="", help="The company's name.")
@click.option("--currency", default="RUB", show_default=True, help="Currency that money is shown in.")
@click.option("--time-zone", default="Europe/Moscow", show_default=True, help="The zone in which days begin and end.")
@click.option(
    "--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True, help="Of pages and reports."
)
@click.option(
    "--country",
    default="RU",
    show_default=True,
    help='Whose public holidays are days off, and whose phone numbers need no code; "" for no holidays.',
)
def init(folder: str, *, name: str, currency: str, time_zone: str, language: str, country: str) -> None:  # noqa: PLR0913 - the options of the command
    """Make DIR a company's folder: voronka.toml with its settings explained, and places for the rest."""
    values = {
        "name": name,
        "currency": currency,
        "time_zone": time_zone,
        "language": language,
        "calendar.country": country,
    }
    if re.fullmatch("[A-Z]{2}", country):
        values["phones.country"] = country
    made = found_company(folder, values)
    for path in made:
        click.echo(f"made {path}")
    next_one = f"voronka map FILE --company {shlex.quote(folder)}"
    note(f"Next: {next_one} shows how an export would be read; add --write to keep it.")
    note(f"Or in a browser: voronka serve --company {shlex.quote(folder)}, then load files on the page Data.")


@click.command()
@company_option
@format_option
def doctor(company: str | None, form: str) -> None:
    """Check this installation and the company's files, and say what is wrong and what to do."""
    findings = bootstrap.examined(company)
    print_told([vars(f) for f in findings], form, ("what", "state", "detail"))
    if any(f.state == "wrong" for f in findings):
        raise SystemExit(1)
