"""The department as it stands: people with their history of teams, teams, who is away; what is stated laid over."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from voronka.domain.scope import ALWAYS_FROM, ALWAYS_TO, Scope
from voronka.domain.staff import (
    MADE_HERE,
    PersonSaid,
    Placement,
    StaffKind,
    StaffSaid,
    StaffSubject,
    TeamSaid,
    TimeSaid,
)
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics
from voronka.transform.references import AMBIGUOUS, BY_NAME

SHOWN_DAYS = 400
"""How long ago a time away that a source tells may have ended to be shown."""


@dataclass(frozen=True)
class Placed:
    """A time in a team and a role on days [valid_from, valid_to), and whether people stated it."""

    team_id: str | None
    role: str | None
    valid_from: date
    valid_to: date
    is_stated: bool

    @property
    def first(self) -> date | None:
        """Return its first day, None where it has no beginning."""
        return None if self.valid_from <= ALWAYS_FROM else self.valid_from

    @property
    def last(self) -> date | None:
        """Return its last day, inside; None where it has no end."""
        return None if self.valid_to >= ALWAYS_TO else self.valid_to - timedelta(days=1)


@dataclass(frozen=True)
class StaffPerson:
    """One of the company's people; `subject` is under which id things are stated of them, `said` what is."""

    id: str
    name: str
    email: str | None
    hired_on: date | None
    left_on: date | None
    placed: tuple[Placed, ...]
    subject: str
    said: PersonSaid

    def on(self, day: date) -> Placed | None:
        """Return where the person is on a day: of several places the one begun last."""
        found = [each for each in self.placed if each.valid_from <= day < each.valid_to]
        return max(found, key=lambda each: (each.is_stated, each.valid_from), default=None)

    def has_left(self, day: date) -> bool:
        """Say whether the person was gone before a day."""
        return self.left_on is not None and self.left_on < day


@dataclass(frozen=True)
class StaffTeam:
    """A team; `subject` is under which id things are stated of it, `said` what is."""

    id: str
    name: str
    lead_id: str | None
    parent_id: str | None
    subject: str
    said: TeamSaid

    def is_open(self, day: date) -> bool:
        """Say whether there is the team on a day."""
        return self.said.closed_on is None or day < self.said.closed_on


@dataclass(frozen=True)
class StaffTime:
    """A time away or of own hours; `number` is that of the statement, '' where a source tells it."""

    number: str
    person_id: str
    told: TimeSaid


@dataclass(frozen=True)
class Department:
    """What a scope sees of the company's people, as of the last build, with what is stated since laid over.

    Before the first build there is what is stated, and nothing else.
    """

    metrics: Metrics
    scope: Scope
    stated: Mapping[StaffSubject, StaffSaid]
    merged: Mapping[str, str]
    zone: ZoneInfo
    is_built: bool = True

    @cached_property
    def people(self) -> Mapping[str, StaffPerson]:
        """The people by id, in the order of their names; all of them with those added here and not built yet."""
        held: dict[str, list[Placed]] = {}
        for row in self._rows("employee_team", "employee_id", "team_id", "role", "valid_from", "valid_to"):
            held.setdefault(str(row["employee_id"]), []).append(_told(row))
        rows = {
            str(row["employee_id"]): row
            for row in self._rows("dim_employee", "employee_id", "name", "hired_on", "left_on", "email")
        }
        gone = {name for name in rows if name.startswith(MADE_HERE) and ("person", name) not in self.stated}
        found = [self._person(own, rows[own], held.get(own, [])) for own in rows if own not in gone | {AMBIGUOUS}]
        found += [self._person(own, {}, []) for own in self._made_here("person", rows) if self.scope.all_rows]
        return {each.id: each for each in sorted(found, key=lambda each: _by_name(each.name, each.id))}

    @cached_property
    def teams(self) -> Mapping[str, StaffTeam]:
        """The teams by id, in the order of their names, those that are made here and not built yet included."""
        rows = {str(row["team_id"]): row for row in self._team_rows}
        gone = {name for name in rows if name.startswith(MADE_HERE) and ("team", name) not in self.stated}
        found = [self._team(name, row) for name, row in rows.items() if name not in gone and name != AMBIGUOUS]
        found += [self._team(name, {}) for name in self._made_here("team", rows)]
        return {each.id: each for each in sorted(found, key=lambda each: _by_name(each.name, each.id))}

    @cached_property
    def seen_teams(self) -> Sequence[StaffTeam]:
        """The teams that the scope sees: a limited one those in which its people are or were."""
        every = list(self.teams.values())
        if self.scope.all_rows:
            return every
        own = {each.team_id for person in self.people.values() for each in person.placed}
        return [each for each in every if each.id in own]

    def team_name(self, team_id: str | None) -> str | None:
        """Return what a team is called, its id where nobody knows it."""
        team = self.teams.get(team_id or "")
        return team.name if team else team_id

    def size(self, team_id: str) -> int:
        """Return how many people are in a team today."""
        inside = (each.on(self.today) for each in self.people.values() if not each.has_left(self.today))
        return sum(each is not None and each.team_id == team_id for each in inside)

    @cached_property
    def times(self) -> Sequence[StaffTime]:
        """Who is away and who has own hours, the latest first; of sources no shifts, nor what is long over."""
        stated = []
        for (kind, number), said in self.stated.items():
            person = self.person_of(said.employee_id) if isinstance(said, TimeSaid) else None
            if kind == "time" and isinstance(said, TimeSaid) and person is not None:
                stated.append(StaffTime(number, person.id, said))
        known = {
            (each.person_id, *days)
            for each in stated
            if each.told.kind == "absence"
            for days in ((each.told.first, each.told.last), *((day, day) for day in each.told.days()))
        }
        told = [each for each in self._told_times() if (each.person_id, each.told.first, each.told.last) not in known]
        return sorted((*stated, *told), key=lambda each: (each.told.first, each.person_id), reverse=True)

    def person_of(self, said_of: str) -> StaffPerson | None:
        """Return who is meant today by an id under which something was stated; None where the scope sees nobody."""
        return self.people.get(self._person_now(said_of) or "")

    @cached_property
    def today(self) -> date:
        """The company's day."""
        return self.metrics.company.today()

    def _rows(self, table: str, *columns: str, **where: object) -> list[Row]:
        return records(self.metrics.rows(table, self.scope, where, columns)) if self.is_built else []

    def _person(self, own: str, row: Row, held: Sequence[Placed]) -> StaffPerson:
        subject, said = self._said("person", own)
        said = said if isinstance(said, PersonSaid) else PersonSaid(known_as=str(row.get("name") or ""))
        return StaffPerson(
            own,
            said.name or str(row.get("name") or own),
            said.email or _text(row.get("email")),
            said.hired_on or row.get("hired_on"),  # type: ignore[arg-type]
            said.left_on or row.get("left_on"),  # type: ignore[arg-type]
            _over(held, said.placements, self._team_now),
            subject,
            said,
        )

    def _team(self, own: str, row: Row) -> StaffTeam:
        subject, said = self._said("team", own)
        said = said if isinstance(said, TeamSaid) else TeamSaid(known_as=str(row.get("name") or ""))
        lead, parent = said.lead_employee_id, said.parent_id
        return StaffTeam(
            own,
            said.name or str(row.get("name") or own),
            self._person_now(lead) if lead else _text(row.get("lead_employee_id")),
            self._team_now(parent) if parent else _text(row.get("parent_id")),
            subject,
            said,
        )

    def _said(self, kind: StaffKind, own: str) -> tuple[str, StaffSaid | None]:
        """Return under which id something is stated of somebody, their own where nothing is, and what."""
        found = self.stated.get((kind, own))
        if found is not None:
            return own, found
        return self._stated_under[kind].get(own, (own, None))

    @cached_property
    def _stated_under(self) -> Mapping[StaffKind, Mapping[str, tuple[str, StaffSaid]]]:
        found: dict[StaffKind, dict[str, tuple[str, StaffSaid]]] = {"person": {}, "team": {}, "time": {}}
        for (kind, name), said in self.stated.items():
            now = self._team_now(name) if kind == "team" else None
            if kind == "person":
                now = self._person_now(name)
            if now is not None and now != name:
                found[kind][now] = (name, said)
        return found

    def _team_now(self, said_of: str | None) -> str | None:
        if said_of is None or ("team", said_of) in self.stated:
            return said_of
        return _now(said_of, self._team_names, {str(row["team_id"]) for row in self._team_rows}, {}) or said_of

    def _person_now(self, said_of: str) -> str | None:
        return _now(said_of, self._person_names, self._known_people, self.merged)

    def _made_here(self, kind: StaffKind, built: Iterable[str]) -> list[str]:
        """Return the ids of people or teams that were made here and are not built yet."""
        known = set(built)
        return [
            name
            for (about, name), said in self.stated.items()
            if about == kind and name not in known and isinstance(said, PersonSaid | TeamSaid) and said.is_made_here
        ]

    @cached_property
    def _team_rows(self) -> list[Row]:
        return self._rows("dim_team", "team_id", "name", "parent_id", "lead_employee_id")

    @cached_property
    def _team_names(self) -> Mapping[str, str]:
        return {folded(str(row["name"] or "")): str(row["team_id"]) for row in self._team_rows}

    @cached_property
    def _people_rows(self) -> list[Row]:
        return self._rows("dim_employee", "employee_id", "name")

    @cached_property
    def _person_names(self) -> Mapping[str, str]:
        return {folded(str(row["name"] or "")): str(row["employee_id"]) for row in self._people_rows}

    @cached_property
    def _known_people(self) -> set[str]:
        built = {str(row["employee_id"]) for row in self._people_rows}
        return built | {*self._made_here("person", built)}

    def _told_times(self) -> Iterable[StaffTime]:
        since = self.today - timedelta(days=SHOWN_DAYS)
        for row in self._rows("employee_time", "employee_id", "starts_at", "ends_at", kind="absence"):
            own = str(row["employee_id"])
            first, last = self._day(row["starts_at"]), self._day(row["ends_at"], timedelta(seconds=1))
            if own in self.people and since <= last and first <= last:
                first = max(first, last - timedelta(days=365))
                yield StaffTime("", own, TimeSaid(employee_id=own, kind="absence", first=first, last=last))

    def _day(self, moment: object, less: timedelta = timedelta()) -> date:
        assert isinstance(moment, datetime)  # noqa: S101 - the core's type
        return (moment - less).replace(tzinfo=UTC).astimezone(self.zone).date()


def _told(row: Row) -> Placed:
    valid_from, valid_to = row["valid_from"], row["valid_to"]
    assert isinstance(valid_from, date)  # noqa: S101 - the core's types
    assert isinstance(valid_to, date)  # noqa: S101
    return Placed(_text(row["team_id"]), _text(row["role"]), valid_from, valid_to, is_stated=False)


def _over(
    held: Sequence[Placed], stated: Sequence[Placement], team_now: Callable[[str | None], str | None]
) -> tuple[Placed, ...]:
    """Return where somebody is by days, what is stated standing over the rest, the latest first."""
    left = list(held)
    for each in stated:
        left = [piece for one in left for piece in _around(one, each)]
    said = [
        Placed(team_now(each.team_id), each.role, each.valid_from, each.valid_to, is_stated=True) for each in stated
    ]
    return tuple(sorted((*left, *said), key=lambda each: each.valid_from, reverse=True))


def _around(one: Placed, stated: Placement) -> list[Placed]:
    """Return what is left of a time before and after the days that are stated."""
    spans = (
        (one.valid_from, min(one.valid_to, stated.valid_from)),
        (max(one.valid_from, stated.valid_to), one.valid_to),
    )
    return [Placed(one.team_id, one.role, first, end, one.is_stated) for first, end in spans if first < end]


def _now(said_of: str, names: Mapping[str, str], known: set[str], merged: Mapping[str, str]) -> str | None:
    """Return whom an id means today: who was known by a name may have got an id, or be another one."""
    now = said_of
    while now in merged and now not in known:
        now = merged[now]
    if now not in known and now.startswith(BY_NAME):
        now = names.get(folded(now.removeprefix(BY_NAME)), now)
    return now if now in known else None


def folded(name: str) -> str:
    """Return a name as names are compared."""
    return " ".join(name.casefold().replace("ё", "е").split())


def _by_name(name: str, own: str) -> tuple[str, str]:
    return folded(name), own


def _text(value: object) -> str | None:
    return None if value is None else str(value)
