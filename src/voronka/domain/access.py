"""Who may see and do what: the roles of the people who sign in, as one table, and the rows that each of them sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from voronka.domain.scope import Scope, Span

Reach = Literal["own", "team", "all"]
"""Whose rows: one's own, those of the people of one's teams while they were in them, everybody's."""


class Right(StrEnum):
    """Something that a role may do beside looking at its rows."""

    DATA = "data"
    LOADS = "loads"
    PLANS = "plans"
    HYPOTHESES = "hypotheses"
    REGULATIONS = "regulations"
    ONE_TO_ONE = "one_to_one"
    SETTINGS = "settings"
    PEOPLE = "people"
    STAFF = "staff"
    VIEWS = "views"
    AUDIT = "audit"
    EXPORT = "export"
    PERSONAL = "personal"
    BOARD = "board"
    CONTESTS = "contests"


MEANINGS: Mapping[Right, str] = {
    Right.DATA: "see sources, loads, rows put aside and what the checks found",
    Right.LOADS: "load files, take loads out, merge records, build",
    Right.PLANS: "change plans",
    Right.HYPOTHESES: "enter and close hypotheses",
    Right.REGULATIONS: "change regulations",
    Right.ONE_TO_ONE: "keep one-to-ones with the people whom one sees: notes, agreements, goals",
    Right.SETTINGS: "change the company's settings",
    Right.PEOPLE: "invite people, change their roles, end their sessions and tokens",
    Right.STAFF: "change people and teams: who is in which team, who is away",
    Right.VIEWS: "share saved views with the company",
    Right.AUDIT: "read the audit log",
    Right.EXPORT: "take tables out as CSV and XLSX",
    Right.PERSONAL: "see phone numbers and mail addresses of clients",
    Right.BOARD: "look at the board: places and totals of everybody, without records",
    Right.CONTESTS: "hold contests and choose what the board shows",
}
"""What each right lets one do, for the documentation and for refusals."""


@dataclass(frozen=True)
class AccessRole:
    """What people of a role see and may do; `start` is the page they begin at, the first they have where it is none."""

    reach: Reach
    start: str
    rights: frozenset[Right]


ADMIN, DEMO, SCREEN = "admin", "demo", "screen"
_WORKING = frozenset({Right.HYPOTHESES, Right.EXPORT, Right.BOARD})
_MANAGING = {Right.DATA, Right.LOADS, Right.PLANS, Right.REGULATIONS, Right.SETTINGS, Right.CONTESTS}
_LEADING = _WORKING | _MANAGING | {Right.STAFF, Right.ONE_TO_ONE, Right.VIEWS, Right.PERSONAL}

ACCESS_ROLES: Mapping[str, AccessRole] = {
    "head": AccessRole("all", "overview", _LEADING),
    "team_lead": AccessRole("team", "team", _WORKING | {Right.ONE_TO_ONE, Right.PERSONAL}),
    "manager": AccessRole("own", "manager", frozenset({Right.PERSONAL, Right.BOARD})),
    "analyst": AccessRole("all", "data", _WORKING | {Right.DATA, Right.LOADS}),
    "marketing": AccessRole("all", "channels", _WORKING),
    "owner": AccessRole(
        "all", "forecast", _WORKING | {Right.DATA, Right.PLANS, Right.REGULATIONS, Right.AUDIT, Right.PERSONAL}
    ),
    SCREEN: AccessRole("own", "board", frozenset({Right.BOARD})),
    ADMIN: AccessRole("all", "overview", frozenset(Right)),
    DEMO: AccessRole("all", "overview", frozenset(Right)),
}
"""Every role, in the order in which people are offered them; `demo` is that of a made company's visitors alone.

`screen` is that of a television on the wall: it opens the board and nothing else.
"""

GIVEN_ROLES = tuple(name for name in ACCESS_ROLES if name != DEMO)
"""The roles that people can be given."""


@dataclass(frozen=True)
class Stay:
    """A person's time in a team, on company days [valid_from, valid_to)."""

    employee_id: str
    team_id: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class TeamPlace:
    """A team, the one it is a part of, and who leads it, each None where it is not told."""

    team_id: str
    parent_id: str | None
    lead_employee_id: str | None


def scope_of(
    reach: Reach, employee_id: str | None, stays: Iterable[Stay], teams: Iterable[TeamPlace], today: date
) -> Scope:
    """Return the rows of somebody with this reach; nothing where it is not known which employee they are."""
    if reach == "all":
        return Scope.everything()
    if employee_id is None:
        return Scope()
    if reach == "own":
        return Scope.of(employee_id)
    known = tuple(stays)
    led = led_teams(employee_id, known, tuple(teams), today)
    of_others = (Span(s.employee_id, s.valid_from, s.valid_to) for s in known if s.team_id in led)
    own = (each for each in of_others if each.employee_id != employee_id)
    return Scope(spans=tuple(sorted({Span(employee_id), *own})))


def led_teams(employee_id: str, stays: Iterable[Stay], teams: Iterable[TeamPlace], today: date) -> frozenset[str]:
    """Return the teams that somebody leads, those below them included.

    They are those that name the person as the lead and, where none does, those in which the person is today.
    """
    known = tuple(teams)
    found = {each.team_id for each in known if each.lead_employee_id == employee_id}
    if not found:
        found = {s.team_id for s in stays if s.employee_id == employee_id and s.valid_from <= today < s.valid_to}
    while more := {each.team_id for each in known if each.parent_id in found} - found:
        found |= more
    return frozenset(found)
