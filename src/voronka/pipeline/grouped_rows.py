"""Finds columns that name somebody in the first row of a group alone, as reports do: the rows below are nobody's."""

from collections.abc import Iterator

from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.session import Session
from voronka.pipeline.taking import VALUES, Incoming

GROUPED = "grouped_rows"
_NAMES = ("employee", "employee_id", "team", "team_id", "channel", "campaign", "product", "pipeline", "stage")
"""Columns of ours that reports are grouped by; a client is left out in many a table for reasons of its own."""
_LEAST_ROWS, _LEAST_GROUPS = 5, 2
_ROWS = f"{VALUES} WHERE _malformed IS NULL"


def grouped_rows(session: Session, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag for each column whose names may stand for the rows below them, where these have none.

    The first row has a name, most rows have none, and no name follows itself: people who are left out of a table here
    and there do not come so. It is never certain, so nothing is filled in.
    """
    mapping = incoming.mapping
    named = {ours: theirs for ours, theirs in mapping.stream.columns.items() if ours in _NAMES and theirs[:1] != "="}
    cells = {ours: f"CAST({mapping.cells[ours]} AS TEXT)" for ours in named if ours in mapping.cells}
    if not cells or incoming.batch.rows < _LEAST_ROWS:
        return
    counts = ", ".join(
        f"count({cell}) AS {ours}_named, min(_row) = min(_row) FILTER ({cell} IS NOT NULL) AS {ours}_first, "
        f"min(_row, {FIRST_ROWS}) FILTER ({cell} IS NULL) AS {ours}_blank"
        for ours, cell in cells.items()
    )
    found = session.rows(f"SELECT count(*) AS n, {counts} FROM {_ROWS}")[0]
    for ours, cell in cells.items():
        filled, blank = found[f"{ours}_named"], found["n"] - found[f"{ours}_named"]
        if not found[f"{ours}_first"] or filled < _LEAST_GROUPS or blank < filled or _follows(session, cell):
            continue
        said = (
            f"`{named[ours]}` is empty below each name, as in a report grouped by it: these rows are nobody's. If the "
            "name stands for them too, fill it down in the file and load it again"
        )
        yield Flag(GROUPED, said, blank, tuple(found[f"{ours}_blank"]))


def _follows(session: Session, cell: str) -> bool:
    """Say whether a name stands twice with no other one between."""
    rows = f"SELECT {cell} = lag({cell}) OVER (ORDER BY _row) AS is_again FROM {_ROWS} AND {cell} IS NOT NULL"
    return bool(session.value(f"SELECT count(*) FROM ({rows}) WHERE is_again"))
