"""Brings what people enter in Voronka into the lake, as a source like any other.

The statements are written down as a file of JSON lines under the lake, which is imported as every file is: the ledger
has a line for it, the same file is not taken twice, and of a statement the last version counts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from voronka.domain.plans import Statement
from voronka.pipeline.importing import Outcome, import_source
from voronka.pipeline.workplace import Workplace
from voronka.transform.references import BY_NAME
from voronka.transform.sources import ENTERED, MERGES_FILE, PLANS_FILE

if TYPE_CHECKING:  # the database is loaded where a company has one
    from voronka.operations.merges import Merge


def write_plans(folder: Path, statements: Iterable[Statement]) -> None:
    """Write the plans stated in a company down, oldest first; nothing is written where there are none."""
    write_rows(folder / PLANS_FILE, [_row(each) for each in statements])


def write_merges(folder: Path, statements: "Iterable[Merge]") -> None:
    """Write down which record is which, and which is its own again, oldest first; nothing where nobody said so."""
    rows = [
        {
            "entity": each.entity,
            "entity_id": each.entity_id,
            "merged_into": each.into_id,
            "entered_at": each.entered_at.isoformat(sep=" ", timespec="seconds"),
        }
        for each in statements
    ]
    write_rows(folder / MERGES_FILE, rows)


def write_rows(place: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows down as lines of JSON; nothing where there are none, or where they stand there already."""
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    if not text or (place.is_file() and place.read_text(encoding="utf-8") == text):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(".half")
    half.write_text(text, encoding="utf-8")
    half.replace(place)


def bring_entered(work: Workplace) -> Iterator[Outcome]:
    """Import what people have entered since the last time, and yield what became of it."""
    source = work.sources.get(ENTERED)
    if source is not None:
        yield from import_source(work, source)


def _row(statement: Statement) -> Mapping[str, object]:
    planned = statement.planned
    whose: dict[str, str | None] = {f"{who}{part}": None for who in ("employee", "team") for part in ("_id", "")}
    if planned.scope_id is not None:
        whose |= who_is_meant(planned.scope, planned.scope_id)
    return {
        "plan_id": statement.plan_id,
        "metric": planned.metric,
        "scope": planned.scope,
        **whose,
        "starts_on": planned.period.first.isoformat(),
        "ends_on": planned.period.last.isoformat(),
        "value": None if planned.value is None else f"{planned.value:f}",
        "entered_at": statement.entered_at.isoformat(sep=" ", timespec="seconds"),
    }


def who_is_meant(kind: str, member_id: str | None, known_as: str = "", of: str | None = None) -> dict[str, str | None]:
    """Return the columns that mean a person or a team: the id, or the name (as the sources have it) of one without.

    Who is known by a name only may get an id later: the name then still means the same one. `of` is the column of the
    id where that is not called by the kind.
    """
    is_named = member_id is not None and member_id.startswith(BY_NAME)
    name = (known_as or (member_id or "").removeprefix(BY_NAME)) if is_named else None
    return {of or f"{kind}_id": None if is_named else member_id, kind: name}
