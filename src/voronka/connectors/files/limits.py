"""Refuses files that are larger than the company's limits allow: what, by how much, and what to do."""

from voronka.connectors.files.batch import SourceFile
from voronka.domain.errors import InputError
from voronka.settings import LimitSettings

DEFAULT_LIMITS = LimitSettings()
MEGABYTE = 1_000_000


def refuse_large(file: SourceFile, limits: LimitSettings) -> None:
    """Refuse a file of more bytes than it may have; nothing of it is read for that."""
    if file.size > limits.file_bytes:
        raise InputError(
            f"the file has {_megabytes(file.size)}, over the limit of {_megabytes(limits.file_bytes)}",
            where=file.name,
            do="Export it in parts (by months), or raise limits.file_bytes in voronka.toml",
        )


def refuse_wide(file: SourceFile, columns: int, limits: LimitSettings) -> None:
    """Refuse a table of more columns than it may have."""
    if columns > limits.columns:
        raise InputError(
            f"the table has {columns:,} columns, over the limit of {limits.columns:,}",
            where=file.name,
            do="Check its separator and header, or raise limits.columns in voronka.toml",
        )


def refuse_long(file: SourceFile, rows: int, limits: LimitSettings) -> None:
    """Refuse a table of more rows than it may have."""
    if rows > limits.rows:
        raise InputError(
            f"the table has more than {limits.rows:,} rows, the limit",
            where=file.name,
            do="Export it in parts (by months), or raise limits.rows in voronka.toml",
        )


def refuse_field(file: SourceFile, row: int, characters: int, limits: LimitSettings) -> None:
    """Refuse a table with a value of more characters than one may have."""
    if characters > limits.field_characters:
        raise InputError(
            f"a value of {characters:,} characters, over the limit of {limits.field_characters:,}",
            where=f"{file.name}, row {row}",
            do="Look for a missing quote or line end, or raise limits.field_characters in voronka.toml",
        )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"
