"""What the routes of the board and of contests answer with and take."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from voronka.domain.contests import LONGEST_PRIZE, LONGEST_TITLE, Between, State, Wished
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.web.asked import Day
from voronka.web.shapes import FindingShown, TableShown

Name = Annotated[str, Field(max_length=300)]
_MOST = 1000


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class ChangedShown(_Shape):
    """Whose figure is another one now than it was when the contest's end was kept."""

    name: str
    kept: float
    now: float


class ContestShown(_Shape):
    """A contest as it stands; `table` is null where it has no places yet, `kept_at` (local) where its end is not kept.

    `ended_on` is the day on which it was ended before its last one.
    """

    contest_id: int
    title: str
    prize: str
    metric: str
    metric_title: dict[str, str]
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    ended_on: date | None
    between: Between
    members: list[str]
    state: State
    said: FindingShown
    table: TableShown | None
    kept_at: datetime | None
    changed: list[ChangedShown]
    made_by: str


class MemberOption(_Shape):
    """Somebody, a team or a metric to be chosen."""

    id: str
    name: str


class MetricOption(_Shape):
    """A metric that may have places."""

    name: str
    title: dict[str, str]


class OffersShown(_Shape):
    """What a contest may be made of, and which metrics the board shows: `chosen` by somebody, none: those by itself."""

    metrics: list[MetricOption]
    people: list[MemberOption]
    teams: list[MemberOption]
    chosen: list[str]
    usual: list[str]


class ContestsShown(_Shape):
    """The contests, those on their way first; `offers` is null for whoever may not hold any."""

    contests: list[ContestShown]
    today: date
    offers: OffersShown | None


class ContestGiven(_Shape):
    """A contest as it is asked for; without members everybody takes part."""

    title: Annotated[str, Field(max_length=4 * LONGEST_TITLE)]
    prize: Annotated[str, Field(max_length=4 * LONGEST_PRIZE)] = ""
    metric: Name
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    between: Between = "employee"
    members: Annotated[list[Name], Field(max_length=_MOST)] = []

    def wished(self) -> Wished:
        """Return what is asked for; QuestionError where its days cannot be."""
        if self.first is None or self.last is None:
            raise QuestionError("a contest has a first and a last day", do="Give both")
        if self.last < self.first:
            raise QuestionError(f"the period ends before it begins: {self.first} to {self.last}", where="to")
        period = Period(self.first, self.last)
        return Wished(self.title, self.prize, self.metric, period, self.between, tuple(self.members))


class MetricsGiven(_Shape):
    """The metrics that the board is to show, in their order; none: those it shows by itself."""

    metrics: Annotated[list[Name], Field(max_length=_MOST)]
