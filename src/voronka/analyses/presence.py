"""On which days each person worked: what a figure per working day is divided by.

A day counts where the company's calendar works, the person is employed, a span of the person's membership covers it
and no absence takes more than half of its hours. A source may tell the team without its days: then it is from ever to
ever, and only the days of hiring and of leaving say that somebody is new or gone. Whoever has no membership at all (a
source without teams) is there on every working day between the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from voronka.analyses.away import away_of
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.metrics.answer import records as rows_of
from voronka.metrics.query import Metrics

FOREVER = date.max


@dataclass(frozen=True)
class Held:
    """A span [first, until) in which a person held a role in a team."""

    team_id: str | None
    role: str | None
    first: date
    until: date


@dataclass(frozen=True)
class Person:
    """A person of a period: the name, the spans of membership that touch it, the days worked in it."""

    employee_id: str
    name: str
    spans: tuple[Held, ...]
    days: frozenset[date]

    def days_as(self, role: str | None) -> frozenset[date]:
        """Return the days worked in a role; None is no role."""
        return frozenset(day for day in self.days if role in self.roles_on(day))

    def roles_on(self, day: date) -> frozenset[str | None]:
        """Return the roles held on a day; that of whoever is in no team is None."""
        held = frozenset(span.role for span in self.spans if span.first <= day < span.until)
        return held or frozenset([None])


def presence(metrics: Metrics, scope: Scope, period: Period) -> Mapping[str, Person]:
    """Return the people whom the scope may see, by id, with the days of the period on which each worked."""
    everyone = rows_of(metrics.rows("dim_employee", scope, None, ["employee_id", "name", "hired_on", "left_on"]))
    working = working_days(metrics, scope, period)
    spans = _spans(metrics, scope)
    absent = absences(metrics, scope)
    people = (_person(row, working, spans, absent) for row in everyone)
    return {person.employee_id: person for person in people}


def _person(
    row: Row,
    working: Sequence[date],
    spans: Mapping[str, Sequence[Held]],
    absent: Mapping[str, Sequence[Period]],
) -> Person:
    key = cast("str", row["employee_id"])
    held = tuple(spans.get(key, ()))
    away = absent.get(key, ())
    hired, gone = _employed(row)
    stays = [(span.first, span.until) for span in held] or [(hired, gone)]
    employed = (day for day in working if hired <= day < gone)
    days = (day for day in employed if any(first <= day < until for first, until in stays))
    there = frozenset(day for day in days if not any(each.first <= day <= each.last for each in away))
    return Person(key, str(row["name"] or key), held, there)


def _employed(row: Row) -> tuple[date, date]:
    hired, left = cast("date | None", row["hired_on"]), cast("date | None", row["left_on"])
    return hired or date.min, left + timedelta(days=1) if left else FOREVER


def working_days(metrics: Metrics, scope: Scope, period: Period) -> Sequence[date]:
    """Return the working days of a period in their order, as far as the company's calendar holds them."""
    asked = [period.first + timedelta(days=step) for step in range(period.days)]
    found = rows_of(metrics.rows("dim_calendar", scope, {"day": asked}, ["day", "is_working"]))
    return sorted(cast("date", row["day"]) for row in found if row["is_working"])


def _spans(metrics: Metrics, scope: Scope) -> Mapping[str, Sequence[Held]]:
    columns = ["employee_id", "team_id", "role", "valid_from", "valid_to"]
    found: dict[str, list[Held]] = {}
    for row in rows_of(metrics.rows("employee_team", scope, None, columns)):
        first, until = cast("date | None", row["valid_from"]), cast("date | None", row["valid_to"])
        team, role = cast("str | None", row["team_id"]), cast("str | None", row["role"])
        held = Held(team, role, first or date.min, until or FOREVER)
        found.setdefault(cast("str", row["employee_id"]), []).append(held)
    return found


def absences(metrics: Metrics, scope: Scope) -> Mapping[str, Sequence[Period]]:
    """Return the days that people are away, first and last inside, in the company's zone."""
    return {employee_id: away.days() for employee_id, away in away_of(metrics, scope).items()}


def roles_held(people: Iterable[Person]) -> frozenset[str | None]:
    """Return the roles in which anybody worked; None where somebody had none."""
    return frozenset(role for person in people for day in person.days for role in person.roles_on(day))
