"""How a table of the core is described: its columns with DuckDB types, its time axes, in what order its rows stand."""

from dataclasses import dataclass

UNMADE = "('planned', 'cancelled')"
"""The states of what is only planned, or was called off, as SQL."""
NO_MONTH = "none"
"""The partition of a fact whose main axis is missing."""


@dataclass(frozen=True)
class Column:
    """A column and its DuckDB type."""

    name: str
    type: str


@dataclass(frozen=True)
class Table:
    """A table of the core.

    `axes` name its times (without `_at`), the first being the main one, by which it is cut. A table that is not cut is
    written in the order of `sort`, so that a reader of a stretch of it passes over the rest; the writer may swap pieces
    of some thousand rows, so that who needs the rows in order has to say so.
    """

    name: str
    grain: str
    own: tuple[Column, ...]
    axes: tuple[str, ...] = ()
    owned: bool = False
    view: bool = False
    sort: tuple[str, ...] = ()
    rows_of: str = ""
    kind: str = ""
    made: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return all columns: its own, then for every axis day, hour and the owner at the time, then the partition."""
        added: list[Column] = []
        for axis in self.axes:
            added += [] if axis == "day" else [Column(f"{axis}_day", "DATE"), Column(f"{axis}_hour", "INTEGER")]
            if self.owned:
                added += [Column(f"{axis}_{part}", "TEXT") for part in ("employee_id", "team_id", "role")]
        partition = [Column("month", "TEXT")] if self.axes and not self.view else []
        return (*self.own, *added, *partition)

    @property
    def among(self) -> str:
        """Return which rows `f` of the other table a view shows, as SQL; '' of a table that is no view."""
        if not self.view:
            return ""
        made = f" AND coalesce(f.status, 'done') NOT IN {UNMADE}" if self.made else ""
        return f"f.kind = '{self.kind}'{made}"

    @property
    def is_fact(self) -> bool:
        """Say whether the table is a fact with a time of its own."""
        return bool(self.axes)


def columns_of(described: str) -> tuple[Column, ...]:
    """Return the columns of a text such as `name TYPE; other TYPE`."""
    pairs = [part.split(maxsplit=1) for part in described.replace("\n", " ").split(";") if part.strip()]
    return tuple(Column(name, kind.strip()) for name, kind in pairs)


def typed(kind: str, names: str) -> str:
    """Return the description of columns of one type, their names parted by spaces."""
    return "".join(f"{name} {kind};" for name in names.split())


def text(names: str) -> str:
    """Return the description of columns of text."""
    return typed("TEXT", names)


def times(names: str) -> str:
    """Return the description of columns of moments."""
    return typed("TIMESTAMP", names)


def money(names: str) -> str:
    """Return the description of columns of money."""
    return typed("DECIMAL(18,2)", names)
