"""Commands about who may sign in: user."""

import sys
from datetime import timedelta

import click

from voronka import bootstrap
from voronka.bootstrap import People
from voronka.cli.options import company_option, format_option
from voronka.cli.people import employee_of, noted, people_of
from voronka.cli.printing import note, print_rows
from voronka.domain.access import ACCESS_ROLES, ADMIN, GIVEN_ROLES, SCREEN
from voronka.settings import load_settings

role_option = click.option(
    "--role",
    type=click.Choice(GIVEN_ROLES),
    default=ADMIN,
    show_default=True,
    help="Whose rows they see and what they may do; docs/reference/access.md has the table.",
)
employee_option = click.option(
    "--employee", metavar="NAME", help="Which employee they are, by name or id: a manager sees this person's rows."
)
email_option = click.option("--email", metavar="ADDRESS", help="Their mail address, by which they may sign in too.")
piped_option = click.option(
    "--password-stdin", "piped", is_flag=True, help="Read the password from standard input, for scripts."
)


@click.group()
def user() -> None:
    """Say who may sign in to the company's pages, and whose rows they see."""


@user.command("add")
@click.argument("name")
@role_option
@employee_option
@email_option
@piped_option
@company_option
def add(  # noqa: PLR0913 - the options of the command
    name: str, *, role: str, employee: str | None, email: str | None, company: str | None, piped: bool
) -> None:
    """Let NAME sign in; asks for a password twice."""
    employee_id = employee_of(company, employee)
    with people_of(company) as people:
        password = _password(people, piped=piped)
        made = people.accounts.add_user(name, password, role, employee_id=employee_id, email=email)
        noted(people, f"{made.name} added as {made.role}")
    click.echo(f"{made.name} ({made.role}) can sign in.")
    _warn_of_nothing_seen(made.role, made.employee_id)
    note("Next: voronka serve")


@user.command("invite")
@click.argument("name")
@role_option
@employee_option
@email_option
@company_option
def invite(name: str, *, role: str, employee: str | None, email: str | None, company: str | None) -> None:
    """Print a link by which NAME sets a password, once.

    A user who is there already gets a new link, as after a forgotten password; their role stays as it is.
    """
    web = load_settings(bootstrap.folder_of(company)).web
    employee_id = employee_of(company, employee)
    with people_of(company) as people:
        known = {people.accounts.key_of(each.name): each for each in people.accounts.users()}
        found = known.get(people.accounts.key_of(name))
        if found is None:
            found = people.accounts.add_user(name, None, role, employee_id=employee_id, email=email)
        token = people.access.invite(found, timedelta(days=web.invitation_days))
        noted(people, f"{found.name} invited as {found.role}")
    click.echo(f"{web.public_url or f'http://127.0.0.1:{web.port}'}/accept#{token}")
    note(f"{found.name} ({found.role}) opens this address within {web.invitation_days:g} days; it works once.")
    _warn_of_nothing_seen(found.role, found.employee_id)


@user.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(GIVEN_ROLES))
@company_option
def give_role(name: str, role: str, company: str | None) -> None:
    """Give NAME another ROLE; whoever is signed in under the name has to sign in again."""
    with people_of(company) as people:
        changed = people.accounts.set_role(name, role)
        noted(people, f"{changed.name}: {role}")
    click.echo(f"{changed.name} is {role} now; their sessions are ended.")
    _warn_of_nothing_seen(changed.role, changed.employee_id)


@user.command("tie")
@click.argument("name")
@click.argument("employee", required=False)
@company_option
def tie(name: str, employee: str | None, company: str | None) -> None:
    """Say which EMPLOYEE (a name or an id of the data) NAME is; without one: none."""
    employee_id = employee_of(company, employee)
    with people_of(company) as people:
        changed = people.accounts.tie(name, employee_id)
        noted(people, f"{changed.name}: employee {employee_id or 'none'}")
    click.echo(f"{changed.name} is {employee_id or 'no employee'}.")


@user.command("bar")
@click.argument("name")
@company_option
def bar(name: str, company: str | None) -> None:
    """Let NAME in no more, and keep the account; sessions and tokens end at once."""
    _set_active(company, name, is_active=False)
    click.echo(f"{name} cannot sign in any more.")


@user.command("unbar")
@click.argument("name")
@company_option
def unbar(name: str, company: str | None) -> None:
    """Let NAME sign in again."""
    _set_active(company, name, is_active=True)
    click.echo(f"{name} can sign in again.")


@user.command("password")
@click.argument("name")
@piped_option
@company_option
def password(name: str, company: str | None, *, piped: bool) -> None:
    """Give NAME another password; whoever is signed in under the name has to sign in again, and tokens end."""
    with people_of(company) as people:
        people.accounts.named(name)
        changed = people.accounts.set_password(name, _password(people, piped=piped))
        noted(people, f"{changed.name}: password")
    click.echo(f"{changed.name} has another password; their sessions are ended.")


@user.command("list")
@company_option
@format_option
def show(company: str | None, form: str) -> None:
    """List who may sign in."""
    with people_of(company) as people:
        sessions = [each.user_id for each in people.sessions.opened()]
        rows = [
            {
                "name": each.name,
                "role": each.role,
                "active": each.is_active,
                "employee": each.employee_id,
                "email": each.email,
                "password": each.has_password,
                "sessions": sessions.count(each.user_id),
                "created": f"{each.created_at:%Y-%m-%d}",
            }
            for each in people.accounts.users()
        ]
    print_rows(rows, form, ("name", "role", "active", "employee", "email", "password", "sessions", "created"))


@user.command("sign-out")
@click.argument("name")
@company_option
def sign_out(name: str, company: str | None) -> None:
    """End all sessions of NAME."""
    with people_of(company) as people:
        found = people.accounts.named(name)
        ended = people.sessions.end_all(found.user_id)
        noted(people, f"{found.name}: {ended} sessions ended")
    click.echo(f"{found.name}: {ended} sessions ended.")


@user.command("remove")
@click.argument("name")
@company_option
def remove(name: str, company: str | None) -> None:
    """Let NAME sign in no more; their sessions end at once."""
    with people_of(company) as people:
        gone = people.accounts.remove(name)
        noted(people, f"{gone.name} removed")
    click.echo(f"{gone.name} cannot sign in any more.")


def _set_active(company: str | None, name: str, *, is_active: bool) -> None:
    with people_of(company) as people:
        people.accounts.set_active(name, is_active=is_active)
        noted(people, f"{name}: {'let in' if is_active else 'barred'}")


def _warn_of_nothing_seen(role: str, employee_id: str | None) -> None:
    if employee_id is None and role != SCREEN and ACCESS_ROLES[role].reach != "all":  # the board is everybody's
        note("They see no row until it is known which employee they are: voronka user tie NAME EMPLOYEE")


def _password(people: People, *, piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    asked = f"Password (at least {people.accounts.shortest_password} characters)"
    return str(click.prompt(asked, hide_input=True, confirmation_prompt=True))
