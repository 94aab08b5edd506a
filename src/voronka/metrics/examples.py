"""Runs the worked examples of the definition files: tiny tables, a question, the rows a person worked out by hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isclose
from typing import Any

from voronka.domain.errors import DefinitionError, did_you_mean
from voronka.domain.model import NO_MONTH, TABLES, Table, tables
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.lake.engine import Engine
from voronka.metrics.answer import Answer
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice, Example
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.kept_sums import OFTEN
from voronka.metrics.query import Computation, Metrics, MetricsCompany
from voronka.metrics.question import Filter, Query
from voronka.metrics.sql import quoted

MakeEngine = Callable[[Sequence[str]], Engine]
"""Makes an engine over an empty lake and runs these statements (CREATE TABLE, INSERT; DuckDB's dialect) in it first."""

Analyses = Callable[[Mapping[str, Any], Callable[[], datetime]], Mapping[str, Computation]]
"""Returns the analyses of a company of these settings (as voronka.toml holds them) and a clock (UTC), by name."""

LoadCatalogue = Callable[[Mapping[str, Choice]], Catalogue]
"""Returns the catalogue in these variants."""

Cells = dict[str, str | None]

OUTSIDE_METRICS = ("_previous", "_low", "_high", "_complete", "_id")
DEFAULT_TODAY = date(2026, 12, 31)
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Grid:
    """A table written as text: the columns, and the rows' cells; an empty one is None."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]

    @classmethod
    def parse(cls, text: str, where: str) -> "Grid":
        """Return the table of a text with a line per row and | between cells."""
        lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        header, body = tuple(lines[0]), lines[1:]
        for line in body:
            if len(line) != len(header):
                message = f"A row of {len(line)} cells under {len(header)} columns: {' | '.join(line)}"
                raise DefinitionError(message, where=where)
        return cls(header, tuple(dict(zip(header, (cell or None for cell in line), strict=True)) for line in body))


def check_example(
    example: Example,
    load: LoadCatalogue,
    make_engine: MakeEngine,
    analyses: Analyses | None = None,
    *,
    often: int = OFTEN,
) -> list[str]:
    """Return how the answer differs from the rows expected; nothing where it does not.

    With `often` 0 what adds up is answered from sums by day.
    """
    entry = example.entry
    catalogue = load({metric: Choice(each, place=example.place) for metric, each in entry.variants.items()})
    engine = make_engine(list(example_statements(example)))
    today, now = entry.today or DEFAULT_TODAY, entry.now
    company = MetricsCompany(currency="RUB", today=lambda: today, now=(lambda: now) if now else None)
    expected = Grid.parse(entry.expect, example.place)
    totals = Grid.parse(entry.totals, example.place) if entry.totals else Grid((), ())
    moment = now or datetime.combine(today, time.max)
    computed = analyses(entry.settings, lambda: moment) if analyses else {}
    metrics = Metrics(engine, catalogue, company, computed, often=often)
    answer = metrics.query(_query(example, [*expected.columns, *totals.columns]))
    return [*_row_differences(example, expected, answer), *_total_differences(totals, answer)]


def example_statements(example: Example) -> Iterator[str]:
    """Return the statements that make the example's lake: every core table, what is not given empty or NULL."""
    filled: dict[str, list[Cells]] = {}
    for name, text in example.entry.given.items():
        if name not in tables():
            message = f"Unknown table: {name}"
            raise DefinitionError(message, where=example.place, do=did_you_mean(name, tables()))
        for given in Grid.parse(text, example.place).rows:
            filled.setdefault(name, []).append(_core_row(tables()[name], given, filled, example.place))
    yield from lake_statements(filled)


def lake_statements(filled: Mapping[str, Sequence[Mapping[str, str | None]]]) -> Iterator[str]:
    """Return the statements that make every core table, with these rows; those of a view stand in its table."""
    for table in TABLES:
        if table.view:
            shown = ", ".join(f"f.{quoted(column.name)}" for column in table.columns)
            yield f"CREATE VIEW {table.name} AS SELECT {shown} FROM {table.rows_of} AS f WHERE {table.among}"
            continue
        columns = ", ".join(f"{quoted(column.name)} {column.type}" for column in table.columns)
        yield f"CREATE TABLE {table.name} ({columns})"
        kinds = {column.name: column.type for column in table.columns}
        for row in (*filled.get(table.name, ()), *_rows_of_views(table, filled)):
            given = {name: value for name, value in row.items() if value is not None}
            if not given:
                continue
            names = ", ".join(quoted(name) for name in given)
            cells = ", ".join(f"CAST({_text(value)} AS {kinds[name]})" for name, value in given.items())
            yield " ".join(["INSERT INTO", table.name, f"({names})", "VALUES", f"({cells})"])


def _rows_of_views(
    table: Table, filled: Mapping[str, Sequence[Mapping[str, str | None]]]
) -> Iterator[Mapping[str, str | None]]:
    """Return the rows that are given of the views of a table, as they stand in it."""
    for view in TABLES:
        if view.rows_of == table.name:
            yield from ({"kind": view.kind, **_month(table, row), **row} for row in filled.get(view.name, ()))


def _month(table: Table, row: Mapping[str, str | None]) -> dict[str, str | None]:
    main = row.get("day" if table.axes[0] == "day" else f"{table.axes[0]}_day")
    return {"month": main[:7] if main else NO_MONTH}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _core_row(table: Table, given: Cells, filled: dict[str, list[Cells]], place: str) -> Cells:
    """Return the row as the core would hold it: names made members, days and owners of every time put in."""
    row: Cells = {}
    known = {column.name for column in table.columns}
    for name, value in given.items():
        row |= _core_cell(name, value, known, filled, place)
    for axis in table.axes:
        row = _axis_cells(table, axis, row) | row
    if table.axes and "month" in known:
        row |= _month(table, row)
    return {name: value for name, value in row.items() if name in known}


def _core_cell(name: str, value: str | None, known: set[str], filled: dict[str, list[Cells]], place: str) -> Cells:
    if name in known or name == "role":
        return {name: value}
    dimension = DIMENSIONS.get(name)
    if dimension and dimension.member:
        return {dimension.column: _member(name, value, filled)}
    if name == "call_id":
        return {"activity_id": value}
    message = f"Unknown column: {name}"
    raise DefinitionError(message, where=place, do=did_you_mean(name, (*known, *DIMENSIONS)))


def _member(name: str, value: str | None, filled: dict[str, list[Cells]]) -> str | None:
    member = DIMENSIONS[name].member
    if value is None or member is None:
        return None
    row: Cells = {member.key: f"name:{value.lower()}", member.name: value}
    if row not in filled.setdefault(member.table, []):
        filled[member.table].append(row)
    return row[member.key]


def _axis_cells(table: Table, axis: str, row: Cells) -> Cells:
    time = row.get(f"{axis}_at")
    day: Cells = {} if axis == "day" or time is None else {f"{axis}_day": time[:10], f"{axis}_hour": time[11:13] or "0"}
    parts = ("employee_id", "team_id", "role") if table.owned and time is not None else ()
    return day | {f"{axis}_{part}": row.get(part) for part in parts}


def _query(example: Example, columns: Sequence[str]) -> Query:
    entry = example.entry
    asked = [name for name in columns if name not in entry.by and not name.endswith(OUTSIDE_METRICS)]
    return Query(
        metrics=tuple(dict.fromkeys(entry.metrics or asked)),
        scope=Scope.everything(),
        by=tuple(entry.by),
        where=tuple(Filter.parse(text) for text in entry.where),
        period=Period(*entry.period) if entry.period else None,
        compare=entry.compare,
        owner=entry.owner,
    )


def _row_differences(example: Example, expected: Grid, answer: Answer) -> Iterator[str]:
    left = list(answer.rows)
    for cells in expected.rows:
        found = next((row for row in left if _is_same(cells, row, example.entry.by)), None)
        if found is None:
            yield f"no row: {_shown(cells)}"
            continue
        left.remove(found)
        yield from _differences(cells, found)
    for row in left:
        yield f"a row too many: {_shown({name: _written(row.get(name)) for name in expected.columns})}"


def _total_differences(totals: Grid, answer: Answer) -> Iterator[str]:
    for cells in totals.rows:
        yield from (f"totals, {difference}" for difference in _differences(cells, answer.totals))


def _is_same(cells: Cells, row: Mapping[str, object], names: Sequence[str]) -> bool:
    return all(_equal(cells[name], row[name]) for name in names)


def _differences(cells: Cells, row: Mapping[str, object]) -> Iterator[str]:
    for name, cell in cells.items():
        if name not in row:
            yield f"no column: {name}"
        elif not _equal(cell, row[name]):
            yield f"{name} is {_written(row[name])}, expected {cell}: {_shown(cells)}"


def _equal(cell: str | None, value: object) -> bool:
    if cell is None or cell == "null" or value is None:
        return value is None and cell in (None, "null")
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, (int, float, Decimal)):
        expected = _number(cell)
        return expected is not None and isclose(expected, float(value), rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return cell == str(value)


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _written(value: object) -> str | None:
    return None if value is None else str(value)


def _shown(cells: Cells) -> str:
    return " | ".join(f"{name} {value}" for name, value in cells.items())
