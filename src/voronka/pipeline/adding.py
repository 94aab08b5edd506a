"""Tells to which stream that is there a further export belongs, though its path does not name the file."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from voronka.domain.errors import QuestionError
from voronka.pipeline.drift import last_with_rows
from voronka.pipeline.taking import read_options
from voronka.pipeline.workplace import Workplace
from voronka.transform.sources import ENTERED, Source


def added_to(
    work: Workplace, path: Path, into: str | None, named: Sequence[str] = (), sheet: str | None = None
) -> tuple[Workplace, Source, str] | None:
    """Return the company whose one stream reads this file, its source and the stream's name; None where none fits.

    A stream fits where the file has every column that it reads and is for the table asked for; with no table asked for,
    where the file has the very columns of the stream's last load. Raises QuestionError where several fit.
    """
    file = work.files.find(str(path))[0]
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        headers = work.files.read(file, read_options(sheet=sheet), Path(folder)).columns
    found = [
        (source, name)
        for source in work.sources.values()
        for name, stream in source.streams.items()
        if source.source != ENTERED
        and stream.headers()
        and (not named or name in named)
        and (into is None or stream.into == into)
        and not stream.missing(headers)
        and (into is not None or _is_as_last(work, source.source, name, headers))
    ]
    if not found:
        return None
    if len(found) > 1:
        listed = ", ".join(f"{source.source}.{name}" for source, name in found)
        raise QuestionError(
            f"the file fits several streams: {listed}", where=path.name, do="Say which one: --stream NAME"
        )
    source, name = found[0]
    stream = source.streams[name].model_copy(update={"path": str(path), "sheet": sheet or source.streams[name].sheet})
    own = source.model_copy(update={"streams": {name: stream}})
    return replace(work, sources={source.source: own}), own, name


def _is_as_last(work: Workplace, source: str, name: str, headers: Sequence[str]) -> bool:
    last = last_with_rows([x for x in work.ledger.loads() if (x.source, x.stream) == (source, name)])
    return last is not None and {*last.columns} == {*headers}
