"""The files connector as the rest of the house sees it: its name and what its data can show."""

from dataclasses import dataclass
from pathlib import Path

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.finding import find_files
from voronka.connectors.files.limits import DEFAULT_LIMITS
from voronka.connectors.files.reading import read_file
from voronka.settings import LimitSettings


@dataclass(frozen=True)
class FilesConnector:
    """Reads exports from a folder; `base` is what relative paths begin from, `limits` how large files may be.

    The flags are facts about the data, shown to people: an export holds the present stage only, does not say what was
    deleted, and carries no recordings.
    """

    base: Path
    limits: LimitSettings = DEFAULT_LIMITS
    name: str = "files"
    has_stage_history: bool = False
    has_deletes: bool = False
    has_recordings: bool = False

    def find(self, pattern: str) -> list[SourceFile]:
        """Return the files that `pattern` means."""
        return find_files(pattern, self.base, self.limits)

    def read(self, file: SourceFile, options: ReadOptions, workdir: Path) -> FileBatch:
        """Return one file as a table of text."""
        return read_file(file, options, workdir, self.limits)
