"""Commands about who may sign in: user."""

import sys

import click

from voronka.bootstrap import People
from voronka.cli.options import company_option, format_option
from voronka.cli.people import people_of
from voronka.cli.printing import note, print_rows


@click.group()
def user() -> None:
    """Say who may sign in to the company's pages."""


@user.command("add")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["admin"]), default="admin", show_default=True, help="What they may: admin, everything."
)
@click.option("--password-stdin", "piped", is_flag=True, help="Read the password from standard input, for scripts.")
@company_option
def add(name: str, role: str, company: str | None, *, piped: bool) -> None:
    """Let NAME sign in; asks for a password twice."""
    with people_of(company) as people:
        made = people.accounts.add_user(name, _password(people, piped=piped), role)
    click.echo(f"{made.name} ({made.role}) can sign in.")
    note("Next: voronka serve")


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", "piped", is_flag=True, help="Read the password from standard input, for scripts.")
@company_option
def password(name: str, company: str | None, *, piped: bool) -> None:
    """Give NAME another password; whoever is signed in under the name has to sign in again."""
    with people_of(company) as people:
        people.accounts.named(name)
        changed = people.accounts.set_password(name, _password(people, piped=piped))
    click.echo(f"{changed.name} has another password; their sessions are ended.")


@user.command("list")
@company_option
@format_option
def show(company: str | None, form: str) -> None:
    """List who may sign in."""
    with people_of(company) as people:
        rows = [
            {"name": each.name, "role": each.role, "active": each.is_active, "created": f"{each.created_at:%Y-%m-%d}"}
            for each in people.accounts.users()
        ]
    print_rows(rows, form, ("name", "role", "active", "created"))


@user.command("remove")
@click.argument("name")
@company_option
def remove(name: str, company: str | None) -> None:
    """Let NAME sign in no more; their sessions end at once."""
    with people_of(company) as people:
        gone = people.accounts.remove(name)
    click.echo(f"{gone.name} cannot sign in any more.")


def _password(people: People, *, piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    asked = f"Password (at least {people.accounts.shortest_password} characters)"
    return str(click.prompt(asked, hide_input=True, confirmation_prompt=True))
