"""Pairs that people say are not one and the same: statements only ever added to, the latest in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from voronka.domain.errors import QuestionError
from voronka.operations.database import Database
from voronka.operations.merges import Merged, merged_kind
from voronka.operations.tables import DISTINCTIONS


@dataclass(frozen=True)
class Distinction:
    """What was stated: two records (their ids in the core) are two or, where it no longer `holds`, may be one again."""

    distinction_id: int
    entity: Merged
    entity_id: str
    other_id: str
    holds: bool
    entered_by: str
    entered_at: datetime

    def pair(self) -> tuple[str, frozenset[str]]:
        """Return what tells the pair, whichever of the two was named first."""
        return self.entity, frozenset((self.entity_id, self.other_id))


class Distinctions:
    """The pairs that people of a company hold apart; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def state(self, entity: Merged, entity_id: str, other_id: str, entered_by: str) -> Distinction:
        """State that two records are two; QuestionError where they are one id, or that was said already."""
        if entity_id == other_id:
            raise QuestionError(f"{entity_id} is one record")
        if self._standing(entity, entity_id, other_id):
            raise QuestionError(f"{entity_id} and {other_id} are held apart already")
        return self._state(entity, entity_id, other_id, entered_by, holds=True)

    def undo(self, entity: Merged, entity_id: str, other_id: str, entered_by: str) -> Distinction:
        """State that two records may be one again; QuestionError where nobody holds them apart."""
        if not self._standing(entity, entity_id, other_id):
            raise QuestionError(f"nobody has said that {entity_id} and {other_id} are two")
        return self._state(entity, entity_id, other_id, entered_by, holds=False)

    def in_force(self) -> list[Distinction]:
        """Return the pairs that are held apart, the latest statement about each, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(DISTINCTIONS).order_by(DISTINCTIONS.c.distinction_id))
            latest = {each.pair(): each for each in map(_distinction, rows)}
        return sorted((each for each in latest.values() if each.holds), key=lambda each: each.distinction_id)

    def _standing(self, entity: Merged, entity_id: str, other_id: str) -> bool:
        return (entity, frozenset((entity_id, other_id))) in {each.pair() for each in self.in_force()}

    def _state(self, entity: Merged, entity_id: str, other_id: str, entered_by: str, *, holds: bool) -> Distinction:
        at = self._clock()
        row = {
            "entity": entity,
            "entity_id": entity_id,
            "other_id": other_id,
            "holds": holds,
            "entered_by": entered_by,
            "entered_at": at,
        }
        with self._database.write() as connection:
            made = connection.execute(insert(DISTINCTIONS).values(row).returning(DISTINCTIONS.c.distinction_id))
            number = int(made.scalar_one())
        return Distinction(number, entity, entity_id, other_id, holds, entered_by, at)


def _distinction(row: Any) -> Distinction:  # noqa: ANN401 - a row of SQLAlchemy's
    kind = merged_kind(row.entity)
    return Distinction(
        row.distinction_id, kind, row.entity_id, row.other_id, bool(row.holds), row.entered_by, row.entered_at
    )
