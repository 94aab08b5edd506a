"""A small table that the engine makes of the core once, and keeps while the data stand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Its name, the SELECT that makes it (no parameters), and the columns it has."""

    name: str
    sql: str
    columns: frozenset[str]
