"""Commands that bring data in: map, import, build, loads."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from voronka import bootstrap
from voronka.cli.load_printing import WORDS, print_outcomes
from voronka.cli.options import company_option, format_option
from voronka.cli.previews import preview_file, print_answer, read_map
from voronka.cli.printing import WORDS as FRAMES
from voronka.cli.printing import build_bar, is_terminal, note, print_told, state_told, to_the_minute
from voronka.cli.speaking import spoken
from voronka.domain.errors import InputError, QuestionError, did_you_mean
from voronka.pipeline.adding import added_to
from voronka.pipeline.aside_words import aside_told
from voronka.pipeline.building import build_core
from voronka.pipeline.entering import bring_entered
from voronka.pipeline.given_mapping import said_repeats
from voronka.pipeline.importing import Outcome, import_source
from voronka.pipeline.mending import import_mended, let_go, rows_let_go, rows_to_mend, write_to_mend
from voronka.pipeline.previewing import REFUSE, Wish, mapping_to_keep, streams_reading
from voronka.pipeline.proposing import describe, propose_mapping, write_proposal
from voronka.pipeline.sentences import sentence_in
from voronka.pipeline.streams import mendings
from voronka.pipeline.workplace import Workplace

RECORDS = 5
"""Rows of a file that a dry run shows as they would be loaded."""
LISTED = ("load", "loaded", "stream", "files", "state", "rows", "good", "aside", "deleted", "flags", "by")
"""What is told of a load."""
BUILT = ("table", "rows", "seconds", "rebuilt")
"""What is told of a table that was built."""
ASIDE_SUMMED = ("load_id", "file", "reason", "rows", "example")
"""What is told of the rows put aside for one reason."""
SHOWN = 20
"""Rows put aside that the table shows; the other formats have them all."""


@click.command("map")
@click.argument("file", metavar="FILE")
@click.option("--into", metavar="TABLE", help="The table to import into; found out where it is not given.")
@click.option("--source", metavar="NAME", help="The source to put the stream into (default: crm).")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.")
@click.option("--write", is_flag=True, help="Put the mapping into sources/ and the pipeline into pipelines/.")
@company_option
def map_file(file: str, *, company: str | None, write: bool, **options: str | None) -> None:
    """Propose how the columns of FILE become ours, with the reason for each."""
    path = str(Path(file).absolute())
    if Path(file).is_dir():
        raise QuestionError(f"{file} is a folder", do="Name one file in it; further files of its kind are read alike")
    with bootstrap.workplace(company) as work:
        proposal = propose_mapping(work, path, options["into"], options["sheet"])
        words = WORDS[spoken()]
        for line in describe(proposal, spoken()):
            click.echo(line)
        if write:
            for written in write_proposal(work, proposal, path, options["source"]):
                note(words["wrote"].format(files=written.relative_to(work.folder)))
            note(words["map_next"])
        else:
            note(words["map_kept_nothing"])


@click.command("import")
@click.argument("what", metavar="[SOURCE | FILE]", required=False)
@click.option("--into", metavar="TABLE", help="With FILE: the table to import into.")
@click.option("--stream", "streams", multiple=True, metavar="NAME", help="Only this stream of the source; repeatable.")
@click.option(
    "--columns",
    metavar="MAP",
    help="With FILE: how its columns become ours, a JSON file or the JSON itself: "
    '{"header in the file": "column of ours"}; proposed by default.',
)
@click.option("--time-zone", metavar="ZONE", help="With FILE: the zone of its times, where they bear none.")
@click.option("--sheet", metavar="NAME", help="With FILE: the sheet of a workbook; found out by default.")
@click.option(
    "--repeats",
    type=click.Choice(["add", "last"]),
    help="With FILE of ad spend: rows of one day and campaign add up, or the last counts; found out by default.",
)
@click.option(
    "--records",
    type=click.IntRange(min=0),
    default=RECORDS,
    show_default=True,
    help="With FILE and --dry-run: how many rows to show as they would be loaded.",
)
@click.option("--mended", is_flag=True, help="FILE holds rows put aside (`voronka loads aside --to`), now mended.")
@click.option("--dry-run", is_flag=True, help="Read and try the mapping, load nothing, show what would come in.")
@company_option
@format_option
def import_data(
    what: str | None,
    streams: tuple[str, ...],
    *,
    dry_run: bool,
    company: str | None,
    form: str,
    **asked: Any,  # noqa: ANN401 - click's
) -> None:
    """Load what is new: of all sources, of one SOURCE, or one FILE (its mapping is proposed or given, and kept).

    An argument that exists as a file is a file; with --dry-run it needs no company and no mapping, and says what would
    become of it, exiting with 1 where the file is refused. Importing does not build: run `voronka build` after it.
    """
    if dry_run and what is not None and _is_file(company, what, asked):
        _preview(company, what, form, asked)
        return
    with bootstrap.workplace(company) as opened:
        mended = _mended(opened, what, asked)
        if mended is not None:
            _tell([mended], form)
            return
        work, chosen, streams = _chosen(opened, what, asked, streams)
        outcomes = list(_imported(work, chosen, streams, dry_run=dry_run))
    left = ", ".join(name for outcome in outcomes if outcome.error for name in outcome.files)
    stays = WORDS[spoken()]["stays"].format(files=left) if left else ""
    _tell(outcomes, form, dry_run=dry_run, stays=stays)


def _tell(outcomes: Sequence[Outcome], form: str, *, dry_run: bool = False, stays: str = "") -> None:
    """Print what became of loads; exits with 1 where one was refused."""
    print_outcomes(outcomes, form, spoken(), dry_run=dry_run)
    if any(outcome.state == "loaded" for outcome in outcomes):
        note(WORDS[spoken()]["next"])
    if stays:
        note(stays)
    if any(outcome.error for outcome in outcomes):
        raise SystemExit(1)


def _mended(work: Workplace, what: str | None, asked: Mapping[str, Any]) -> Outcome | None:
    """Return what became of a file of mended rows; None where the argument is none."""
    if what is None or not Path(what).is_file() or streams_reading(work, Path(what)) or asked["columns"]:
        if asked["mended"]:
            raise QuestionError("--mended needs a file", do="Write one with `voronka loads aside --to FILE`, mend it")
        return None
    found = import_mended(work, Path(what))
    if found is None and asked["mended"]:
        raise InputError("no row says what it mends", where=what, do="Keep the columns _load, _row, _reason")
    return found


def _is_file(company: str | None, what: str, asked: Mapping[str, Any]) -> bool:
    """Say whether the argument is a file, there or not; the name of a source has no dot and no folder."""
    is_path = Path(what).exists() or bool(Path(what).suffix) or len(Path(what).parts) > 1
    return is_path or bool(asked["into"] or asked["columns"]) or bootstrap.folder_if_any(company, must=False) is None


def _preview(company: str | None, what: str, form: str, asked: Mapping[str, Any]) -> None:
    repeats = said_repeats(asked["repeats"] or "")
    zone, records = asked["time_zone"], asked["records"]
    wish = Wish(Path(what), asked["into"], None, zone, None, records, asked["sheet"], repeats=repeats)
    answer = preview_file(company, wish, asked["columns"])
    print_answer(answer, form, spoken() if form == "table" else "en")
    if answer.outcome == REFUSE:
        raise SystemExit(1)


def _chosen(
    work: Workplace, what: str | None, asked: Mapping[str, Any], streams: tuple[str, ...]
) -> tuple[Workplace, list[str], tuple[str, ...]]:
    """Return the workplace, the sources meant and their streams; a file gets a mapping first."""
    if what is not None and Path(what).is_file():
        path = str(Path(what).absolute())
        known = streams_reading(work, Path(path))
        if known is not None and not asked["columns"]:
            return work, [known[0]], known[1]
        further = None if asked["columns"] or asked["time_zone"] else _further(work, Path(path), asked, streams)
        if further is not None:
            return further
        given = read_map(asked["columns"]) if asked["columns"] else None
        repeats = said_repeats(asked["repeats"] or "")
        wish = Wish(Path(path), asked["into"], given, asked["time_zone"], sheet=asked["sheet"], repeats=repeats)
        proposal = mapping_to_keep(work, wish)
        for line in describe(proposal, spoken()):
            note(line)
        written = write_proposal(work, proposal, path, None)
        files = ", ".join(str(path.relative_to(work.folder)) for path in written)
        note(WORDS[spoken()]["wrote"].format(files=files))
        reread = bootstrap.reread(work)
        known = streams_reading(reread, Path(path))
        return (reread, [known[0]], known[1]) if known else (reread, list(reread.sources), ())
    if what is None:
        return work, list(work.sources), streams
    if what not in work.sources:
        raise QuestionError(f"no source or file is named {what}", do=did_you_mean(what, work.sources))
    return work, [what], streams


def _further(
    work: Workplace, path: Path, asked: Mapping[str, Any], streams: Sequence[str]
) -> tuple[Workplace, list[str], tuple[str, ...]] | None:
    """Return the workplace for a further export of a stream that is there, None where the file is none."""
    found = added_to(work, path, asked["into"], streams, asked["sheet"])
    if found is None:
        return None
    place, source, name = found
    note(WORDS[spoken()]["added"].format(file=path.name, stream=f"{source.source}.{name}"))
    return place, [source.source], (name,)


def _imported(work: Workplace, chosen: Sequence[str], streams: Sequence[str], *, dry_run: bool) -> Iterator[Outcome]:
    if not work.sources:
        raise QuestionError("the company has no sources yet", do="Run voronka map FILE --write for each export")
    known = {name for source in chosen for name in work.sources[source].streams}
    for stream in streams:
        if stream not in known:
            raise QuestionError(f"no stream is named {stream}", do=did_you_mean(stream, known))
    for source in (work.sources[name] for name in chosen):
        wanted = [name for name in source.streams if name in streams or not streams]
        if wanted:
            with _spinner() as say:
                yield from import_source(work, source, streams=wanted, dry_run=dry_run, progress=say)


@contextmanager
def _spinner() -> Iterator[Any]:
    """Show on a terminal what is being read."""
    if not is_terminal():
        yield lambda _text: None
        return
    console = Console(stderr=True)
    with console.status(FRAMES[spoken()]["reading"]) as status:
        yield status.update


@click.command()
@company_option
@format_option
@click.option("--all", "everything", is_flag=True, help="Show the empty tables and those that were up to date too.")
def build(company: str | None, form: str, *, everything: bool) -> None:
    """Build the core tables from all loads: only what is stale, visible to readers at once when all is done."""
    with bootstrap.workplace(company) as work, build_bar() as advance:
        for outcome in bring_entered(work):
            if outcome.error is not None:
                raise outcome.error
        additive = bootstrap.additive_metrics(work.folder, work.settings)
        built = build_core(work, additive, advance)
        remarks = bootstrap.remarks_of(work)
    shown = [b for b in built if (b.rebuilt and b.rows) or everything]
    rows = [{"table": b.table, "rows": b.rows, "seconds": b.seconds, "rebuilt": b.rebuilt} for b in shown]
    print_told(rows, form, BUILT)
    note(WORDS[spoken()]["rebuilt"].format(n=sum(b.rebuilt for b in built), total=len(built)))
    for remark in remarks:
        note(sentence_in(spoken(), remark.text))


@click.group(invoke_without_command=True)
@company_option
@format_option
@click.pass_context
def loads(context: click.Context, company: str | None, form: str) -> None:
    """Show the ledger of loads; take one out of the figures, or back in."""
    context.obj = company
    if context.invoked_subcommand is not None:
        return
    with bootstrap.workplace(company) as work:
        rows = [
            {
                "load": x.load_id,
                "loaded": to_the_minute(x.loaded_at, work.settings.zone()),
                "stream": f"{x.source}.{x.stream}",
                "files": ", ".join(f.name for f in x.files),
                "state": x.state,
                "rows": x.rows_read,
                "good": x.rows_good,
                "aside": x.rows_quarantined,
                "deleted": x.rows_deleted,
                "flags": ", ".join(flag.code for flag in x.flags),
                "by": x.by,
            }
            for x in work.ledger.loads()
        ]
    print_told(rows, form, LISTED)


@loads.command("aside")
@click.argument("load_id", metavar="[LOAD]", required=False)
@click.option("--to", "target", metavar="FILE", help="Write the rows to be mended into a CSV file, as they came in.")
@company_option
@format_option
@click.pass_context
def aside(context: click.Context, load_id: str | None, target: str | None, company: str | None, form: str) -> None:
    """Show the rows put aside, with the reason for each, as of the last build; or write them to be mended.

    Mend the file's rows and give it to `voronka import FILE`: they come in, and are aside no more.
    """
    if target is not None:
        _write_aside(company or context.obj, load_id, Path(target))
        return
    found = bootstrap.rows_aside(company or context.obj, load_id)
    if form != "table" or not found:
        print_told(found, form, bootstrap.ASIDE)
        return
    found = [{**row, "message": aside_told(str(row["reason"]), str(row["message"]), spoken())} for row in found]
    counts = Counter((row["load_id"], row["file"], row["reason"]) for row in found)
    example = {(row["load_id"], row["file"], row["reason"]): row["message"] for row in reversed(found)}
    summary = [
        {"load_id": load, "file": file, "reason": reason, "rows": count, "example": example[load, file, reason]}
        for (load, file, reason), count in counts.most_common()
    ]
    print_told(summary, form, ASIDE_SUMMED)
    click.echo()
    print_told(found[:SHOWN], form, bootstrap.ASIDE)
    if len(found) > SHOWN:
        note(WORDS[spoken()]["more"].format(n=f"{len(found) - SHOWN:,}"))


def _write_aside(company: str | None, load_id: str | None, target: Path) -> None:
    with bootstrap.workplace(company) as work:
        found = rows_to_mend(work, load_id)
        write_to_mend(found, target, work.settings.language)
    note(WORDS[spoken()]["wrote_aside"].format(n=f"{len(found.rows):,}", stream=found.stream, file=target))


@loads.command("let-go")
@click.argument("load_id", metavar="LOAD")
@click.option(
    "--reason", default="", metavar="REASON", help="Only the rows put aside for it, as `loads aside` names it."
)
@company_option
@click.pass_context
def let_rows_go(context: click.Context, load_id: str, reason: str, company: str | None) -> None:
    """Take rows of LOAD that are put aside off the list: they stay out of the figures and need no mending.

    This is a line of the ledger: `voronka loads undo` of it puts them back on the list.
    """
    with bootstrap.workplace(company or context.obj) as work:
        line = let_go(work, load_id, reason)
    words = WORDS[spoken()]
    click.echo(words["let_go"].format(n=rows_let_go(line), load=load_id, line=line.load_id))
    note(words["build_to_see"])


@loads.command("undo")
@click.argument("load_id", metavar="LOAD")
@click.option("--with-mended", is_flag=True, help="Take out too what was loaded of its rows put aside, mended.")
@company_option
@click.pass_context
def undo(context: click.Context, load_id: str, company: str | None, *, with_mended: bool) -> None:
    """Take a load out of the figures; nothing is deleted, `voronka loads redo` brings it back."""
    place = company or context.obj
    with bootstrap.workplace(place) as work:
        mended = mendings(work.ledger.loads()).get(load_id, [])
    _set_state(place, load_id, "undone")
    for load in mended if with_mended else ():
        _set_state(place, load.load_id, "undone")
    if mended and not with_mended:
        listed = ", ".join(load.load_id for load in mended)
        note(WORDS[spoken()]["mended_stay"].format(n=sum(load.rows_good for load in mended), loads=listed))


@loads.command("redo")
@click.argument("load_id", metavar="LOAD")
@click.option("--with-mended", is_flag=True, help="Bring back too what was loaded of its rows put aside, mended.")
@company_option
@click.pass_context
def redo(context: click.Context, load_id: str, company: str | None, *, with_mended: bool) -> None:
    """Bring a load back that was taken out."""
    place = company or context.obj
    with bootstrap.workplace(place) as work:
        mended = mendings(work.ledger.loads(), taken_out=True).get(load_id, [])
    _set_state(place, load_id, "active")
    for load in mended if with_mended else ():
        _set_state(place, load.load_id, "active")
    if mended and not with_mended:
        listed = ", ".join(load.load_id for load in mended)
        note(WORDS[spoken()]["mended_out"].format(n=sum(load.rows_good for load in mended), loads=listed))


def _set_state(company: str | None, load_id: str, state: str) -> None:
    with bootstrap.workplace(company) as work:
        had_it = any(x.load_id == load_id and x.state == state for x in work.ledger.loads())
        load = work.ledger.set_state(load_id, state)
    words, told = WORDS[spoken()], state_told(load.state)
    named = words["load"].format(load=load.load_id, stream=f"{load.source}.{load.stream}", n=load.rows_read)
    if had_it:
        click.echo(words["is_already"].format(load=named, state=told))
        return
    click.echo(words["is_now"].format(load=named, state=told))
    note(words["build_to_see"])
