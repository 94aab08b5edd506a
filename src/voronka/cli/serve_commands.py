"""Commands that show the pages: serve, demo."""

import shlex
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click

from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.cli.options import company_option
from voronka.cli.printing import build_bar, note
from voronka.cli.serving import address_of, listening, listening_at, open_browser
from voronka.cli.serving import serve as serve_company
from voronka.cli.serving_processes import serve_by_several
from voronka.pipeline.deploying import is_reachable_from_outside
from voronka.settings import WebSettings, load_settings

PORT = WebSettings().port


@click.command()
@company_option
@click.option("--host", metavar="HOST", help="Address to listen on (default: web.host of the settings, 127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (default: web.port, 8765); 0: any free.")
@click.option("--socket", "at", type=click.Path(path_type=Path), help="Socket to listen on instead, for a proxy.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer (default: web.workers, 1).")
@click.option("--open", "opens", is_flag=True, help="Open the pages in a browser.")
def serve(  # noqa: PLR0913 - the options of the command
    company: str | None, host: str | None, port: int | None, at: Path | None, workers: int | None, *, opens: bool
) -> None:
    """Serve the company's pages to browsers until Ctrl-C.

    Several processes share the memory that engine.memory_limit allows, what they have worked out, and the count of
    failed sign-ins; one that ends is started again.
    """
    folder = bootstrap.folder_of(company)
    web = load_settings(folder).web
    host, count = host or web.host, workers or web.workers
    listens = listening(host, web.port if port is None else port) if at is None else listening_at(at)
    with listens as taken, closing(bootstrap.open_for_people(str(folder), sharers=count)) as opened:
        _note_what_is_missing(opened, host if at is None else "localhost")
        address = address_of(taken, opened)

        def ready() -> None:
            click.echo(f"Voronka is at {address}")
            _note_the_first_step(opened, address)
            note("Ctrl-C stops it.")
            if opens and not open_browser(address):
                note("No browser could be opened here.")

        if count == 1:
            serve_company(opened, taken, ready, host)
        else:
            serve_by_several(folder, taken, ready, host, count)


def _note_what_is_missing(opened: OpenCompany, host: str) -> None:
    named = f" --company {shlex.quote(str(opened.folder))}"
    if not opened.data_version():
        note("Nothing is built yet, so the pages are empty: load files on the page Data,")
        note(f"or with voronka import{named}, then voronka build{named}")
    users = opened.people.accounts.users()
    if not any(user.has_password for user in users):
        if users:
            note(f"Nobody can sign in yet: voronka user add NAME{named}")
        if opened.is_demo:
            note(f"This is a demo company: voronka demo {shlex.quote(str(opened.folder))} prints a link into it.")
    if is_reachable_from_outside(host) and not opened.settings.web.public_url:
        note(
            "Other machines can reach this address, and passwords travel unencrypted: put a proxy with HTTPS before it"
            " and name its address in web.public_url."
        )


def _note_the_first_step(opened: OpenCompany, address: str) -> None:
    """Print the code by which the first user is made, where there is none yet: nobody on the network has seen it."""
    first = opened.people.access.first_user
    if first.is_missing():
        note(f"Nobody can sign in yet. Open {address}/setup and give this code: {first.new_code()}")


@click.command()
@click.argument("folder", metavar="[DIR]", default="voronka-demo", type=click.Path(path_type=Path))
@click.option("--managers", type=int, help="How many people sell (default: 24).")
@click.option("--months", type=int, help="How many months of data there are (default: 24).")
@click.option("--seed", type=int, help="Which of the possible companies to make.")
@click.option("--fresh", is_flag=True, help="Make the company anew, though there is one.")
@click.option("--keep", is_flag=True, help="Keep the company that is there, though it was made on an earlier day.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0: any free.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--no-serve", is_flag=True, help="Only make the company.")
def demo(  # noqa: PLR0913 - the options of the command
    folder: Path,
    *,
    managers: int | None,
    months: int | None,
    seed: int | None,
    fresh: bool,
    keep: bool,
    port: int,
    no_open: bool,
    no_serve: bool,
) -> None:
    """Make a company with made data in DIR (default: voronka-demo), and show its pages.

    Its data end today: on another day it is made anew. Nothing is sent anywhere, and a folder that holds anything else
    is never touched.
    """
    place = folder.expanduser().absolute()

    def ready() -> None:
        with build_bar(at_once=False) as advance:
            bootstrap.ready_demo(
                place, note, advance, managers=managers, months=months, seed=seed, fresh=fresh, keep=keep
            )

    if no_serve:
        ready()
        click.echo(place)
        return
    with listening("127.0.0.1", port) as taken:  # a port that is taken is told before anything is made
        ready()
        with closing(bootstrap.open_for_people(str(place))) as opened:
            serve_company(opened, taken, _told(opened, address_of(taken), opens=not no_open))


def _told(opened: OpenCompany, address: str, *, opens: bool) -> Callable[[], None]:
    def ready() -> None:
        click.echo(f"{address}/enter/{bootstrap.demo_link(opened)}")
        note("Open this address: it lets one person in, once. Ctrl-C stops the demo, `voronka demo` shows it again.")
        if opens:
            open_browser(f"{address}/enter/{bootstrap.demo_link(opened)}")

    return ready
