"""What the routes of the workshop of hypotheses answer with and take."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from voronka.domain.hypotheses import Bound, Clock, Ending, Kind, Reason, Verdict
from voronka.metrics.journeys import Entity
from voronka.web.asked import iso_day

GivenDay = Annotated[date | None, BeforeValidator(iso_day)]
Name = Annotated[str, Field(max_length=300)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FoundShown(_Shape):
    """What the data say: seconds or percent with the interval of 95 % (a missing `high` has no limit), and the verdict.

    `open_cases` of the `cases` may come to it yet. `measured` and `said` are the same in words.
    """

    verdict: Verdict
    reason: Reason
    value: float | None
    low: float | None
    high: float | None
    cases: int
    open_cases: int
    data_version: str
    measured: str
    said: str


class EndedShown(_Shape):
    """Who closed a hypothesis or took it back, when (local) and why, with what the data said then."""

    by: str
    at: datetime
    words: str
    found: FoundShown | None


class HypothesisShown(_Shape):
    """What is expected, in parts and in words (`statement`, `of` which cases), why, by whom and when (local).

    `now` is read anew at each look while it is open, `then` was kept when it was entered.
    """

    id: int
    kind: Kind
    step: str
    to: str
    bound: Bound
    value: float
    clock: Clock
    pipeline: str
    entity: Entity
    axis: str
    first: date | None
    last: date | None
    team_id: str | None
    statement: str
    expected: str
    of: str
    why: str
    by: str
    at: datetime
    state: str
    now: FoundShown | None
    then: FoundShown | None
    ended: EndedShown | None


class OfferedShown(_Shape):
    """What can be chosen: its key or id, and what it is called. `is_stage` where it can be skipped."""

    key: str
    name: str
    is_stage: bool = False


class WorkshopShown(_Shape):
    """The hypotheses, the newest first, and what a new one may speak of."""

    rows: list[HypothesisShown]
    steps: list[OfferedShown]
    teams: list[OfferedShown]
    channels: list[OfferedShown]
    may_enter: bool


class HypothesisGiven(_Shape):
    """A new hypothesis; `value` is seconds of time, else percent."""

    kind: Kind
    step: Name
    to: Name = ""
    bound: Bound = "most"
    value: float = Field(ge=0, le=10**10, allow_inf_nan=False)
    clock: Clock = "calendar"
    pipeline: Name = ""
    entity: Entity = "journey"
    axis: Annotated[str, Field(pattern="^(created|closed)$")] = "created"
    first: GivenDay = None
    last: GivenDay = None
    team: Name | None = None
    channel: list[Name] = Field(default=[], max_length=50)
    why: Annotated[str, Field(min_length=1, max_length=1000)]


class EndGiven(_Shape):
    """Close a hypothesis, or take it back."""

    ending: Ending
    words: Annotated[str, Field(max_length=1000)] = ""
