"""Reads lines of a file that could not be split once more, where a person mended the line itself."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence

from voronka.domain.faults import FAULTS
from voronka.domain.formulas import come_back
from voronka.lake.session import Session, literal

_SEPARATORS = (";", ",", "\t", "|")
_FILE = "incoming_file"


def read_lines_again(
    session: Session, columns: Sequence[str], told: tuple[str, str, str], headers: Mapping[str, Sequence[str]]
) -> None:
    """Split the lines of rows to be mended whose columns are all empty; one that cannot be split stays put aside.

    `columns` are those of the taken file, `told` its columns with the load, the reason and the line; `headers` are the
    columns of the file that a row stood in, by its load: a line is in their order.
    """
    load, reason, line = (f"c{columns.index(name)}" for name in told)
    own = [(f"c{place}", come_back(name)) for place, name in enumerate(columns) if not name.startswith("_")]
    filled = f"coalesce(trim({line}), '') <> ''"
    empty = " AND ".join(f"coalesce(trim({cell}), '') = ''" for cell, _ in own) or "true"
    if "_fault" not in session.columns(_FILE):
        session.run(f"ALTER TABLE {_FILE} ADD COLUMN _fault TEXT")
    named = f"_row, trim({load}) AS load, trim({reason}) AS reason, {line} AS line"
    for row in session.rows(f"SELECT {named} FROM {_FILE} WHERE {filled} AND {empty} AND _malformed IS NULL"):
        text = come_back(row["line"])
        values = split_line(text, headers.get(row["load"], ()))
        known = {name: value for name, value in (values or {}).items() if value}
        if set(known) <= {name for _, name in own} and known:
            cells = [f"{cell} = {literal(known[name])}" for cell, name in own if name in known]
        else:
            fault = row["reason"] if row["reason"] in FAULTS else "malformed_row"
            cells = [f"_malformed = {literal(text)}", f"_fault = {literal(fault)}"]
        session.run(f"UPDATE {_FILE} SET {', '.join(cells)} WHERE _row = {row['_row']}")


def split_line(line: str, headers: Sequence[str]) -> dict[str, str] | None:
    """Return a line's values by header, None where it cannot be told which is which.

    A line of JSON names its own; of others one separator alone must give as many values as there are headers.
    """
    if not headers:
        return None
    if line.lstrip().startswith("{"):
        return _of_json(line, headers)
    found = [values for values in _splits(line) if len(values) == len(headers)]
    return dict(zip(headers, found[0], strict=True)) if len(found) == 1 else None


def _splits(line: str) -> Iterator[list[str]]:
    for separator in _SEPARATORS:
        if separator in line:
            try:
                rows = list(csv.reader(line.splitlines(keepends=True), delimiter=separator, strict=True))
            except csv.Error:
                continue
            if len(rows) == 1:
                yield rows[0]


def _of_json(line: str, headers: Sequence[str]) -> dict[str, str] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, dict) or not set(found) <= set(headers):
        return None
    if any(isinstance(value, dict | list) for value in found.values()):
        return None
    return {name: _text(value) for name, value in found.items()}


def _text(value: object) -> str:
    """Return a value as it stands in the column that a file of JSON makes."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
