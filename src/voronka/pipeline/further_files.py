"""A further file of a known stream: what it would become, and what it changes of the stream's columns and stages."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError, VoronkaError
from voronka.pipeline.amending import in_order, with_outcome
from voronka.pipeline.extending import extend_pipeline
from voronka.pipeline.previewing import Answer, Wish, preview, refused
from voronka.pipeline.remapping import Change, changes, remapped, with_names, write_columns
from voronka.pipeline.renaming import now_called
from voronka.pipeline.taking import read_options
from voronka.pipeline.workplace import Workplace
from voronka.transform.sources import Source, Stream
from voronka.transform.stage_words import StageGuess


@dataclass(frozen=True)
class Further:
    """A file for a stream that is there, and what a person chose: ours by header (None: as it is), outcomes of stages.

    `order` is that of the new stages. `shown` says how its rows are to be previewed.
    """

    work: Workplace
    source: Source
    name: str
    shown: Wish
    columns: Mapping[str, str] | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    order: Sequence[str] = ()

    @property
    def before(self) -> Stream:
        """Return the stream as it is."""
        return self.source.streams[self.name]

    @cached_property
    def after(self) -> Stream:
        """Return the stream as the person changed it, else with the names that its columns seem to have in the file.

        Raises SettingsError or InputError for a choice that cannot be.
        """
        try:
            with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
                return self._after(self._read(Path(folder)))
        except InputError:
            if self.columns is not None:
                raise
            return self.before  # what is wrong with the file is told where its rows are looked at

    def look(self) -> Answer:
        """Return what would become of the file; a choice that cannot be is an answer too."""
        fault = self._fault
        answer = self._previewed(self.before if fault else self.after)
        if fault:
            told = refused(answer.file, fault.sentence())
            return replace(
                told,
                into=answer.into,
                headers=answer.headers,
                samples=answer.samples,
                reading=answer.reading,
                columns=self.columns or {},
            )
        stages = in_order([with_outcome(stage, self.outcomes) for stage in answer.new_stages], self.order)
        return replace(answer, new_stages=stages, columns=_as_called(self.after, answer.headers))

    def missing(self, headers: Sequence[str]) -> dict[str, str]:
        """Return what is ours ('' for a key alone) by the column that a file with these headers lacks."""
        if self._fault or not headers:
            return {}
        ours = {theirs: ours for ours, theirs in self.after.columns.items()}
        return {header: ours.get(header, "") for header in self.after.missing(headers)}

    def changes(self) -> list[Change]:
        """Return what becomes otherwise of the stream's columns, and what it means for the rows that are loaded."""
        if self._fault:
            return []
        place = (self.source.source, self.name)
        loads = [load for load in self.work.ledger.loads() if (load.source, load.stream) == place]
        return changes(self.before, self.after, loads)

    def keep(self, reread: Callable[[], Workplace]) -> Workplace:
        """Write down what the file changes of the stream; return the company as it is then."""
        after = self.after
        if after != self.before:
            write_columns(self.work.folder, self.source.source, self.name, after)
        stages: Sequence[StageGuess] = self.look().new_stages if "stage" in after.columns else ()
        if stages:
            extend_pipeline(self.work.folder, after.into, stages, self.source.source)
        return reread() if stages or after != self.before else self.work

    @property
    def _fault(self) -> VoronkaError | None:
        try:
            _ = self.after
        except VoronkaError as fault:
            return fault
        return None

    def _previewed(self, stream: Stream) -> Answer:
        here = stream.model_copy(update={"path": str(self.shown.path)})
        # what reads the file stands first: another pattern may match where it lies now
        rest = {name: each for name, each in self.source.streams.items() if name != self.name}
        own = self.source.model_copy(update={"streams": {self.name: here, **rest}})
        others = {name: each for name, each in self.work.sources.items() if name != own.source}
        return preview(replace(self.work, sources={own.source: own, **others}), self.shown)

    def _after(self, batch: FileBatch) -> Stream:
        if self.columns is not None:
            return remapped(self.before, batch.columns, self.columns)
        if not self.before.missing(batch.columns):
            return self.before
        named = now_called(self.work, batch, self.source.source, self.name, self.before)
        return with_names(self.before, named)

    def _read(self, folder: Path) -> FileBatch:
        file = self.work.files.find(str(self.shown.path))[0]
        return self.work.files.read(file, read_options(self.before), folder)


def _as_called(stream: Stream, headers: Sequence[str]) -> dict[str, str]:
    """Return ours by the header in the file, columns that the file lacks left out."""
    found = {}
    for ours, theirs in stream.columns.items():
        names = [theirs] if theirs.startswith("=") else stream.called(theirs, headers)
        if names:
            found[names[0]] = ours
    return found
