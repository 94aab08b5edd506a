"""Contests: who does the most of one metric within some days, for a prize; what is kept of how they end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period

Between = Literal["employee", "team"]
"""Between whom a contest is: each person, or each team, stands for itself."""
State = Literal["ahead", "running", "over"]
BETWEEN: tuple[Between, ...] = get_args(Between)

LONGEST_TITLE = 100
LONGEST_PRIZE = 300
LONGEST_DAYS = 366
MOST_MEMBERS = 500


@dataclass(frozen=True)
class Wished:
    """A contest as it is asked for; `members` are ids of people or of teams, none: all of them."""

    title: str
    prize: str
    metric: str
    period: Period
    between: Between = "employee"
    members: tuple[str, ...] = ()

    def checked(self) -> "Wished":
        """Return it with its words trimmed; QuestionError says what is wrong."""
        title, prize = (" ".join(text.split()) for text in (self.title, self.prize))
        if not title or not title.isprintable() or len(title) > LONGEST_TITLE:
            raise QuestionError("a contest's title is empty, too long, or has signs that cannot be shown")
        if not prize.isprintable() or len(prize) > LONGEST_PRIZE:
            raise QuestionError("a contest's prize is too long, or has signs that cannot be shown")
        if self.period.days > LONGEST_DAYS:
            raise QuestionError(f"a contest lasts {LONGEST_DAYS} days at most", do="Give an earlier last day")
        members = tuple(dict.fromkeys(self.members))
        if len(members) == 1:
            raise QuestionError("a contest needs at least two who take part", do="Choose more, or nobody: then all do")
        if len(members) > MOST_MEMBERS:
            raise QuestionError(f"a contest has {MOST_MEMBERS} who take part at most", do="Choose nobody: then all do")
        return Wished(title, prize, self.metric, self.period, self.between, members)


@dataclass(frozen=True)
class Kept:
    """How a contest ended: values by the id of who took part, as of the data of a version.

    `beside` is the team of each person, or how many people each team has.
    """

    values: Mapping[str, float]
    names: Mapping[str, str]
    beside: Mapping[str, str | float | None]
    data_version: str
    kept_at: datetime


@dataclass(frozen=True)
class Contest:
    """A contest that is kept; `ended_on` is the day on which it was ended before its time."""

    contest_id: int
    wished: Wished
    made_by: str
    made_at: datetime
    changed_at: datetime
    ended_on: date | None = None
    kept: Kept | None = None

    @property
    def period(self) -> Period:
        """Return the days that count: until the day on which it was ended."""
        first, last = self.wished.period.first, self.wished.period.last
        return Period(first, max(first, min(last, self.ended_on or last)))

    def state(self, today: date) -> State:
        """Return whether it is still to come, on its way or over."""
        if today < self.period.first and self.ended_on is None:
            return "ahead"
        return "over" if self.ended_on is not None or today > self.period.last else "running"
