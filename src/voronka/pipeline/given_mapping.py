"""Makes the stream of a mapping that a person gives, and the key that its rows and what they say of them ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError, SettingsError, did_you_mean
from voronka.lake.raw import find_header
from voronka.pipeline.proposing import rows_of
from voronka.pipeline.workplace import Workplace
from voronka.transform.column_profiles import is_readable
from voronka.transform.header_names import header_names
from voronka.transform.import_tables import import_tables
from voronka.transform.proposal import Proposal
from voronka.transform.restatements import MEASURED, SUMMED, Repeats, Shown, key_of_shared, shared_headers
from voronka.transform.sources import Read, Stream

_SAID: Mapping[str, Repeats] = {"": "", "add": "add", "last": "last"}
CHOSEN = "as a person says of rows that share them"


def said_repeats(text: str) -> Repeats:
    """Return what a person says of repeated rows; SettingsError for another word."""
    if text not in _SAID:
        raise SettingsError(f"repeated rows are `add` or `last`, not {text}", do=did_you_mean(text, ["add", "last"]))
    return _SAID[text]


def with_repeats(proposal: Proposal, repeats: Repeats) -> Proposal:
    """Return the proposal with the key that goes with what a person says of rows which share what they are of."""
    if not repeats or proposal.into not in SUMMED:
        return proposal
    shared = shared_headers(proposal.into, proposal.mapping)
    return replace(proposal, key=shared if repeats == "last" else (), key_reason=CHOSEN)


def keyed_by_days(work: Workplace, batch: FileBatch, stream: Stream, repeats: Repeats = "") -> Stream:
    """Return the stream with its key where later rows of the file restate what earlier ones say, or are said to."""
    if stream.into not in SUMMED or stream.key is not None or repeats == "add":
        return stream
    shared = shared_headers(stream.into, stream.columns)
    if repeats != "last":
        measured = [stream.columns[ours] for ours in MEASURED if ours in stream.columns]
        with rows_of(work, batch) as rows:
            shared = key_of_shared(stream.into, stream.columns, rows, measured)[0]
            stated = {"updated_at": header} if shared and (header := _when_stated(stream, rows)) else {}
            stream = stream.model_copy(update={"columns": {**stream.columns, **stated}})
    return stream.model_copy(update={"key": shared}) if shared else stream


def _when_stated(stream: Stream, rows: Shown) -> str | None:
    """Return the column that nobody mapped and that says when a row was stated: which of two rows is the later one."""
    if "updated_at" in stream.columns:
        return None
    names = header_names()[stream.into]
    for header in (each for each in rows.profiles if each not in stream.columns.values()):
        is_named = any(match.ours == "updated_at" for match in names.exact(header))
        if is_named and is_readable(rows.session, rows.relation, header, "time", rows.nulls):
            return header
    return None


def given_stream(
    columns: Mapping[str, str], into: str, headers: Sequence[str], read: Read, sheet: str | None = None
) -> Stream:
    """Return the stream of a mapping given as ours by header.

    Raises SettingsError for an unknown table or column of ours, InputError for a header that is not in the file.
    """
    if into not in import_tables():
        raise SettingsError(f"there is no table {into} to import into", do=did_you_mean(into, import_tables()))
    known = import_tables()[into].columns
    theirs: dict[str, str] = {}
    for header, ours in columns.items():
        if ours not in known:
            raise _unknown_column(columns, header, into, headers)
        if ours in theirs:
            raise SettingsError(f"{ours} is to be made of two columns: {theirs[ours]}, {header}", do="Name one of them")
        found = find_header(header, headers)
        if found is None:
            hint = did_you_mean(header, headers) or f"The file has: {', '.join(headers)}"
            raise InputError(f"the file has no column `{header}`", do=hint)
        theirs[ours] = found
    if not theirs:
        raise SettingsError("no column is mapped", do=f"Name some of: {', '.join(known)}")
    return Stream(path="-", into=into, columns=theirs, read=read, sheet=sheet)


def _unknown_column(columns: Mapping[str, str], header: str, into: str, headers: Sequence[str]) -> SettingsError:
    """Return what is wrong with a map that gives a header a column which we do not have."""
    known, ours = import_tables()[into].columns, columns[header]
    if header in known and find_header(ours, headers) is not None:
        turned = f'{{"{ours}": "{header}", ...}}'
        return SettingsError(f"the map is the wrong way round: {header} is a column of ours", do=f"Write {turned}")
    meant = next((match.ours for match in header_names()[into].matches(ours)), None)
    hint = f"Did you mean {meant}?" if meant else did_you_mean(ours, known) or f"{into} has: {', '.join(known)}"
    return SettingsError(f"{into} has no column {ours}", do=hint)
