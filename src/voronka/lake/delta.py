"""Delta tables on disk: append and replace in one atomic commit, read as a list of files."""

import math
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import arro3.core as arrow
from arro3.core.types import ArrowStreamExportable
from deltalake import CommitProperties, DeltaTable, Transaction, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from voronka.domain.disk_faults import disk_told
from voronka.domain.errors import InputError, RetryError, SettingsError, StorageError

COMPACT_FROM = 64
"""Small files of one table from which on they are put together."""
_TRIES = 8
_PIECE = 8_192
_ROW_GROUP = 122_880  # as many rows as DuckDB reads at once
_WRITING = WriterProperties(compression="ZSTD", compression_level=1, max_row_group_size=_ROW_GROUP)
_FEW = 4
"""Commits among which that of the data nearly always is."""
_MAINTENANCE = {"OPTIMIZE", "VACUUM START", "VACUUM END"}
_NOT_IN_PATHS = set("[]%*?\\^|=")
"""What delta-rs cannot have in a path, what the engine takes for a pattern, and `=`, which it takes for a partition."""
_REFUSED_FEATURES = {"deletionVectors": "deletion vectors", "columnMapping": "column mapping"}
_DUCKDB_TYPES = {
    "string": "TEXT",
    "long": "BIGINT",
    "integer": "INTEGER",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp_ntz": "TIMESTAMP",
    "timestamp": "TIMESTAMPTZ",
}


@dataclass(frozen=True)
class TableFiles:
    """One version of a table: its Parquet files, its columns with DuckDB types, and which of them are partitions."""

    version: int
    files: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    partitions: tuple[str, ...]


class DeltaStore:
    """The tables under one folder, named by their relative paths (`raw/crm/deals`, `core/fct_deals`)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._paths: dict[str, str] = {}
        self._seen: dict[str, tuple[object, DeltaTable]] = {}

    def names(self, under: str) -> list[str]:
        """Return the names of the tables below `under`, sorted."""
        logs = (self.root / under).rglob("_delta_log")
        return sorted(str(log.parent.relative_to(self.root)) for log in logs)

    def version(self, name: str) -> int | None:
        """Return the table's newest version, None where there is no such table."""
        table = self._newest(name)
        return None if table is None else table.version()

    def last_change(self, name: str) -> tuple[int, int] | None:
        """Return what differs after every commit to a table, None where there is no such table: a cheap look."""
        try:
            log = Path(self._path(name), "_delta_log").stat()
        except FileNotFoundError:
            return None
        return log.st_ino, log.st_mtime_ns

    def read(self, name: str, version: int | None = None) -> TableFiles | None:
        """Return the files of a table at a version (default the newest), None where there is no such table."""
        table = self._newest(name)
        if version is not None and table is not None and table.version() != version:
            table = self._open(name, version)
        if table is None:
            return None
        _refuse_foreign_features(table, name)
        fields = [(f.name, duckdb_type(f.type)) for f in table.schema().fields]
        partitions = tuple(table.metadata().partition_columns)
        return TableFiles(table.version(), self._files(table, name), tuple(fields), partitions)

    def commit_metadata(self, name: str) -> dict[str, Any]:
        """Return what the newest commit of data says of itself, its `version` too; {} where there is no such table.

        Commits that keep the rows as they are (vacuum, compaction) are passed over.
        """
        table = self._newest(name)
        if table is None:
            return {}
        kept = (c for limit in (_FEW, None) for c in table.history(limit) if c.get("operation") not in _MAINTENANCE)
        return dict(next(kept, {}))

    def data_version(self, name: str) -> int | None:
        """Return the version that last changed the table's rows, None where there is no such table."""
        version: int | None = self.commit_metadata(name).get("version")
        return version

    def has_transaction(self, name: str, app_id: str) -> bool:
        """Say whether a commit with this application transaction is in the table."""
        table = self._newest(name)
        return table is not None and table.transaction_version(app_id) is not None

    def append(
        self,
        name: str,
        data: ArrowStreamExportable,
        metadata: Mapping[str, str],
        app_id: str | None = None,
    ) -> None:
        """Add rows (new columns allowed) with `metadata` in one commit; `app_id` makes a repeated commit harmless.

        `data` is read anew where another process was quicker. Raises RetryError when others kept committing.
        """
        for _ in range(_TRIES):
            table = self._open(name)
            if app_id is not None and table is not None and table.transaction_version(app_id) is not None:
                return
            try:
                with disk_told(self._path(name)):
                    self._append(name, table, data, metadata, app_id)
            except CommitFailedError as fault:  # a new column, or a table made at the same moment, is not merged
                lost: DeltaError = fault
            except DeltaError as fault:
                if table is not None or self._open(name) is None:
                    raise
                lost = fault  # another process made the table since it was looked for, with this commit perhaps
            else:
                return
        raise RetryError("another process is writing this table", where=name, do="Run it again") from lost

    def _append(
        self,
        name: str,
        table: DeltaTable | None,
        data: ArrowStreamExportable,
        metadata: Mapping[str, str],
        app_id: str | None,
    ) -> None:
        """Add the rows to a table as it was seen; where none was seen, none may be there.

        A commit that makes the table is never tried again as its next one: nothing would compare the two.
        """
        transactions = [Transaction(app_id, 1)] if app_id else None
        properties = CommitProperties(
            custom_metadata=dict(metadata),
            app_transactions=transactions,
            max_commit_retries=0 if table is None else _TRIES,
        )
        try:
            write_deltalake(
                table or self._path(name),
                _in_pieces(data),
                mode="error" if table is None else "append",
                schema_mode="merge",
                commit_properties=properties,
                writer_properties=_WRITING,
            )
        except TableNotFoundError as fault:
            raise InputError(f"the table cannot be made: {str(fault).splitlines()[0]}", where=name) from fault

    def replace(
        self,
        name: str,
        data: ArrowStreamExportable,
        metadata: Mapping[str, str],
        partition_by: Sequence[str] = (),
    ) -> int:
        """Replace the whole table in one commit and return its new version; readers of the old one go on."""
        properties = CommitProperties(custom_metadata=dict(metadata), max_commit_retries=_TRIES)
        try:
            with disk_told(self._path(name)):
                write_deltalake(
                    self._path(name),
                    _in_pieces(data),
                    mode="overwrite",
                    schema_mode="overwrite",
                    partition_by=list(partition_by) or None,
                    commit_properties=properties,
                    writer_properties=_WRITING,
                )
        except CommitFailedError as fault:
            raise RetryError("another process is writing this table", where=name, do="Run it again") from fault
        except TableNotFoundError as fault:
            raise InputError(f"the table cannot be made: {str(fault).splitlines()[0]}", where=name) from fault
        table = self._newest(name)
        if table is None:
            raise StorageError("the table went away while it was written", where=name)
        return table.version()

    def compact(self, name: str) -> bool:
        """Put small files together when there are many and say whether it was done; the rows stay what they are.

        Where another process puts them together at the same moment, its work is enough; on a full disk it waits.
        """
        table = self._open(name)
        if table is None or len(table.file_uris()) < COMPACT_FROM:
            return False
        with suppress(CommitFailedError, StorageError), disk_told(self._path(name)):
            table.optimize.compact()
            return True
        return False

    def vacuum(self, name: str, keep_hours: float) -> None:
        """Delete files that no version younger than `keep_hours` needs, rounded up to whole hours.

        Files that a killed writer left behind go too. Where there is nothing to delete nothing is committed.
        """
        hours = math.ceil(keep_hours)
        table = self._open(name) if self._has_left(name, time.time() - hours * 3600) else None
        if table is not None:
            with disk_told(self._path(name)):
                table.vacuum(retention_hours=hours, enforce_retention_duration=False, dry_run=False, full=True)

    def drop(self, name: str) -> None:
        """Remove a table and its files."""
        self._seen.pop(name, None)
        shutil.rmtree(self._path(name), ignore_errors=True)

    def _has_left(self, name: str, until: float) -> bool:
        """Say whether a file as old as `until` lies there that the newest version does not need."""
        table = self._newest(name)
        if table is None:
            return False
        needed = set(self._files(table, name))
        for folder, folders, files in os.walk(self._path(name)):
            folders[:] = [each for each in folders if each != "_delta_log"]
            for file in {os.path.join(folder, each) for each in files} - needed:  # noqa: PTH118 - some thousand texts
                with suppress(FileNotFoundError):  # deleted meanwhile
                    if os.stat(file).st_mtime <= until:  # noqa: PTH116 - the same
                        return True
        return False

    def _path(self, name: str) -> str:
        """Return where a table lies; worked out once, since a build asks for it some hundred times."""
        if name not in self._paths:
            self._paths[name] = self._resolved(name)
        return self._paths[name]

    def _resolved(self, name: str) -> str:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise InputError("the table's name leads out of the lake", where=name)
        if strange := sorted(_NOT_IN_PATHS & set(str(path))):
            raise SettingsError(
                f"the folder's path holds {' '.join(strange)}, which the path of a lake cannot have",
                where=str(self.root),
                do="Rename the folder",
            )
        return str(path)

    def _files(self, table: DeltaTable, name: str) -> tuple[str, ...]:
        """Return the paths of a table's files; delta-rs gives the folder's part of them as in a URL."""
        shown, path = len(urlsplit(table.table_uri).path), self._path(name)
        return tuple(sorted(f"{path}/{uri[shown:]}" for uri in table.file_uris()))

    def _newest(self, name: str) -> DeltaTable | None:
        """Return a table to look at, opened anew only where there was a commit since; `_open` gives one to change.

        The commit is known by its number: the time of a folder may be the same after two commits.
        """
        try:
            log = os.path.join(self._path(name), "_delta_log")
            state = os.stat(log).st_ino, os.stat(log).st_mtime_ns, max(os.listdir(log), default="")
        except FileNotFoundError:
            return None
        found = self._seen.get(name)
        if found is not None and found[0] == state:
            return found[1]
        table = self._open(name)
        if table is not None:
            self._seen[name] = (state, table)
        return table

    def _open(self, name: str, version: int | None = None) -> DeltaTable | None:
        path = self._path(name)
        if not Path(path, "_delta_log").is_dir():
            return None
        try:
            return DeltaTable(path, version=version)
        except TableNotFoundError:
            return None


def _in_pieces(data: ArrowStreamExportable) -> arrow.RecordBatchReader:
    """Return the stream in small batches: the writer reads several ahead, and would hold as many large ones."""
    reader = arrow.RecordBatchReader.from_arrow(data)

    def pieces() -> Iterator[arrow.RecordBatch]:
        for batch in reader:
            for start in range(0, batch.num_rows, _PIECE):
                yield batch.slice(start, min(_PIECE, batch.num_rows - start))

    return arrow.RecordBatchReader.from_batches(reader.schema, pieces())


def duckdb_type(kind: object) -> str:
    """Return the DuckDB type of a Delta type."""
    name = getattr(kind, "type", str(kind))
    if name.startswith("decimal"):
        return name.upper()
    if name not in _DUCKDB_TYPES:
        raise InputError(f"a column of the lake has a type that Voronka does not write: {name}")
    return _DUCKDB_TYPES[name]


def _refuse_foreign_features(table: DeltaTable, name: str) -> None:
    protocol = table.protocol()
    features = {*(protocol.reader_features or ()), *(protocol.writer_features or ())}
    mode = table.metadata().configuration.get("delta.columnMapping.mode", "none")
    if mode != "none":
        features.add("columnMapping")
    for feature, title in _REFUSED_FEATURES.items():
        if feature in features:
            raise InputError(
                f"the table uses {title}, which a list of files ignores",
                where=name,
                do="Rewrite it without that feature, with the engine that made it",
            )
