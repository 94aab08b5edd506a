"""Tells whether the records of a file to be mapped are read by another stream already: they would count twice."""

import tempfile
from pathlib import Path

from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError
from voronka.lake.raw import find_header
from voronka.pipeline.renaming import Near, near_streams
from voronka.pipeline.taking import read_options
from voronka.pipeline.workplace import Workplace
from voronka.transform.proposal import Proposal
from voronka.transform.sources import Stream

_TOLD_BY = {
    "deals": ("title", "deal_id"),
    "leads": ("phone", "email", "title", "lead_id"),
    "payments": ("payment_id",),
    "calls": ("activity_id",),
    "activities": ("activity_id",),
}
"""What tells two records of a table to be the same: what both files have of it is compared, one after the other."""
_DECIDING = frozenset({"phone", "email", "title"})
"""What tells records apart well enough: where hardly any is the same, ids that are alike are so by chance."""
_SHARE, _LEAST = 0.3, 3
"""From this share of the different values on, and no fewer of them, the files are said to hold the same."""
_LARGEST = 50_000_000
"""Bytes of another stream's file past which it is not read only to compare."""


def nearly_known(work: Workplace, batch: FileBatch, proposal: Proposal) -> list[str]:
    """Return a warning where most columns of the file are those of a stream of its table, and some are called anew."""
    return [
        f"the file has {len(near.stream.headers()) - len(near.missing)} of {len(near.stream.headers())} columns of the "
        f"stream {near.name}; {_called(near)}. As a new table it would hold the same {proposal.into} once more: "
        "add it to that stream where it is the same export"
        for near in near_streams(work, batch, proposal.into)[:1]
    ]


def _called(near: Near) -> str:
    """Return what is said of the columns that are not there."""
    return ", ".join(
        f"`{name}` is now called `{near.renamed[name]}`" if name in near.renamed else f"`{name}` is not there"
        for name in near.missing
    )


def told_twice(work: Workplace, batch: FileBatch, proposal: Proposal) -> list[str]:
    """Return a warning for each stream that reads the same records as the file, or the very file."""
    if proposal.into not in _TOLD_BY:
        return []
    others = {
        f"{source.source}.{name}": stream
        for source in work.sources.values()
        for name, stream in source.streams.items()
        if stream.into == proposal.into
    }
    said = (_said(work, batch, proposal, stream, name) for name, stream in others.items())
    return [warning for warning in said if warning is not None]


def _said(work: Workplace, batch: FileBatch, proposal: Proposal, stream: Stream, name: str) -> str | None:
    try:
        files = work.files.find(stream.path)
    except InputError:  # the other stream's own trouble: its import will say so
        return None
    if any(file.path.resolve() == batch.file.path.resolve() for file in files):
        return f"the stream {name} reads this file already: its {proposal.into} would count twice"
    if files[-1].size > _LARGEST:
        return None
    is_decided = False
    for ours in _TOLD_BY[proposal.into]:
        if is_decided and ours not in _DECIDING:
            break
        mine, theirs = proposal.mapping.get(ours, "="), stream.columns.get(ours, "=")
        if mine.startswith("=") or theirs.startswith("="):
            continue
        shared, different = _shared(work, batch, mine, stream, theirs)
        if different and shared >= max(_LEAST, _SHARE * different):
            return (
                f"{shared:,} of {different:,} values of «{mine}» are in the stream {name} too: where both files hold "
                f"the same {proposal.into}, these count twice. Keep one of them, or add this file to that stream's path"
            )
        is_decided = is_decided or ours in _DECIDING
    return None


def _shared(work: Workplace, batch: FileBatch, mine: str, stream: Stream, theirs: str) -> tuple[int, int]:
    """Return how many different values of a column of ours the other file's column has too, and how many there are."""
    session = work.session
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        try:
            other = work.files.read(work.files.find(stream.path)[-1], read_options(stream), Path(folder))
        except InputError:
            return 0, 0
        header, own = find_header(theirs, other.columns), find_header(mine, batch.columns)
        if header is None or own is None:
            return 0, 0
        session.take("told_before", other.arrow())
        session.take("told_now", batch.arrow())
        row = session.rows(
            "WITH mine AS (SELECT DISTINCT {} AS x FROM told_now WHERE _malformed IS NULL), "
            "theirs AS (SELECT DISTINCT {} AS x FROM told_before WHERE _malformed IS NULL) "
            "SELECT count(*) AS different, count(*) FILTER (x IN (SELECT x FROM theirs WHERE x IS NOT NULL)) AS shared "
            "FROM mine WHERE x <> ''".format(*(f"lower(trim(c{n}))" for n in _places(batch, own, other, header)))
        )[0]
        session.run("DROP TABLE told_before")
        session.run("DROP TABLE told_now")
        return int(row["shared"]), int(row["different"])


def _places(batch: FileBatch, own: str, other: FileBatch, header: str) -> tuple[int, int]:
    return batch.columns.index(own), other.columns.index(header)
