"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from voronka.cli.printing import FORMATS

F = TypeVar("F", bound=Callable[..., Any])


def company_option(command: F) -> F:
    """Add --company."""
    text = "The company's folder (default: VORONKA_COMPANY, else the current folder)."
    return click.option("--company", metavar="DIR", help=text)(command)


def format_option(command: F) -> F:
    """Add --format."""
    kind = click.Choice(FORMATS)
    return click.option("--format", "form", type=kind, default="table", show_default=True, help="How to print.")(
        command
    )
