"""Commands about programs that ask, and about what was done: token, audit."""

from datetime import UTC, datetime, time

import click

from voronka import bootstrap
from voronka.cli.options import company_option, day_of, format_option
from voronka.cli.people import noted, people_of
from voronka.cli.printing import note, print_rows, to_the_minute
from voronka.settings import load_settings

REACHES = ("figures", "records", "personal")


@click.group()
def token() -> None:
    """Make and end tokens by which programs read figures in a user's name."""


@token.command("add")
@click.argument("user", metavar="USER")
@click.argument("name")
@click.option(
    "--reach",
    type=click.Choice(REACHES),
    default="figures",
    show_default=True,
    help="figures: queries alone; records: all that USER may read; personal: clients' numbers and addresses too.",
)
@click.option("--days", type=int, default=90, show_default=True, help="Days until it ends, 366 at most.")
@company_option
def add(user: str, name: str, *, reach: str, days: int, company: str | None) -> None:
    """Make a token of USER for the program NAME, and print it: it is shown this once.

    A program sends it as `Authorization: Bearer TOKEN`; it reads what USER may see, and changes nothing.
    """
    with people_of(company) as people:
        owner = people.accounts.named(user)
        number, made = people.access.tokens.add(owner.user_id, name, reach, days)
        noted(people, f"token {number} of {owner.name} ({reach}, {days} days)")
    click.echo(made)
    note(f"Token {number} of {owner.name}; voronka token revoke {number} ends it.")


@token.command("list")
@company_option
@format_option
def show(company: str | None, form: str) -> None:
    """List the tokens, those that ended too."""
    zone = load_settings(bootstrap.folder_of(company)).zone()
    with people_of(company) as people:
        rows = [
            {
                "number": each.token_id,
                "user": each.user,
                "name": each.name,
                "reach": each.reach,
                "until": f"{each.expires_at:%Y-%m-%d}",
                "used": to_the_minute(each.seen_at, zone),
                "revoked": to_the_minute(each.revoked_at, zone),
            }
            for each in people.access.tokens.all()
        ]
    print_rows(rows, form, ("number", "user", "name", "reach", "until", "used", "revoked"))


@token.command("revoke")
@click.argument("number", type=int)
@company_option
def revoke(number: int, company: str | None) -> None:
    """End the token of this NUMBER at once."""
    with people_of(company) as people:
        ended = people.access.tokens.revoke(number)
        noted(people, f"token {number} of {ended.user} revoked")
    click.echo(f"Token {number} of {ended.user} opens nothing any more.")


@click.command()
@click.option("--user", default="", metavar="NAME", help="Only what this user did.")
@click.option("--action", default="", metavar="ACTION", help="Only these: sign_in, export, refused, change, access ...")
@click.option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD).")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="How many lines.")
@company_option
@format_option
def audit(  # noqa: PLR0913 - the options of the command
    *, user: str, action: str, since: str | None, limit: int, company: str | None, form: str
) -> None:
    """List who signed in, was refused, took tables out or changed something, the newest first."""
    day = day_of(since, "--since")
    zone = load_settings(bootstrap.folder_of(company)).zone()
    with people_of(company) as people:
        first = datetime.combine(day, time.min, zone).astimezone(UTC).replace(tzinfo=None) if day else None
        entries, _ = people.access.audit.entries(limit, action=action, user=user, since=first)
    rows = [
        {
            "at": to_the_minute(each.at, zone),
            "user": each.user,
            "action": each.action,
            "what": each.what,
            "from": each.address,
        }
        for each in entries
    ]
    print_rows(rows, form, ("at", "user", "action", "what", "from"))
