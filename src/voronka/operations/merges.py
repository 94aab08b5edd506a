"""Merges that people state, which record is another one: statements only ever added to, the latest in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import insert, select

from voronka.domain.errors import QuestionError
from voronka.operations.database import Database
from voronka.operations.tables import MERGES

Merged = Literal["lead", "contact", "account", "employee", "channel"]

MERGED: Mapping[str, Merged] = {kind: kind for kind in get_args(Merged)}
"""The kinds of records that can be merged."""


@dataclass(frozen=True)
class Merge:
    """What was stated: the record (its id in the core) is that of `into_id`, or, where that is None, its own again."""

    merge_id: int
    entity: Merged
    entity_id: str
    into_id: str | None
    entered_by: str
    entered_at: datetime


def merged_kind(name: str) -> Merged:
    """Return the kind of records that a name means; QuestionError where those cannot be merged."""
    if name not in MERGED:
        raise QuestionError(f"what can be merged is {', '.join(MERGED)}, not {name}")
    return MERGED[name]


class Merges:
    """The merges that people of a company have stated; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def merge(self, entity: Merged, entity_id: str, into_id: str, entered_by: str) -> Merge:
        """State that a record is that of `into_id`; QuestionError where it is merged already, or into itself."""
        into = {each.entity_id: each.into_id for each in self.in_force() if each.entity == entity}
        if entity_id in into:
            raise QuestionError(f"{entity_id} is merged into {into[entity_id]} already", do="Undo that first")
        end: str | None = into_id
        while end is not None:
            if end == entity_id:
                raise QuestionError(f"{into_id} is {entity_id} already, so that cannot be merged into it")
            end = into.get(end)
        return self._state(entity, entity_id, into_id, entered_by)

    def undo(self, entity: Merged, entity_id: str, entered_by: str) -> Merge:
        """State that a record is its own again; QuestionError where nobody has merged it."""
        if not any((each.entity, each.entity_id) == (entity, entity_id) for each in self.in_force()):
            raise QuestionError(
                f"nobody has merged the {entity} {entity_id}", do="`voronka identity list` tells who was"
            )
        return self._state(entity, entity_id, None, entered_by)

    def statements(self) -> list[Merge]:
        """Return all that was stated, oldest first."""
        with self._database.read() as connection:
            return [_merge(row) for row in connection.execute(select(MERGES).order_by(MERGES.c.merge_id))]

    def in_force(self) -> list[Merge]:
        """Return the merges that stand, the latest statement about each record, oldest first."""
        latest = {(each.entity, each.entity_id): each for each in self.statements()}
        return sorted((each for each in latest.values() if each.into_id), key=lambda each: each.merge_id)

    def _state(self, entity: Merged, entity_id: str, into_id: str | None, entered_by: str) -> Merge:
        at = self._clock()
        row = {
            "entity": entity,
            "entity_id": entity_id,
            "into_id": into_id,
            "entered_by": entered_by,
            "entered_at": at,
        }
        with self._database.write() as connection:
            made = connection.execute(insert(MERGES).values(row).returning(MERGES.c.merge_id)).scalar_one()
        return Merge(int(made), entity, entity_id, into_id, entered_by, at)


def _merge(row: Any) -> Merge:  # noqa: ANN401 - a row of SQLAlchemy's
    return Merge(row.merge_id, merged_kind(row.entity), row.entity_id, row.into_id, row.entered_by, row.entered_at)
