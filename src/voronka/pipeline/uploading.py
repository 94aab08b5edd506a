"""Takes in a file that somebody uploaded: it is looked at, its mapping is kept, and it becomes a load of its stream."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path, PurePosixPath
from typing import Any

from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, QuestionError, VoronkaError
from voronka.operations.uploads import FOLDER, plain_name
from voronka.pipeline.amending import Amendments, amended, in_order, with_outcome
from voronka.pipeline.comparing import ALREADY_UNDONE
from voronka.pipeline.extending import extend_pipeline
from voronka.pipeline.foreign_ids import source_of
from voronka.pipeline.further_files import Further
from voronka.pipeline.given_mapping import said_repeats, with_repeats
from voronka.pipeline.importing import Outcome, import_source
from voronka.pipeline.mending import import_mended, is_mended
from voronka.pipeline.previewing import PROPOSED, Answer, preview, proposal_flags
from voronka.pipeline.previewing import Wish as Asked
from voronka.pipeline.proposing import SOURCE, propose_mapping, write_proposal
from voronka.pipeline.renaming import near_streams_of_file
from voronka.pipeline.workplace import Workplace
from voronka.transform.import_tables import ImportTable, import_tables
from voronka.transform.proposal import Proposal
from voronka.transform.proposal_yaml import to_source_yaml
from voronka.transform.restatements import Repeats
from voronka.transform.sources import ENTERED, Source

RECORDS = 20
"""Rows shown as they would be loaded."""
_SYSTEMS = {
    **dict.fromkeys(("calls", "call_legs"), "telephony"),
    **dict.fromkeys(("plans", "rates"), "tables"),
    "ad_spend": "ads",
    "payments": "accounting",
    "touches": "site",
}
"""Where tables mostly come from that are not the CRM's."""
SAMPLES = 3
"""Values shown of each column of a file."""


@dataclass(frozen=True)
class Wish:
    """What somebody wishes of an uploaded file; whatever is empty is found out.

    `stream` is `source.stream` of one that is mapped already, `-` for a new one even where one would fit; `into` the
    table; `columns` ours by the header in the file, `outcomes` what stages come to; `source` the system it comes from;
    `dates` which of day and month comes first (sources.ORDERS); `order` the texts of stages as they follow each other;
    `repeats` says what rows are that share what their figures are of (restatements.Repeats);
    `mended` says that the file holds rows that were put aside before.
    """

    stream: str = ""
    into: str | None = None
    columns: Mapping[str, str] | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    source: str = SOURCE
    sheet: str | None = None
    mended: bool = False
    dates: str = ""
    order: Sequence[str] = ()
    repeats: Repeats = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> "Wish":
        """Return the wish that a job was asked with."""
        return cls(
            asked.get("stream") or "",
            asked.get("into") or None,
            asked.get("columns") or None,
            asked.get("outcomes") or {},
            asked.get("source") or SOURCE,
            asked.get("sheet") or None,
            bool(asked.get("mended")),
            asked.get("dates") or "",
            tuple(asked.get("order") or ()),
            said_repeats(asked.get("repeats") or ""),
        )

    @property
    def is_plain(self) -> bool:
        """Say whether nothing is changed of what would be proposed."""
        return not (self.columns or self.outcomes or self.dates or self.order or self.repeats)


@dataclass(frozen=True)
class Taken:
    """What became of an uploaded file: where it lies from the company's folder, its stream and its load."""

    path: str
    source: str
    stream: str
    outcome: Outcome

    def shown(self) -> dict[str, Any]:
        """Return it as plain values."""
        found = self.outcome
        return {
            "source": self.source,
            "stream": self.stream,
            "state": found.state,
            "load": found.load_id,
            "rows": found.rows_read,
            "good": found.rows_good,
            "repeated": found.rows_repeated,
            "aside": found.rows_quarantined,
            "deleted": found.rows_deleted,
            "compared": found.compared and found.compared.shown(),
            "flags": [flag.shown() for flag in found.flags],
        }


def table_choices() -> list[ImportTable]:
    """Return the tables that a file can be loaded into."""
    return list(import_tables().values())


def look_at(work: Workplace, file: Path, name: str, wish: Wish) -> dict[str, Any]:
    """Return what would become of a file, as `voronka import --dry-run` prints it, and what may be chosen.

    Beside it: `source` such a file mostly comes from, `stream` it would be added to ('' for a new one), `fitting`
    streams that could take it, `stages`, and `mended` where it holds rows that were put aside: they go into the stream
    that they are of. `name` is what people called the file: where it lies here is nowhere told.
    """
    found = _look(work, file, wish)
    return (
        found
        | {"source": _system(work, found), "undone_load": _undone(work, file, found)}
        | {"named": [told for each in found["named"] if (told := each.shown(work.sources))]}
        | {"file": name, "message": _renamed(found["message"], work.folder, [file], name)}
    )


def _undone(work: Workplace, file: Path, found: Mapping[str, Any]) -> str:
    """Return the load of this very file that was taken out of the stream it would be added to; '' for none."""
    if ALREADY_UNDONE not in {flag["code"] for flag in found["flags"]}:
        return ""
    sha256 = work.files.find(str(file))[0].sha256
    same = [load for load in work.ledger.loads() if sha256 in {each.sha256 for each in load.files}]
    return next((load.load_id for load in same[::-1] if found["stream"] == f"{load.source}.{load.stream}"), "")


def _look(work: Workplace, file: Path, wish: Wish) -> dict[str, Any]:
    if wish.mended:
        return _shown(_of_mended(work, file, wish), None) | {"stream": "", "fitting": []}
    if wish.stream not in {"", "-"}:
        found = _look_at_stream(work, file, wish)
        return found | {
            "fitting": list(dict.fromkeys([wish.stream, *_fitting(work, file, found["headers"], found["into"])[0]]))
        }
    if not wish.is_plain:
        proposal = _proposed(work, file, wish)
        found = _looked(work, file, _source_of(proposal, str(file)), proposal)
        return found | {"stream": "", "fitting": _fitting(work, file, found["headers"], found["into"])[0]}
    answer = preview(work, _asked(work, file, wish.into, wish.sheet))
    found = _shown(answer, answer.proposal)
    streams, first = _fitting(work, file, found["headers"], found["into"])
    if first and not wish.stream and wish.into is None and not found["mended"]:
        further = _look_at_stream(work, file, replace(wish, stream=first))
        if wish.sheet in {None, further["sheet"]}:  # a stream reads its own sheet, not any that is chosen
            return further | {"fitting": streams}
    return found | {"stream": "", "fitting": streams}


def _fitting(work: Workplace, file: Path, headers: Sequence[str], into: str | None) -> tuple[list[str], str]:
    """Return the streams that a file may be added to, and the one that is offered first ('' for a new table).

    Those that read all they need of it, then those of the table of whose columns some are called otherwise or gone.
    """
    whole = fitting(work, headers)
    near = [
        each
        for each in ([] if whole or not headers else near_streams_of_file(work, file))
        if place_in(work.folder, each.stream.path, "x") is not None and into in {None, each.stream.into}
    ]
    first = whole[0] if whole else next((each.name for each in near if each.is_told), "")
    return [*whole, *(each.name for each in near)], first


def _look_at_stream(work: Workplace, file: Path, wish: Wish) -> dict[str, Any]:
    """Return what would become of a file as one of a known stream, and what becomes otherwise of the stream's mapping.

    `changes` are of columns, `missing` those that the file lacks, `stages` those that no pipeline knows.
    """
    further = _further(work, file, wish)
    answer = further.look()
    return _shown(answer, None) | {
        "stream": wish.stream,
        "changes": [each.shown() for each in further.changes()],
        "missing": [{"header": h, "ours": ours} for h, ours in further.missing(answer.headers).items()],
    }


def _further(work: Workplace, file: Path, wish: Wish) -> Further:
    source, name = _stream_of(work, wish.stream)
    return Further(work, source, name, _asked(work, file), wish.columns, wish.outcomes, wish.order)


def _system(work: Workplace, found: Mapping[str, Any]) -> str:
    """Return the system that a file mostly comes from: that of a known CRM's export, or of the records it names."""
    vendor = (found.get("proposal") or {}).get("vendor")
    return source_of(found["named"], SOURCE if vendor else _SYSTEMS.get(found["into"], SOURCE), work.sources)


def take_in(work: Workplace, file: Path, name: str, wish: Wish, reread: Callable[[], Workplace]) -> Taken:
    """Keep a file's mapping where it is new, put the file where its stream reads it, and load it.

    A file that is refused stays where it was, and nothing is kept. `reread` gives the workplace with the files of
    sources as they are then. InputError where the file is refused.
    """
    if wish.mended:
        return _mended(work, file, name, wish)
    if wish.stream not in {"", "-"}:
        source, stream = _stream_of(work, wish.stream)
        place = place_in(work.folder, source.streams[stream].path, name)
        if place is None:
            raise QuestionError(f"no file can be added to {wish.stream}", do="Load it as a new stream")
        with _named(work.folder, [file, work.folder / place], name), _kept(work.folder):
            again = _further(work, file, wish).keep(reread)
            with _put(file, work.folder / place):
                outcome = _imported(again, again.sources[source.source], stream, place)
                return Taken(place, source.source, stream, outcome)
    with _named(work.folder, [file], name):
        proposal = _proposed(work, file, wish)
    proposal = replace(proposal, stream=_free_name(work, wish.source, proposal.stream))
    pattern = f"{FOLDER}/{wish.source}.{proposal.stream}/*"
    place = place_in(work.folder, pattern, name)
    assert place is not None  # noqa: S101 - a pattern of ours takes any name
    lain = [file, work.folder / place]
    with _named(work.folder, lain, name), _kept(work.folder), _put(file, work.folder / place):
        write_proposal(work, proposal, pattern, wish.source)
        extend_pipeline(work.folder, proposal.into, proposal.stages, wish.source)
        again = reread()
        return Taken(
            place, wish.source, proposal.stream, _imported(again, again.sources[wish.source], proposal.stream, place)
        )


def _of_mended(work: Workplace, file: Path, wish: Wish) -> Answer:
    """Return what would become of mended rows, with what a person chose of stages that no pipeline knows."""
    answer = preview(work, _asked(work, file))
    stages = [with_outcome(stage, wish.outcomes) for stage in answer.new_stages]
    return replace(answer, new_stages=in_order(stages, wish.order))


def _mended(work: Workplace, file: Path, name: str, wish: Wish) -> Taken:
    place = place_in(work.folder, f"{FOLDER}/mended/*", name)
    assert place is not None  # noqa: S101 - a pattern of ours takes any name
    lain = [file, work.folder / place]
    answer = _of_mended(work, file, wish)
    with _named(work.folder, lain, name), _kept(work.folder), _put(file, work.folder / place):
        outcome = import_mended(work, work.folder / place)
        if outcome is None:
            raise InputError("the file holds no rows that were put aside", where=name, do="Load it as a table")
        if outcome.error is not None:
            raise outcome.error
        source, _, stream = outcome.stream.partition(".")
        if answer.new_stages and answer.into:
            extend_pipeline(work.folder, answer.into, answer.new_stages, source)
        return Taken(place, source, stream, outcome)


def fitting(work: Workplace, headers: Iterable[str]) -> list[str]:
    """Return the streams that could take a file with these headers, those that read the most of them first."""
    known = list(headers)
    found = [
        (-len(stream.headers()), f"{source.source}.{name}")
        for source in work.sources.values()
        for name, stream in source.streams.items()
        if source.source != ENTERED
        and stream.headers()
        and place_in(work.folder, stream.path, "x") is not None
        and not stream.missing(known)
    ]
    return [name for _, name in sorted(found)]


def place_in(folder: Path, pattern: str, name: str) -> str | None:
    """Return where a file is put so that a stream's pattern finds it, from the company's folder.

    None where the pattern names one file, looks through several folders, or leads out of the company's.
    """
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts or has_magic(str(path.parent)) or path.name.count("*") != 1:
        return None
    head, _, tail = path.name.partition("*")
    plain = plain_name(name)
    if tail and plain.casefold().endswith(tail.casefold()):
        plain = plain[: -len(tail)]
    parent = folder / path.parent
    taken = [int(found[1]) for each in _names(parent) if (found := re.match(r"(\d{4,})_", each.removeprefix(head)))]
    mark = f"{max(taken, default=0) + 1:04d}_{plain}"
    placed = f"{head}{mark}{tail}"
    return (path.parent / placed).as_posix() if fnmatchcase(placed, path.name) else None


def _names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()] if folder.is_dir() else []


def _looked(work: Workplace, file: Path, source: Source, proposal: Proposal | None = None) -> dict[str, Any]:
    """Return what would become of a file as the one stream of a source."""
    answer = preview(replace(work, sources={source.source: source, **work.sources}), _asked(work, file))
    return _shown(answer if proposal is None else answer.with_flags(proposal_flags(proposal)), proposal)


def _asked(work: Workplace, file: Path, into: str | None = None, sheet: str | None = None) -> Asked:
    return Asked(file, into, company_zone=work.settings.time_zone, records=RECORDS, sheet=sheet, samples=SAMPLES)


def _shown(answer: Answer, proposal: Proposal | None) -> dict[str, Any]:
    """Return an answer as plain values, with what a person may choose of."""
    stages = proposal.stages if proposal else answer.new_stages
    return replace(answer, proposal=proposal).shown() | {
        "headers": list(answer.headers),
        "mended": answer.is_mended or is_mended(answer.headers),
        "samples": {header: list(texts) for header, texts in answer.samples.items()},
        "stages": [
            {
                "text": stage.text,
                "outcome": stage.outcome,
                "rows": stage.rows,
                "is_known": stage.is_known,
                "closed": stage.closed,
            }
            for stage in stages
        ],
        "changes": [],
        "missing": [],
        "named": answer.named,
    }


def _proposed(work: Workplace, file: Path, wish: Wish) -> Proposal:
    proposal = replace(propose_mapping(work, str(file), wish.into, wish.sheet), dates=wish.dates or "auto")
    return with_repeats(amended(proposal, Amendments(wish.columns, wish.outcomes, wish.order)), wish.repeats)


def _source_of(proposal: Proposal, path: str) -> Source:
    return parse_yaml(to_source_yaml(proposal, PROPOSED, path), Source, "the proposal")


def _stream_of(work: Workplace, name: str) -> tuple[Source, str]:
    source, _, stream = name.partition(".")
    if source not in work.sources or stream not in work.sources[source].streams:
        raise QuestionError(f"no stream is named {name}", do="Look at the page again: it may have been removed")
    return work.sources[source], stream


def _free_name(work: Workplace, source: str, wanted: str) -> str:
    taken = set(work.sources[source].streams) if source in work.sources else set()
    names = [wanted, *(f"{wanted}_{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def _imported(work: Workplace, source: Source, stream: str, place: str) -> Outcome:
    outcomes = list(import_source(work, source, streams=[stream]))
    mine = next((each for each in outcomes if place in each.files), None) or outcomes[-1]
    if mine.error is not None:
        raise mine.error
    return mine


def _renamed(text: str, folder: Path, places: Iterable[Path], name: str) -> str:
    """Return a text in which a file is called as people call it."""
    for place in places:
        for known in (str(place), place.relative_to(folder).as_posix(), place.name):
            text = text.replace(known, name)
    return text


@contextmanager
def _named(folder: Path, places: Sequence[Path], name: str) -> Iterator[None]:
    """Tell errors with the name that people gave the file."""
    try:
        yield
    except VoronkaError as fault:
        what, where, do = (_renamed(text, folder, places, name) for text in (fault.what, fault.where, fault.do))
        raise type(fault)(what, where=where, do=do) from fault


@contextmanager
def _put(file: Path, place: Path) -> Iterator[None]:
    """Move a file to its place; back again where it comes to nothing."""
    place.parent.mkdir(parents=True, exist_ok=True)
    file.rename(place)
    try:
        yield
    except BaseException:
        place.rename(file)
        raise


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Leave the files of sources and pipelines as they were where it comes to nothing."""
    places = [path for name in ("sources", "pipelines") for path in (folder / name).glob("*.y*ml")]
    before = {path: path.read_bytes() for path in places}
    try:
        yield
    except BaseException:
        for path in (path for name in ("sources", "pipelines") for path in (folder / name).glob("*.y*ml")):
            if path not in before:
                path.unlink()
            elif path.read_bytes() != before[path]:
                path.write_bytes(before[path])
        raise
