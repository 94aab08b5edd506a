"""Merging: which records may be one and the same, and which kind of record ids mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics

if TYPE_CHECKING:  # the database is loaded where a company has one
    from voronka.operations.distinctions import Distinctions
    from voronka.operations.merges import Merges

CANDIDATES = ("entity", "entity_id", "name", "into_id", "into_name", "reasons", "detail")
"""What is told of a record that may be another: itself, the other, what they have in common and its values."""
HOMES = {
    "lead": ("fct_leads", "lead_id"),
    "contact": ("dim_contact", "contact_id"),
    "account": ("dim_account", "account_id"),
    "employee": ("dim_employee", "employee_id"),
    "channel": ("dim_channel", "channel_id"),
}
"""Where each kind of record that can be merged stands, and under which id."""


@dataclass(frozen=True)
class Stated:
    """What people have said since the last build: records (kind, id) merged, and pairs (kind, ids) that are two."""

    merged: frozenset[tuple[str, str]]
    apart: frozenset[tuple[str, frozenset[str]]]

    @classmethod
    def by(cls, merges: "Merges", distinctions: "Distinctions") -> "Stated":
        """Return what stands of the statements of a company's people."""
        merged = frozenset((str(each.entity), each.entity_id) for each in merges.in_force())
        return cls(merged, frozenset(each.pair() for each in distinctions.in_force()))

    def leaves(self, row: Row) -> bool:
        """Say whether nobody has decided yet about a candidate."""
        pair = frozenset((str(row["entity_id"]), str(row["into_id"])))
        return (row["entity"], row["entity_id"]) not in self.merged and (row["entity"], pair) not in self.apart


def candidates(metrics: Metrics, stated: Stated, entity: str | None = None) -> list[Row]:
    """Return the records that may be another one as of the last build, without those decided about by `stated`."""
    where = None if entity is None else {"entity": entity}
    found = records(metrics.rows("fct_merge_candidates", Scope.everything(), where, CANDIDATES))
    return [row for row in found if stated.leaves(row)]


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
