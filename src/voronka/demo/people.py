"""The made company's people: teams, roles, who came, left, moved, was away, and what each is like at work."""

from dataclasses import dataclass, field

import numpy as np

from voronka.demo.plan import DemoPlan
from voronka.demo.rows import Array
from voronka.demo.words import MEN, ROLES, SURNAMES, WOMEN, feminine
from voronka.demo.worktime import WorkTime, weekday

SDR, AE, AM, LEAD, HEAD = range(len(ROLES))
FOREVER = 60_000
"""A day past all others: the span lasts."""
_RAMP_DAYS = 90
_STARTED_BEFORE = 1100
_TEAM_SIZE = 10


@dataclass
class Person:
    """One person: id in the CRM, extension of the telephone, and how busy a newcomer is not yet."""

    id: int
    name: str
    hired: int
    left: int = FOREVER
    activity: float = 1.0

    @property
    def extension(self) -> int:
        """Return the number of the person's telephone inside the company."""
        return 100 + self.id


@dataclass(frozen=True)
class Span:
    """A person in a team and role from one day to another, the latter not inside; `person` is a position."""

    person: int
    team: int
    role: int
    first: int
    until: int


@dataclass(frozen=True)
class Absence:
    """Days off of a person, both inside; `person` is a position."""

    person: int
    first: int
    last: int
    is_sick: bool


@dataclass(frozen=True)
class Team:
    """A team, and the role of those in it; `lead` is a person's position, -1 for none."""

    name: str
    role: int
    lead: int = -1


@dataclass
class Staff:
    """All people of the company's life; presence is kept per person and day since `first`."""

    first: int
    days: int
    people: list[Person] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    steady: list[int] = field(default_factory=list)
    heirs: dict[int, int] = field(default_factory=dict)
    present: Array = field(default_factory=lambda: np.zeros((0, 0)))
    rosters: dict[int, tuple[Array, Array]] = field(default_factory=dict)

    def ids(self) -> Array:
        """Return the CRM ids by position."""
        return np.array([person.id for person in self.people])

    def names(self) -> list[str]:
        """Return the names by position."""
        return [person.name for person in self.people]

    def of_role(self, role: int) -> list[int]:
        """Return the positions of those who stayed in one role all the time, in order."""
        return [p for p in self.steady if any(s.person == p and s.role == role for s in self.spans)]

    def heir(self, person: int) -> int:
        """Return who takes over what a person who left had in work: the newcomer on the seat, else a colleague."""
        role = next(span.role for span in self.spans if span.person == person)
        found = self.heirs.get(person)
        if found is None:
            return next((p for p in self.of_role(role) if p != person), person)
        return found if self.people[found].left == FOREVER else self.heir(found)

    def at_work(self, people: Array, days: Array) -> Array:
        """Say whether each person is at work on each day: employed, not away, and on a working day."""
        places = np.clip(days - self.first, 0, self.days - 1)
        found: Array = self.present[people, places] > 0
        return found

    def drawn(self, draws: np.random.Generator, role: int, days: Array) -> Array:
        """Return a person of a role for each day, one who is there where anybody is."""
        lists, counts = self.rosters[role]
        places = np.clip(days - self.first, 0, self.days - 1)
        chosen = (draws.random(len(days)) * counts[places]).astype(np.int64)
        found: Array = lists[places, chosen]
        return found


def make_staff(plan: DemoPlan, work: WorkTime, first: int, last: int) -> Staff:
    """Return the people of a plan from `first` to `last`, both inside; the first day may lie before the data's."""
    draws = plan.draws("people")
    staff = Staff(first, last - first + 1)
    slots = _seats(plan, staff)
    names = _names(draws, 2 * len(slots) + 8)
    for team, role in slots:
        _seat(staff, names.pop(), (team, role), first - int(draws.integers(60, _STARTED_BEFORE)))
    _share_a_name(staff)
    _turn_over(plan, staff, names, draws)
    _move(plan, staff, draws)
    busy = draws.normal(1.0, 0.09, len(staff.people)).clip(0.75, 1.25)
    for person, activity in zip(staff.people, busy, strict=True):
        person.activity = float(activity)
    staff.absences = _absences(staff, work, draws, (first, last))
    staff.present = _presence(staff, work)
    for role in range(len(ROLES)):
        staff.rosters[role] = _roster(staff, role)
    return staff


def _seats(plan: DemoPlan, staff: Staff) -> list[tuple[int, int]]:
    """Make the teams and return the seats, (team, role) each."""
    heads = 1 if plan.managers >= 8 else 0  # noqa: PLR2004 - below, somebody sells and leads in one
    leads = max(1, round(plan.managers / 6.5)) if plan.managers >= 12 else 0  # noqa: PLR2004 - the same
    leads = min(leads, round(plan.managers / _TEAM_SIZE) + 2)
    rest = plan.managers - heads - leads
    sdr, am = max(1, round(rest * 0.31)), max(1, round(rest * 0.26))
    wanted = {SDR: sdr, AE: rest - sdr - am, AM: am}
    titles = {SDR: "Первая линия", AE: "Отдел продаж", AM: "Ключевые клиенты"}
    seats: list[tuple[int, int]] = []
    for role, number in wanted.items():
        least = 2 if role == AE and number >= 6 else 1  # noqa: PLR2004 - six sellers make two teams
        teams = max(least, round(number / _TEAM_SIZE))
        for place in range(teams):
            numbered = titles[role] if teams == 1 else f"{titles[role]} {place + 1}"
            staff.teams.append(Team(numbered, role))
        start = len(staff.teams) - teams
        seats += [(start + seat % teams, role) for seat in range(number)]
    seats += [(team % len(staff.teams), LEAD) for team in range(leads)]
    if heads:
        staff.teams.append(Team("Дирекция", HEAD))
        seats.append((len(staff.teams) - 1, HEAD))
    return seats


def _names(draws: np.random.Generator, number: int) -> list[str]:
    """Return so many names, unlike as far as there are names enough."""
    found: dict[str, None] = {}
    for _ in range(4 * number):
        surname = SURNAMES[draws.integers(len(SURNAMES))]
        if draws.random() < 0.52:  # noqa: PLR2004 - a few more women than men
            found[f"{feminine(surname)} {WOMEN[draws.integers(len(WOMEN))]}"] = None
        else:
            found[f"{surname} {MEN[draws.integers(len(MEN))]}"] = None
        if len(found) == number:
            break
    return list(found)


def _seat(staff: Staff, name: str, seat: tuple[int, int], hired: int) -> int:
    """Put a new person on a seat and return the position."""
    place = len(staff.people)
    staff.people.append(Person(11 + place * 2 + (place % 3 == 0), name, hired))
    staff.spans.append(Span(place, *seat, hired, FOREVER))
    team, role = seat
    if role == LEAD and staff.teams[team].lead < 0:
        staff.teams[team] = Team(staff.teams[team].name, staff.teams[team].role, place)
    return place


def _share_a_name(staff: Staff) -> None:
    """Let two people of different teams bear one name, where the company is not too small for it."""
    sellers = [s for s in staff.spans if s.role in {SDR, AE, AM}]
    if len(sellers) >= 10:  # noqa: PLR2004 - a handful of people would call each other otherwise
        other = next(s for s in reversed(sellers) if s.team != sellers[1].team)
        staff.people[other.person].name = staff.people[sellers[1].person].name


def _turn_over(plan: DemoPlan, staff: Staff, names: list[str], draws: np.random.Generator) -> None:
    """Let a fifth of the people a year leave, and a newcomer take the seat some weeks later."""
    seats = [s for s in staff.spans if s.role in {SDR, AE, AM}]
    inside = plan.today - plan.first_day
    number = min(len(seats) // 3, round(0.2 * len(seats) * plan.months / 12))
    leaving = draws.choice(len(seats), number, replace=False)
    for seat in sorted(int(place) for place in leaving):
        old = seats[seat]
        day = plan.first_day + int(draws.integers(inside // 8, max(inside // 8 + 1, inside * 7 // 8)))
        staff.people[old.person].left = day
        staff.spans[staff.spans.index(old)] = Span(old.person, old.team, old.role, old.first, day)
        begins = day + int(draws.integers(3, 20))
        if begins < plan.today:
            staff.heirs[old.person] = _seat(staff, names.pop(), (old.team, old.role), begins)
    gone = {s.person for s in staff.spans if s.until < FOREVER}
    staff.steady = [s.person for s in seats if s.person not in gone]


def _move(plan: DemoPlan, staff: Staff, draws: np.random.Generator) -> None:
    """Let somebody move from one sales team to the other, in the middle of the data."""
    rooms = [team for team, each in enumerate(staff.teams) if each.role == AE]
    if len(rooms) < 2:  # noqa: PLR2004 - there is nowhere to move to
        return
    for _ in range(max(1, plan.managers // 40)):
        movable = [s for s in staff.spans if s.role == AE and s.until == FOREVER and s.first < plan.first_day]
        span = movable[int(draws.integers(len(movable)))]
        day = plan.first_day + int((plan.today - plan.first_day) * draws.uniform(0.3, 0.7))
        other = next(team for team in rooms if team != span.team)
        staff.spans[staff.spans.index(span)] = Span(span.person, span.team, span.role, span.first, day)
        staff.spans.append(Span(span.person, other, span.role, day, FOREVER))


def _absences(staff: Staff, work: WorkTime, draws: np.random.Generator, bounds: tuple[int, int]) -> list[Absence]:
    """Return two weeks of vacation for each half-year, and sick leave now and then."""
    first, last = bounds
    found: list[Absence] = []
    for place, person in enumerate(staff.people):
        day = max(first, person.hired + 120) + int(draws.integers(0, 180))
        while day < min(last, person.left) - 20:
            found.append(Absence(place, day, day + 13, is_sick=False))
            day += int(draws.integers(150, 230))
        for _ in range(draws.poisson(1.2 * (last - first) / 365)):
            sick = int(draws.integers(first, last))
            if person.hired < sick < person.left - 10:
                found.append(Absence(place, sick, sick + int(draws.integers(2, 9)), is_sick=True))
    return [one for one in found if bool(work.is_working(np.array([one.first]))[0])]


def _presence(staff: Staff, work: WorkTime) -> Array:
    """Return how much of a usual day each person works, by person and day: 0 away, less than 1 while new."""
    days = np.arange(staff.first, staff.first + staff.days)
    table = np.zeros((len(staff.people), staff.days), dtype=np.float32)
    share = np.where(work.is_working(days), 1.0, np.where(weekday(days) == 5, 0.012, 0.0))  # noqa: PLR2004 - Saturday
    for place, person in enumerate(staff.people):
        employed = (days >= person.hired) & (days < person.left)
        ramp = np.clip(0.4 + 0.6 * (days - person.hired) / _RAMP_DAYS, 0.4, 1.0)
        table[place] = share * employed * ramp * person.activity
    for absence in staff.absences:
        table[absence.person, max(0, absence.first - staff.first) : max(0, absence.last + 1 - staff.first)] = 0
    return table


def _roster(staff: Staff, role: int) -> tuple[Array, Array]:
    """Return who of a role can be given work, by day: positions, those there first, and how many they are."""
    days = np.arange(staff.first, staff.first + staff.days)
    spans = [s for s in staff.spans if s.role == role] or [s for s in staff.spans if s.role in {AE, SDR}]
    people = np.array([s.person for s in spans])
    employed = np.array([(days >= s.first) & (days < s.until) for s in spans])
    away = np.array([_is_away(staff, s.person, days) for s in spans])
    free = employed & ~away
    order = np.argsort(~free, axis=0, kind="stable")
    counts = free.sum(axis=0)
    nobody = counts == 0
    order[:, nobody] = np.argsort(~employed, axis=0, kind="stable")[:, nobody]
    counts = np.where(nobody, np.maximum(employed.sum(axis=0), 1), counts)
    return people[order].T.copy(), counts


def _is_away(staff: Staff, person: int, days: Array) -> Array:
    away = np.zeros(len(days), dtype=bool)
    for absence in staff.absences:
        if absence.person == person:
            away |= (days >= absence.first) & (days <= absence.last)
    return away
