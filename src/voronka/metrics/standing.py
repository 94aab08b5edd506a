"""A small table that the engine makes of the core once, and keeps while the data stand."""

from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True)
class Standing:
    """Its name, the SELECT that makes it (no parameters), and the columns it has."""

    name: str
    sql: str
    columns: frozenset[str]


def named_by(sql: str, stem: str) -> str:
    """Return a name of a table that is another for every other SELECT."""
    return f"{stem}_{crc32(sql.encode()):08x}"
