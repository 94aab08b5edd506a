"""Commands that keep a company safe: backup, restore."""

from pathlib import Path

import click

from voronka import bootstrap
from voronka.cli.options import company_option
from voronka.cli.printing import note
from voronka.pipeline.backing_up import Backup
from voronka.pipeline.backing_up import restore as restored_from


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@company_option
def backup(file: Path, company: str | None) -> None:
    """Write all of a company into FILE: its lake, its people, its files.

    Loads, builds and the pages may go on meanwhile. Keys (.env, *.key, *.pem ...) stay out and are named. The file
    holds what the company's folder holds, clients' data and hashes of passwords too: keep it as safe.
    """
    made = bootstrap.backed_up(company, file.expanduser().absolute())
    click.echo(_said(made, file))
    for name in made.left_out:
        note(f"Left out, as it may hold a secret: {name}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--company", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Where to.")
@click.option("--over", is_flag=True, help="Put a folder that is there aside, under another name, instead of refusing.")
def restore(file: Path, folder: Path, *, over: bool) -> None:
    """Make the company of a backup again in DIR, after every file's sum was checked.

    Stop the server of that folder first. A folder that holds anything is refused.
    """
    place = folder.expanduser().absolute()
    made, aside = restored_from(file, place, over=over, now=bootstrap.utc_now())
    click.echo(f"{place}: {_said(made, file)}")
    if aside is not None:
        note(f"What was there is now {aside}")
    for name in made.left_out:
        note(f"Not in the backup, put it there yourself: {name}")


def _said(made: Backup, file: Path) -> str:
    size = f"{made.bytes / 1e6:,.1f} MB"
    return f"{file}: {len(made.files)} files, {size}, {len(made.tables)} tables, as of {made.made_at} UTC"
