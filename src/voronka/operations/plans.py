"""Plans that people enter: statements that are only ever added to, of which the latest is in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import insert, select

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.operations.database import Database
from voronka.operations.tables import PLANS

PlanScope = Literal["company", "team", "employee"]

SCOPES: Mapping[str, PlanScope] = {"company": "company", "team": "team", "employee": "employee"}

LARGEST = Decimal(10) ** 14
"""What the core's DECIMAL(18,4) holds."""
PLACES = 4


@dataclass(frozen=True)
class Planned:
    """A plan as stated: so much of a metric, by whom (the id as the core has it; None: the company), in which days."""

    metric: str
    scope: PlanScope
    scope_id: str | None
    period: Period
    value: Decimal

    def __post_init__(self) -> None:
        """Refuse a plan of nobody, and a number that the core could not keep."""
        if (self.scope == "company") != (self.scope_id is None):
            raise QuestionError(f"a plan of {self.scope} is given {self.scope_id or 'for nobody'}")
        exponent = self.value.as_tuple().exponent
        if not self.value.is_finite() or abs(self.value) >= LARGEST or not isinstance(exponent, int):
            raise QuestionError(f"a plan is a number below {LARGEST:f}, not {self.value}")
        if -exponent > PLACES:
            raise QuestionError(f"a plan has at most {PLACES} decimals: {self.value}")


@dataclass(frozen=True)
class Statement:
    """A plan, who stated it and when (UTC without a zone); a larger id is later."""

    plan_id: int
    planned: Planned
    entered_by: str
    entered_at: datetime

    @property
    def subject(self) -> tuple[str, str, str | None, date, date]:
        """Return what the statement is about: a later one about the same takes its place."""
        planned = self.planned
        return planned.metric, planned.scope, planned.scope_id, planned.period.first, planned.period.last


def plan_scope(name: str) -> PlanScope:
    """Return whose plan a name means; QuestionError where it means nobody's."""
    if name not in SCOPES:
        raise QuestionError(f"a plan is of {', '.join(SCOPES)}, not of {name}")
    return SCOPES[name]


class Plans:
    """The plans that people of a company have stated; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def state(self, planned: Planned, entered_by: str) -> Statement:
        """Add a statement and return it; earlier ones about the same stay, and are no longer in force."""
        at = self._clock()
        row = {
            "metric": planned.metric,
            "scope": planned.scope,
            "scope_id": planned.scope_id,
            "starts_on": planned.period.first,
            "ends_on": planned.period.last,
            "value": f"{planned.value:f}",
            "entered_by": entered_by,
            "entered_at": at,
        }
        with self._database.write() as connection:
            made = connection.execute(insert(PLANS).values(row).returning(PLANS.c.plan_id)).scalar_one()
        return Statement(int(made), planned, entered_by, at)

    def statements(self) -> list[Statement]:
        """Return all that was stated, oldest first."""
        with self._database.read() as connection:
            return [_statement(row) for row in connection.execute(select(PLANS).order_by(PLANS.c.plan_id))]

    def in_force(self) -> list[Statement]:
        """Return the latest statement about each metric, scope and period, oldest first."""
        latest = {statement.subject: statement for statement in self.statements()}
        return sorted(latest.values(), key=lambda statement: statement.plan_id)


def _statement(row: Any) -> Statement:  # noqa: ANN401 - a row of SQLAlchemy's
    planned = Planned(row.metric, row.scope, row.scope_id, Period(row.starts_on, row.ends_on), Decimal(row.value))
    return Statement(row.plan_id, planned, row.entered_by, row.entered_at)
