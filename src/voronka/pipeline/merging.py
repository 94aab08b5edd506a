"""Merging: which records may be one and the same, and which kind of record ids mean."""

from collections.abc import Iterable, Sequence

from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics

CANDIDATES = ("entity", "entity_id", "name", "into_id", "into_name", "reasons", "detail")
"""What is told of a record that may be another: itself, the other, what they have in common and its values."""
HOMES = {
    "lead": ("fct_leads", "lead_id"),
    "contact": ("dim_contact", "contact_id"),
    "account": ("dim_account", "account_id"),
    "employee": ("dim_employee", "employee_id"),
}
"""Where each kind of record that can be merged stands, and under which id."""


def candidates(metrics: Metrics, merged: Iterable[tuple[str, str]], entity: str | None = None) -> list[Row]:
    """Return the records that may be another one as of the last build, without those `merged` (kind, id) since then."""
    done = set(merged)
    where = None if entity is None else {"entity": entity}
    found = records(metrics.rows("fct_merge_candidates", Scope.everything(), where, CANDIDATES))
    return [row for row in found if (row["entity"], row["entity_id"]) not in done]


def kind_of(metrics: Metrics, ids: Sequence[str], asked: str | None = None) -> str:
    """Return which kind of record all of these ids are; QuestionError where it is none, or not clear which."""
    kinds = [asked] if asked else [*HOMES]
    found = [kind for kind in kinds if all(_is_there(metrics, kind, each) for each in ids)]
    if not found:
        what = asked or ", ".join(HOMES)
        raise QuestionError(
            f"there are no two records ({what}) of the ids {' and '.join(ids)}",
            do="`voronka identity candidates` tells the ids of those that may be one",
        )
    if len(found) > 1:
        raise QuestionError(f"records of several kinds have these ids: {', '.join(found)}", do="Say which with --of")
    return found[0]


def _is_there(metrics: Metrics, kind: str, record_id: str) -> bool:
    table, key = HOMES[kind]
    return bool(metrics.rows(table, Scope.everything(), {key: record_id}, (key,), limit=1).num_rows)
