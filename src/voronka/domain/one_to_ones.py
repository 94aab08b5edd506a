"""One-to-one meetings of a manager and whoever leads them: what is kept of them, and who may read and write it."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from voronka.domain.access import Right
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope

Kind = Literal["meeting", "note", "agreement", "goal"]
"""That a meeting was held, what was noted, what was agreed, and a goal with a metric named."""
Mark = Literal["done", "open", "shown", "hidden", "withdrawn"]
"""An agreement is done or open again; any entry but a meeting is shown to the manager, hidden, or taken back."""

KINDS, MARKS = (get_args(each) for each in (Kind, Mark))
LONGEST = 4_000
"""Characters of an entry's words."""


@dataclass(frozen=True)
class Goal:
    """A metric that a person is to bring to a target within days, the last inside."""

    metric: str
    target: float
    period: Period

    def __post_init__(self) -> None:
        """Refuse a target that is no number."""
        if not math.isfinite(self.target):
            raise QuestionError("a goal has a number to come to", do="Write the target as a number")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something about a person: `day` is the day of the meeting, of all else the company's day on which it is said."""

    kind: Kind
    employee_id: str
    day: date
    words: str = ""
    is_visible: bool = True
    due_on: date | None = None
    goal: Goal | None = None

    def checked(self, today: date) -> "Said":
        """Return it if it can be kept today; QuestionError says what is missing."""
        if self.kind in {"note", "agreement"} and not self.words.strip():
            raise QuestionError("a note and an agreement have words", do="Write what was said")
        if len(self.words) > LONGEST:
            raise QuestionError(f"an entry has {LONGEST} characters at most", do="Write it shorter")
        if self.day > today:
            raise QuestionError("a meeting that is still to come was not held", do="Enter it on its day")
        if self.due_on and (self.kind != "agreement" or self.due_on < today):
            raise QuestionError("an agreement is due today or later", do="Give a day that is not over")
        if (self.goal is None) == (self.kind == "goal"):
            raise QuestionError("a goal names its metric, its target and its days, and nothing else does")
        if self.goal and self.goal.period.last < today:
            raise QuestionError("a goal whose days are over cannot be reached", do="Give a last day that is to come")
        if self.kind == "meeting" and not self.is_visible:
            raise QuestionError("a meeting is known to both who held it")
        return self


@dataclass(frozen=True)
class Marked:
    """Who marked an entry, how and when (UTC without a zone)."""

    mark: Mark
    by: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """What is kept of something said: by whom and when (UTC without a zone), with its marks, the earliest first."""

    entry_id: int
    said: Said
    by: str
    at: datetime
    marks: tuple[Marked, ...] = ()

    def latest(self, *marks: Mark) -> Marked | None:
        """Return the latest of some marks, None where there is none of them."""
        return next((each for each in reversed(self.marks) if each.mark in marks), None)

    @property
    def done(self) -> Marked | None:
        """Return who said that an agreement is done, None while it is open."""
        last = self.latest("done", "open")
        return last if last and last.mark == "done" else None

    @property
    def is_visible(self) -> bool:
        """Say whether the person whom it is about is shown it."""
        last = self.latest("shown", "hidden")
        return last.mark == "shown" if last else self.said.is_visible

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it was taken back."""
        return self.latest("withdrawn") is not None


@dataclass(frozen=True)
class Seat:
    """Where somebody sits at the one-to-one of a person: whom they are, what of it they may read and write.

    `employee_id` is the person whom it is about; `is_own` where that is the visitor. Whoever leads reads what was said
    on the days of the person that they see, and writes while they see the person's present day. Nobody writes about
    themselves, nor reads what was hidden from them, whatever their role.
    """

    employee_id: str
    is_own: bool
    scope: Scope
    leads: bool

    @classmethod
    def of(cls, employee_id: str, own_id: str | None, scope: Scope, rights: Collection[Right]) -> "Seat":
        """Return the seat of a visitor with these rows and rights who is the employee `own_id`."""
        is_own = own_id is not None and own_id == employee_id
        return cls(employee_id, is_own, scope, not is_own and Right.ONE_TO_ONE in rights)

    def covers(self, day: date) -> bool:
        """Say whether the person's day is among the rows that the visitor sees."""
        spans = (each for each in self.scope.spans if each.employee_id == self.employee_id)
        return self.scope.all_rows or any(each.valid_from <= day < each.valid_to for each in spans)

    def may_write(self, today: date) -> bool:
        """Say whether the visitor may enter something about the person today."""
        return self.leads and self.covers(today)

    def sees(self, entry: Entry) -> bool:
        """Say whether the visitor may read an entry about the person."""
        if entry.is_withdrawn or entry.said.employee_id != self.employee_id:
            return False
        return entry.is_visible if self.is_own else self.leads and self.covers(entry.said.day)

    def may_mark(self, entry: Entry, mark: Mark, today: date) -> bool:
        """Say whether the visitor may mark an entry so: the person whom it is about only says what is done."""
        if not self.sees(entry) or mark not in marks_of(entry.said.kind):
            return False
        return mark in {"done", "open"} if self.is_own else self.may_write(today)

    def seen(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return those of the entries that the visitor may read."""
        return [each for each in entries if self.sees(each)]


def marks_of(kind: Kind) -> frozenset[Mark]:
    """Return the marks that an entry of a kind can have."""
    if kind == "meeting":
        return frozenset({"withdrawn"})
    shown: frozenset[Mark] = frozenset({"shown", "hidden", "withdrawn"})
    return shown | {"done", "open"} if kind == "agreement" else shown


def unknown_entry(entry_id: int) -> QuestionError:
    """Return the fault of asking for an entry that there is not, or that is not for whoever asks."""
    return QuestionError(f"no entry has the number {entry_id}", do="Open the page again")
