"""What the routes of people, teams and times answer with and take."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from voronka.domain.staff import StaffAction
from voronka.web.asked import iso_day
from voronka.web.shapes import TableShown, WordsShown

StatedDay = Annotated[date, BeforeValidator(iso_day)]
Id = Annotated[str, Field(min_length=1, max_length=300)]
Name = Annotated[str, Field(max_length=300)]
Seen = Annotated[int, Field(ge=0, le=2**53)]
"""The number of the last edit that the page showed: nobody overwrites what another one changed meanwhile."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlacementShown(_Shape):
    """A time in a team and a role; days are inside, null where it has no beginning or no end."""

    team_id: str | None
    role: str | None
    first: date | None
    last: date | None
    is_stated: bool


class MadeHereShown(_Shape):
    """By what sources will know somebody who was added here; `same_as` is the id that they have in a source."""

    email: str | None
    phone: str | None
    extension: str | None
    same_as: str | None


class StaffPersonShown(_Shape):
    """One of the company's people; `stated` names what of them is stated here: name, hired_on, left_on.

    `made_here` is of those alone who were added here, and for those alone who may change it.

    `users` are who signs in as this person; `places` are the times in teams, the latest first.
    """

    id: str
    name: str
    hired_on: date | None
    left_on: date | None
    has_left: bool
    team_id: str | None
    role: str | None
    users: list[str]
    places: list[PlacementShown]
    stated: list[Literal["name", "hired_on", "left_on"]]
    made_here: MadeHereShown | None


class StaffTeamShown(_Shape):
    """A team; `people` are those who are in it today, `stated` what of it is stated here."""

    id: str
    name: str
    lead_id: str | None
    parent_id: str | None
    closed_on: date | None
    is_open: bool
    people: int
    stated: list[Literal["name", "lead", "parent", "closed_on"]]


class StaffTimeShown(_Shape):
    """A time away or of own hours; `number` is null where a source tells it, so that it cannot be taken back here."""

    number: str | None
    person_id: str
    kind: Literal["absence", "shift"]
    reason: Literal["vacation", "sick", "other", ""]
    first: date
    last: date
    opens: time | None
    closes: time | None
    weekdays: list[int]


class StaffRoleShown(_Shape):
    """A role that people may hold."""

    code: str
    title: WordsShown


class StaffEditShown(_Shape):
    """An edit: what was done, of whom or what, by whom and when (local)."""

    id: int
    action: StaffAction
    names: list[str]
    count: int
    by: str
    at: datetime
    is_undone: bool
    can_undo: bool


class StaffShown(_Shape):
    """The department as the visitor sees it; `is_behind`: the figures do not hold all of it yet."""

    people: list[StaffPersonShown]
    teams: list[StaffTeamShown]
    times: list[StaffTimeShown]
    roles: list[StaffRoleShown]
    people_table: TableShown
    teams_table: TableShown
    times_table: TableShown
    edits: list[StaffEditShown]
    latest: int
    may_change: bool
    is_behind: bool
    is_building: bool


class KnownGiven(_Shape):
    """By what sources will know somebody who is added here; `same_as` is the id that they have in a source."""

    email: Name | None = None
    phone: Name | None = None
    extension: Name | None = None
    same_as: Name | None = None


class NewcomerGiven(_Shape):
    """Somebody of whom no source tells yet: from which day on, in which team (null: none) and role."""

    name: Name
    known: KnownGiven
    team_id: Id | None
    role: Name | None
    first: StatedDay
    latest: Seen


class PersonGiven(_Shape):
    """What is stated of a person; null: as the sources tell. `known` is taken of those alone who were added here."""

    id: Id
    name: Name | None
    hired_on: StatedDay | None
    left_on: StatedDay | None
    known: KnownGiven | None = None
    latest: Seen


class MoveGiven(_Shape):
    """People who go into a team (null: none) on days, the last inside, null for ever; role null: as they have it."""

    people: Annotated[list[Id], Field(min_length=1, max_length=500)]
    team_id: Id | None
    role: Name | None
    first: StatedDay
    last: StatedDay | None
    latest: Seen


class MoveNamed(_Shape):
    """A stated time in a team, by its first day."""

    id: Id
    first: StatedDay
    latest: Seen


class TeamGiven(_Shape):
    """What is stated of a team, id null for a new one; null elsewhere: as the sources tell."""

    id: Id | None
    name: Name | None
    lead_id: Id | None
    parent_id: Id | None
    closed_on: StatedDay | None
    latest: Seen


class TimeGiven(_Shape):
    """A time away or of own hours of a person, both days inside; away with hours: from one to the other of each day."""

    person_id: Id
    kind: Literal["absence", "shift"]
    reason: Literal["vacation", "sick", "other", ""] = ""
    first: StatedDay
    last: StatedDay
    opens: time | None = None
    closes: time | None = None
    weekdays: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7)] = []
    latest: Seen


class TimesPasted(_Shape):
    """A list of times away as a spreadsheet copies it."""

    text: Annotated[str, Field(max_length=200_000)]
    latest: Seen


class TimeNamed(_Shape):
    """A stated time by its number."""

    number: Id
    latest: Seen


class StaffUndone(_Shape):
    """An edit by its number."""

    edit: Annotated[int, Field(ge=1, le=2**53)]


class PastedFaultShown(_Shape):
    """A line of a pasted list that cannot be read, and why."""

    line: int
    text: str
    what: str
    do: str


class StaffEdited(_Shape):
    """The edit that was made, null where nothing was to change or lines do not fit."""

    edit: int | None
    changed: int
    faults: list[PastedFaultShown]
