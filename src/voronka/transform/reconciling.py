"""Holds records of two places against each other: which are in both, only here, only there, and which differ.

Records are matched one to one: of two that have a number or an address in common within a window of time those of one
person and nearest in time are a pair; then the next, until nobody is left who could be one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from voronka.lake.session import Session, literal

STATES = ("both", "differs", "here", "there")
"""In both places alike, in both with a difference, only here, only there."""
COLUMNS = (
    *("state", "here_id", "there_id", "here_at", "there_at", "employee_id", "name"),
    *("here_value", "there_value", "difference", "detail", "url"),
)
"""What is told of each pair or lone record; `difference` is here less there, what is not there counting as 0."""


@dataclass(frozen=True)
class Window:
    """When two records may be one: at most so many seconds apart (None: at any time), values alike within `value`."""

    seconds: int | None
    value: float = 0.0


def reconciliation_sql(name: str) -> str:
    """Return the SELECT of the records of both places, or of the differences themselves, by name."""
    folder = resources.files("voronka.transform").joinpath("reconciliation")
    return folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")


def sources_of(session: Session, name: str) -> list[str]:
    """Return the places that have such records, in the order of their names."""
    rows = session.rows(f"SELECT DISTINCT source FROM ({reconciliation_sql(name)}) ORDER BY source")
    return [str(row["source"]) for row in rows]


def matched(session: Session, name: str, here: str, there: str, window: Window) -> list[dict[str, Any]]:
    """Return each pair and each lone record of two places, COLUMNS; differences first, then by time."""
    for side, source in (("here", here), ("there", there)):
        records = f"SELECT * FROM ({reconciliation_sql(name)}) WHERE source = {literal(source)}"
        session.run(f"CREATE OR REPLACE TEMP TABLE rec_{side} AS {records}")
    session.run(f"CREATE OR REPLACE TEMP TABLE rec_pairs AS {_pairs(window)}")
    session.run("CREATE OR REPLACE TEMP TABLE rec_matched (here_id TEXT, there_id TEXT)")
    while session.value("SELECT count(*) FROM rec_pairs"):
        session.run(f"INSERT INTO rec_matched {_nearest()}")
        session.run(
            "DELETE FROM rec_pairs WHERE here_id IN (SELECT here_id FROM rec_matched) "
            "OR there_id IN (SELECT there_id FROM rec_matched)"
        )
    rows = session.rows(_told(window))
    for table in ("rec_here", "rec_there", "rec_pairs", "rec_matched"):
        session.run(f"DROP TABLE {table}")
    return rows


def summed(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a row per state that there is, and one of all: state, records, here_value, there_value, difference."""
    found = [_sum(state, [row for row in rows if row["state"] == state]) for state in STATES]
    return [row for row in found if row["records"]] + [_sum("all", rows)]


def _sum(state: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    values = {name: _known_sum(row[name] for row in rows) for name in ("here_value", "there_value", "difference")}
    return {"state": state, "records": len(rows), **values}


def _known_sum(values: Iterable[Any]) -> Any:  # noqa: ANN401 - decimals or floats
    """Return the sum of the known values; None where none of them is known, as of money without a rate."""
    given = list(values)
    known = [value for value in given if value is not None]
    return sum(known) if known or not given else None


def _pairs(window: Window) -> str:
    near = "" if window.seconds is None else f" WHERE abs(epoch(h.moment) - epoch(t.moment)) <= {window.seconds}"
    return (
        "SELECT h.id AS here_id, t.id AS there_id, "
        "bool_or(coalesce(h.employee_id <> t.employee_id, false)) AS is_others, "
        "min(coalesce(abs(epoch(h.moment) - epoch(t.moment)), 0)) AS apart "
        f"FROM rec_here AS h JOIN rec_there AS t ON t.keys = h.keys{near} GROUP BY h.id, t.id"
    )


def _nearest() -> str:
    """Return the SELECT of the pairs each of which is the best for both: there is one while there are pairs."""
    best = "ORDER BY is_others, apart, here_id, there_id"
    return (
        "SELECT here_id, there_id FROM rec_pairs "
        f"QUALIFY row_number() OVER (PARTITION BY here_id {best}) = 1 "
        f"AND row_number() OVER (PARTITION BY there_id {best}) = 1"
    )


def _told(window: Window) -> str:
    differs = f"abs(h.value - t.value) > {window.value}"
    others = "coalesce(h.employee_id <> t.employee_id, false)"
    one = "SELECT DISTINCT ON (id) * FROM rec_{} ORDER BY id, keys"
    return f"""
    WITH h AS ({one.format("here")}), t AS ({one.format("there")}),
    joined AS (
      SELECT m.here_id, m.there_id FROM rec_matched AS m
      UNION ALL SELECT id, NULL FROM h WHERE id NOT IN (SELECT here_id FROM rec_matched)
      UNION ALL SELECT NULL, id FROM t WHERE id NOT IN (SELECT there_id FROM rec_matched)
    )
    SELECT
      CASE WHEN t.id IS NULL THEN 'here' WHEN h.id IS NULL THEN 'there'
        WHEN {differs} OR {others} THEN 'differs' ELSE 'both' END AS state,
      h.id AS here_id, t.id AS there_id, h.moment AS here_at, t.moment AS there_at,
      coalesce(h.employee_id, t.employee_id) AS employee_id, coalesce(h.name, t.name) AS name,
      coalesce(h.value, 0) AS here_value, coalesce(t.value, 0) AS there_value,
      coalesce(h.value, 0) - coalesce(t.value, 0) AS difference,
      CASE WHEN h.id IS NULL OR t.id IS NULL THEN
          CASE WHEN coalesce(h.keys, t.keys) IS NULL THEN 'no_key' END
        ELSE nullif(concat_ws(', ', CASE WHEN {differs} THEN 'value' END, CASE WHEN {others} THEN 'employee' END), '')
      END AS detail,
      coalesce(h.url, t.url) AS url
    FROM joined AS j LEFT JOIN h ON h.id = j.here_id LEFT JOIN t ON t.id = j.there_id
    ORDER BY state = 'both', coalesce(h.moment, t.moment), coalesce(h.id, t.id)
    """
