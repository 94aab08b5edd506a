"""What people state as plans: whose, of what, of which days, and edits of several at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period

PlanScope = Literal["company", "team", "employee"]
Action = Literal["type", "paste", "copy", "file", "undo"]
"""How several statements came to be made at once."""
Subject = tuple[str, PlanScope, str | None, date, date]
"""What a statement is about: metric, scope, id, first and last day."""

SCOPES: Mapping[str, PlanScope] = {"company": "company", "team": "team", "employee": "employee"}

LARGEST = Decimal(10) ** 14
"""What the core's DECIMAL(18,4) holds."""
PLACES = 4


@dataclass(frozen=True)
class Planned:
    """A plan as stated: so much of a metric, by whom (the id as the core has it; None: the company), in which days.

    Without a value what was stated before is taken back.
    """

    metric: str
    scope: PlanScope
    scope_id: str | None
    period: Period
    value: Decimal | None

    def __post_init__(self) -> None:
        """Refuse a plan of nobody, and a number that the core could not keep."""
        if (self.scope == "company") != (self.scope_id is None):
            raise QuestionError(f"a plan of {self.scope} is given {self.scope_id or 'for nobody'}")
        if self.value is None:
            return
        exponent = self.value.as_tuple().exponent
        if not self.value.is_finite() or abs(self.value) >= LARGEST or not isinstance(exponent, int):
            raise QuestionError(f"a plan is a number below {LARGEST:f}, not {self.value}")
        if -exponent > PLACES:
            raise QuestionError(f"a plan has at most {PLACES} decimals: {self.value}")

    @property
    def subject(self) -> Subject:
        """Return what the plan is of: a later one of the same takes its place."""
        return self.metric, self.scope, self.scope_id, self.period.first, self.period.last


@dataclass(frozen=True)
class Statement:
    """A plan, who stated it and when (UTC without a zone); a larger id is later. `edit_id`: with which others."""

    plan_id: int
    planned: Planned
    entered_by: str
    entered_at: datetime
    edit_id: int | None = None

    @property
    def subject(self) -> Subject:
        """Return what the statement is about."""
        return self.planned.subject


@dataclass(frozen=True)
class Wished:
    """A plan to be stated, and the number of the statement that whoever wishes it has seen (0: none)."""

    planned: Planned
    seen: int


@dataclass(frozen=True)
class Change:
    """A statement of an edit, and the one about the same that it took the place of."""

    made: Statement
    before: Statement | None


@dataclass(frozen=True)
class Edit:
    """Statements made at once: how, by whom, when (UTC without a zone); `undone_by` is the edit that took it back.

    `can_undo`: nobody has stated anything else of the same since, and it was not undone.
    """

    edit_id: int
    action: Action
    undoes: int | None
    by: str
    at: datetime
    changes: tuple[Change, ...]
    undone_by: int | None = None
    can_undo: bool = False


def plan_scope(name: str) -> PlanScope:
    """Return whose plan a name means; QuestionError where it means nobody's."""
    if name not in SCOPES:
        raise QuestionError(f"a plan is of {', '.join(SCOPES)}, not of {name}")
    return SCOPES[name]
