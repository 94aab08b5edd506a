"""What of a company's data decides who sees what: teams and their history, the addresses of its own people."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from voronka.domain.access import ACCESS_ROLES, Stay, TeamPlace, scope_of
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics

_ABOUT = ("employee_id", "name", "email", "phone")


@dataclass(frozen=True)
class Employee:
    """One of the company's own people, as the data know them."""

    id: str
    name: str
    email: str | None
    phone: str | None


class Sights:
    """Scopes of the people of one company; the teams are read once for each version of the data."""

    def __init__(self, metrics: Metrics) -> None:
        """Read nothing yet."""
        self._metrics = metrics
        self._lock = Lock()
        self._read: tuple[str, tuple[Stay, ...], tuple[TeamPlace, ...]] | None = None
        self._people: tuple[str, tuple[Employee, ...]] | None = None
        self._own: tuple[str, frozenset[str]] | None = None

    def scope(self, role: str, employee_id: str | None, version: str) -> Scope:
        """Return the rows that somebody of this role sees in the data of a version; an unknown role sees none."""
        known = ACCESS_ROLES.get(role)
        if known is None:
            return Scope()
        if known.reach != "team":
            return scope_of(known.reach, employee_id, (), (), self._metrics.company.today())
        stays, teams = self._teams(version)
        return scope_of(known.reach, employee_id, stays, teams, self._metrics.company.today())

    def employees(self, version: str) -> tuple[Employee, ...]:
        """Return the company's own people in the data of a version, by name."""
        with self._lock:
            if self._people is None or self._people[0] != version:
                found = (
                    Employee(row[0], row[1] or row[0], row[2], row[3]) for row in self._rows("dim_employee", *_ABOUT)
                )
                self._people = (version, tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id))))
            return self._people[1]

    def own_addresses(self, version: str) -> frozenset[str]:
        """Return the mail addresses and the numbers of the company's own people, which are hidden from nobody."""
        people = self.employees(version)
        with self._lock:
            if self._own is None or self._own[0] != version:
                self._own = (version, frozenset(_addresses(people)))
            return self._own[1]

    def _teams(self, version: str) -> tuple[tuple[Stay, ...], tuple[TeamPlace, ...]]:
        with self._lock:
            if self._read is None or self._read[0] != version:
                stays = self._rows("employee_team", "employee_id", "team_id", "valid_from", "valid_to")
                teams = self._rows("dim_team", "team_id", "parent_id", "lead_employee_id")
                known = tuple(Stay(*each) for each in stays if each[1] is not None)
                self._read = (version, known, tuple(TeamPlace(*each) for each in teams))
            return self._read[1:]

    def _rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        found = self._metrics.rows(table, Scope.everything(), columns=columns)
        return list(zip(*(found.column(name).to_pylist() for name in columns), strict=True))


def _addresses(people: Iterable[Employee]) -> Iterable[str]:
    for person in people:
        for value in (person.id, person.name, person.email, person.phone):
            text = value or ""
            if "@" in text:
                yield text.lower()
                yield text.rpartition(":")[2].lower()  # an id without its id space
            digits = re.sub(r"\D", "", text)
            if digits:
                yield digits
