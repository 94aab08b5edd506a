"""What people state of their own department: who is in which team since when, what teams are called, who is away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from voronka.domain.documents import Document
from voronka.domain.errors import QuestionError
from voronka.domain.scope import ALWAYS_TO

StaffKind = Literal["person", "team", "time"]
"""What a statement is about: one of the company's people, a team, a time somebody is away or at work."""
StaffAction = Literal["newcomer", "person", "move", "unmove", "team", "time", "untime", "undo"]
"""How statements came to be made together."""
StaffSubject = tuple[StaffKind, str]
"""The kind and the id of what a statement is about; a time has a number of its own."""

LONGEST_NAME = 200
MADE_HERE = "voronka:"
"""How the id begins of a person or a team that is made here, and not by a source."""
LONGEST_TIME = 400
"""Days that one stated time may have."""


class Placement(Document):
    """In which team and role somebody is on company days [valid_from, valid_to); `team` is what it was called."""

    team_id: str | None = None
    team: str = ""
    role: str | None = None
    valid_from: date
    valid_to: date = ALWAYS_TO

    @model_validator(mode="after")
    def _is_span(self) -> "Placement":
        if self.valid_from >= self.valid_to:
            raise QuestionError("the last day comes before the first", do="Give the days in their order")
        return self


class PersonSaid(Document):
    """All that is stated of a person; what is None is as the sources tell. `known_as` is what the sources call them.

    Of somebody who was added here before any source told of them also how sources will know them: mail, phone,
    extension, and `same_as`, the id that they have in a source.
    """

    known_as: str = ""
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    extension: str | None = None
    same_as: str | None = None
    is_made_here: bool = False
    hired_on: date | None = None
    left_on: date | None = None
    placements: tuple[Placement, ...] = ()

    def placed(self, placement: Placement) -> "PersonSaid":
        """Return it with somebody in a team on days that were stated otherwise, or not at all, before."""
        return self.model_copy(update={"placements": laid_over(self.placements, placement)})

    def without(self, valid_from: date) -> "PersonSaid":
        """Return it without the placement that begins on a day; QuestionError where none does."""
        left = tuple(each for each in self.placements if each.valid_from != valid_from)
        if len(left) == len(self.placements):
            raise QuestionError("no stated time in a team begins on this day", do="Look at the page again")
        return self.model_copy(update={"placements": left})


class TeamSaid(Document):
    """All that is stated of a team; what is None is as the sources tell.

    `known_as`, `lead` and `parent` are what the sources call the team, its lead and the team it is a part of.
    """

    known_as: str = ""
    name: str | None = None
    lead_employee_id: str | None = None
    lead: str = ""
    parent_id: str | None = None
    parent: str = ""
    closed_on: date | None = None
    is_made_here: bool = False


class TimeSaid(Document):
    """A time from day to day, both inside: away, or at work in own hours on these days of the week (Monday is 1).

    Away is the whole of the days, or where `opens` and `closes` are given from one to the other of each.
    """

    employee_id: str
    known_as: str = ""
    kind: Literal["absence", "shift"]
    reason: Literal["vacation", "sick", "other", ""] = ""
    first: date
    last: date
    opens: time | None = None
    closes: time | None = None
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()

    @model_validator(mode="after")
    def _is_time(self) -> "TimeSaid":
        if self.last < self.first:
            raise QuestionError("the last day comes before the first", do="Give the days in their order")
        if (self.last - self.first).days >= LONGEST_TIME:
            raise QuestionError(f"one time has at most {LONGEST_TIME} days", do="Give it in parts")
        if self.kind == "shift" and not (self.opens and self.closes and self.opens < self.closes and self.weekdays):
            raise QuestionError(
                "own hours have a beginning, a later end and days of the week", do="Give the hours and the days"
            )
        if self.kind == "absence" and (self.opens or self.closes) and not self.is_part:
            raise QuestionError("hours away have a beginning and a later end", do="Give both, or none for whole days")
        return self

    @property
    def is_part(self) -> bool:
        """Say whether somebody is away for hours of the days, not for all of them."""
        return bool(self.kind == "absence" and self.opens and self.closes and self.opens < self.closes)

    @property
    def hours(self) -> str | None:
        """Return its hours of a day as people write them, 14:00-18:00; None where they are not given."""
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}" if self.opens and self.closes else None

    def days(self) -> list[date]:
        """Return the days of it: all of an absence, those of the week of own hours."""
        every = (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        return [day for day in every if self.kind == "absence" or day.isoweekday() in self.weekdays]


StaffSaid = PersonSaid | TeamSaid | TimeSaid


@dataclass(frozen=True)
class StaffEntry:
    """What is stated of one person, team or time; None takes back all that was stated of it."""

    kind: StaffKind
    subject_id: str
    said: StaffSaid | None

    @property
    def subject(self) -> StaffSubject:
        """Return what it is about."""
        return self.kind, self.subject_id


@dataclass(frozen=True)
class StaffChange:
    """An entry of an edit, and what stood of the same before it."""

    made: StaffEntry
    before: StaffSaid | None


@dataclass(frozen=True)
class StaffEdit:
    """Entries made together: how, by whom, when (UTC without a zone); `undone_by` is the edit that took it back.

    `can_undo`: nothing of the same was stated since.
    """

    edit_id: int
    action: StaffAction
    undoes: int | None
    by: str
    at: datetime
    changes: tuple[StaffChange, ...]
    undone_by: int | None = None
    can_undo: bool = False


def laid_over(placements: Sequence[Placement], new: Placement) -> tuple[Placement, ...]:
    """Return the placements in the order of their days, `new` holding on its own."""
    kept: list[Placement] = []
    for each in placements:
        if each.valid_from < min(each.valid_to, new.valid_from):
            kept.append(each.model_copy(update={"valid_to": min(each.valid_to, new.valid_from)}))
        if max(each.valid_from, new.valid_to) < each.valid_to:
            kept.append(each.model_copy(update={"valid_from": max(each.valid_from, new.valid_to)}))
    return tuple(sorted((*kept, new), key=lambda each: each.valid_from))


def line_of(name: str) -> str:
    """Return a name that somebody typed as one line; QuestionError for one without a letter, or too long."""
    line = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    if not line or len(line) > LONGEST_NAME:
        raise QuestionError(f"a name has from one to {LONGEST_NAME} characters", do="Give another one")
    return line


def new_id(kind: StaffKind, known: Iterable[str]) -> str:
    """Return the id of a person or a team that is made here: one that none has or had."""
    taken = set(known)
    return next(found for n in range(1, len(taken) + 2) if (found := f"{MADE_HERE}{kind}{n}") not in taken)
