"""Options that several commands have."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from voronka.cli.printing import FORMATS
from voronka.cli.speaking import remember_company
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period

F = TypeVar("F", bound=Callable[..., Any])


def company_option(command: F) -> F:
    """Add --company."""
    text = "The company's folder (default: VORONKA_COMPANY, else the current folder)."
    return click.option("--company", metavar="DIR", help=text, callback=remember_company)(command)


def format_option(command: F) -> F:
    """Add --format."""
    kind = click.Choice(FORMATS)
    return click.option("--format", "form", type=kind, default="table", show_default=True, help="How to print.")(
        command
    )


def day_of(text: str | None, option: str) -> date | None:
    """Return the day given to an option; QuestionError where it is none."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as fault:
        raise QuestionError(f"{option} is not a day: {text}", do="Write it as 2026-01-31") from fault


def period_of(first: str | None, last: str | None, today: Callable[[], date]) -> Period | None:
    """Return the period of --from and --to, until today where no last day is given; None where neither is."""
    begin, end = day_of(first, "--from"), day_of(last, "--to")
    if begin is None:
        if end is None:
            return None
        raise QuestionError("a period needs --from", do="Give its first day too, as in --from 2026-01-01")
    end = end or today()
    if end < begin:
        raise QuestionError(f"the period ends before it begins: {begin} to {end}")
    return Period(begin, end)
