"""Finds rows of one file that say other figures of the same day and campaign, plan or rate, and tells what counts."""

from collections.abc import Iterator

from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.session import Session
from voronka.pipeline.judging import TABLE
from voronka.pipeline.taking import VALUES, Incoming
from voronka.transform.column_profiles import profiles
from voronka.transform.restatements import MEASURED, SUMMED, Shown, shared_headers, verdict

ADDED_UP, RESTATED, STATED_AGAIN = "added_up", "restated_days", "stated_again"
IF_PARTS = "If they are parts of one figure, say that they add up (`--repeats add`, or on the page)"
_ADDED_UP = (
    "rows of the same {named} say different figures: they add up. If later rows correct earlier ones, say that the "
    "last counts (`--repeats last`, or on the page)"
)
_STATED_AGAIN = "rows of the same {named} say different figures: the last of them counts"
_OF = {
    "ad_spend": ("day", "channel_id", "channel", "campaign_id", "campaign", "currency"),
    "plans": ("metric", "scope", "employee_id", "employee", "team_id", "team", "starts_on", "ends_on", "revision"),
    "rates": ("day", "currency"),
}
"""Columns of ours that say together what a row's figures are of."""


def same_days(session: Session, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag where judged rows of different keys are of the same, and no column says that they are parts."""
    mapping = incoming.mapping
    stream = mapping.stream
    named = [ours for ours in _OF.get(stream.into, ()) if ours in mapping.cells]
    if not named or _OF[stream.into][0] not in named:
        return
    cells = ", ".join(mapping.cells[ours] for ours in named)
    own = "CASE WHEN contains(j._key, '#') THEN split_part(j._key, '#', 1) ELSE j._key END"
    rows = (
        f"SELECT j._row, {own} AS k, hash(({cells}, 0)) AS of FROM {VALUES} AS v "
        f"JOIN {TABLE} AS j USING (_row) WHERE j._reason IS NULL"
    )
    found = session.rows(
        f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first FROM "
        f"(SELECT _row FROM ({rows}) QUALIFY count(DISTINCT k) OVER (PARTITION BY of) > 1)"
    )[0]
    if not found["n"] or (stream.into in SUMMED and _are_parts(session, incoming)):
        return
    said = ", ".join(f"`{stream.columns[ours]}`" for ours in named if ours in stream.columns)
    code, told = (ADDED_UP, _ADDED_UP) if stream.into in SUMMED else (STATED_AGAIN, _STATED_AGAIN)
    yield Flag(code, told.format(named=said), found["n"], tuple(found["first"]))


def _are_parts(session: Session, incoming: Incoming) -> bool:
    """Return whether a column of the file tells the rows of one day apart: an ad group, a device, an hour."""
    stream, headers = incoming.mapping.stream, incoming.batch.columns
    relation = "(SELECT * FROM incoming WHERE _malformed IS NULL)"
    shared = shared_headers(stream.into, stream.columns)
    if not shared or not set(shared) <= set(headers):
        return False
    measured = [stream.columns[ours] for ours in MEASURED if ours in stream.columns]
    return verdict(Shown(session, relation, profiles(session, relation, headers)), shared, measured) == "parts"
