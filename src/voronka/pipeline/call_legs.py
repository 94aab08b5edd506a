"""Finds calls of a file that look like legs of one call though no column says so: each would count as a call."""

from collections.abc import Iterator

from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.session import Session
from voronka.pipeline.taking import Incoming

LEGS_APART = "legs_apart"
_TOGETHER, _HANDED_OVER = 5, 1
"""Seconds within which a call rings at several people, and within which one who was put through takes it."""
_SAID = (
    "calls of one number begin within seconds of each other or overlap, and no column tells which of them are one "
    "call: each leg counts as a call of its own; map what they share as conversation_id"
)


def legs_apart(session: Session, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag where calls of one client's phone are hardly several calls, and nothing puts them together.

    Of times without seconds nothing can be told. The same person may call a number again at once: of theirs only what
    overlaps is meant.
    """
    cells = _cells(incoming)
    if cells is None:
        return
    phone, at, until, who = cells
    calls = (
        f"SELECT _row, _key, {phone} AS phone, {at} AS begun, {until} AS until, {who} AS who FROM ({incoming.judged()})"
    )
    session.run(
        f"CREATE OR REPLACE TABLE legs AS SELECT * FROM ({calls} WHERE _reason IS NULL) "
        "WHERE phone IS NOT NULL AND begun IS NOT NULL QUALIFY count(*) OVER (PARTITION BY phone) > 1"
    )
    found = session.rows(
        f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first FROM (SELECT * FROM legs QUALIFY {_is_leg()}) "
        "WHERE EXISTS (SELECT 1 FROM legs WHERE second(begun) > 0)"
    )[0]
    session.run("DROP TABLE legs")
    if found["n"]:
        yield Flag(LEGS_APART, _SAID, found["n"], tuple(found["first"]))


def _cells(incoming: Incoming) -> tuple[str, str, str, str] | None:
    """Return the SQL of whose number a call was, when it began and ended and who had it; None: not to be told."""
    cells = incoming.mapping.cells
    phone = cells.get("client_phone", cells.get("phone"))
    at = cells.get("started_at", cells.get("happened_at"))
    if incoming.mapping.stream.into != "calls" or "conversation_id" in cells or phone is None or at is None:
        return None
    seconds = " + ".join(f"coalesce({cells[each]}, 0)" for each in ("wait_seconds", "talk_seconds") if each in cells)
    ends = [cells["ended_at"]] if "ended_at" in cells else []
    ends += [f"{at} + to_seconds(CAST({seconds} AS BIGINT))"] if seconds else []
    who = cells.get("employee_id", cells.get("employee", "NULL"))
    return phone, at, f"coalesce({', '.join([*ends, at])})", f"CAST({who} AS TEXT)"


def _is_leg() -> str:
    """Return the SQL, over windows, that says whether a row goes on with the call of the row before it."""
    alone = "OVER (PARTITION BY phone ORDER BY begun, _row)"
    before = f"lag(until) {alone}"
    by_another = (
        f"who IS DISTINCT FROM lag(who) {alone} AND (begun <= lag(begun) {alone} + INTERVAL {_TOGETHER} SECOND "
        f"OR begun <= {before} + INTERVAL {_HANDED_OVER} SECOND)"
    )
    return f"_key <> lag(_key) {alone} AND (begun < {before} OR begun = lag(begun) {alone} OR ({by_another}))"
