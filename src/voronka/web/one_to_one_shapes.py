"""What the routes of one-to-ones answer with and take."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from voronka.domain.one_to_ones import LONGEST, Kind, Mark
from voronka.web.asked import Day

Name = Annotated[str, Field(max_length=300)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class GoalShown(_Shape):
    """A goal by its metric: over as many days before it, over its own until today, in the metric's unit; null: unknown.

    `is_met`: it stands where it should; `is_over`: no day of it is left.
    """

    metric: str
    title: dict[str, str]
    unit: str
    better: Literal["up", "down"]
    target: float
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    before_from: date
    before_to: date
    before: float | None
    now: float | None
    is_met: bool | None
    is_over: bool


class EntryShown(_Shape):
    """Something kept of a one-to-one, by whom and when (local); `may` are the marks that the visitor can give it."""

    id: int
    kind: Kind
    day: date
    words: str
    is_visible: bool
    due_on: date | None
    is_late: bool
    is_done: bool
    done_by: str | None
    done_at: datetime | None
    goal: GoalShown | None
    by: str
    at: datetime
    may: list[Mark]


class OneToOneShown(_Shape):
    """What the visitor may read of the one-to-ones of a person, the newest first; `is_own`: the visitor is the person.

    `days_since` counts from the last meeting held, null where none was. `reads` is false where nothing of it is theirs.
    """

    employee_id: str
    is_own: bool
    reads: bool
    may_write: bool
    last_held: date | None
    days_since: int | None
    entries: list[EntryShown]


class HeldShown(_Shape):
    """When a person was met last."""

    employee_id: str
    last_held: date
    days_since: int


class EntryGiven(_Shape):
    """What is to be kept: `day` is of a meeting (default: today), `due_on` of an agreement, the rest of a goal."""

    employee: Name
    kind: Kind
    words: str = Field("", max_length=LONGEST)
    is_visible: bool = True
    day: Day = None
    due_on: Day = None
    metric: Name | None = None
    target: float | None = None
    first: Day = Field(None, alias="from")
    last: Day = Field(None, alias="to")


class MarkGiven(_Shape):
    """How an entry is marked."""

    mark: Mark
