"""The department as its page shows it: people, teams, times, who changed what, whether the figures hold it already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from voronka.domain.access import Right
from voronka.domain.staff import MADE_HERE, PersonSaid, StaffEdit, TeamSaid, TimeSaid
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.page import Table
from voronka.reports.plain import plain_table
from voronka.reports.staff import Department, Placed, StaffPerson, StaffTeam, StaffTime
from voronka.web.access_told import local
from voronka.web.shapes import TableShown, WordsShown
from voronka.web.staff_shapes import (
    MadeHereShown,
    PlacementShown,
    StaffEditShown,
    StaffPersonShown,
    StaffRoleShown,
    StaffShown,
    StaffTeamShown,
    StaffTimeShown,
)
from voronka.web.visitor import Visitor

EDITS = 20
"""Edits that are told, the newest first."""
NAMES = 5
"""People or teams of one edit that are told."""


def _column(name: str, ru: str, en: str) -> AnswerColumn:
    return AnswerColumn(name, Title(ru, en), kind="dimension")


PEOPLE = (
    _column("person", "Сотрудник", "Person"),
    _column("team", "Команда", "Team"),
    _column("role", "Роль", "Role"),
    _column("since", "В команде с", "In the team since"),
    _column("hired_on", "Принят", "Hired"),
    _column("left_on", "Уволен", "Left"),
    _column("users", "Входит как", "Signs in as"),
)
TEAMS = (
    _column("team", "Команда", "Team"),
    _column("lead", "Руководитель", "Lead"),
    _column("parent", "Входит в", "Part of"),
    AnswerColumn("people", Title("Людей", "People"), kind="dimension"),
    _column("closed_on", "Закрыта", "Closed"),
)
TIMES = (
    _column("person", "Сотрудник", "Person"),
    _column("first", "С", "From"),
    _column("last", "По", "To"),
    _column("why", "Что", "What"),
)


def department_of(visitor: Visitor) -> Department:
    """Return the department that a visitor sees, with what is stated now."""
    company = visitor.company
    merges = company.people.merges.in_force()
    merged = dict(_who_stays(each.entity_id, str(each.into_id)) for each in merges if each.entity == "employee")
    stated = company.people.staff.in_force()
    merged |= {said.same_as: own for (_, own), said in stated.items() if isinstance(said, PersonSaid) and said.same_as}
    is_built = company.built_at() is not None
    return Department(company.metrics, visitor.scope, stated, merged, company.settings.zone(), is_built)


def may_see_times(visitor: Visitor) -> bool:
    """Say whether somebody is told who is away: who leads them, and they themselves."""
    return visitor.may(Right.STAFF) or not visitor.scope.all_rows


def _who_stays(own: str, into: str) -> tuple[str, str]:
    """Return who became whom of two people who are one: somebody who was added here stays."""
    is_turned = own.startswith(MADE_HERE) and not into.startswith(MADE_HERE)
    return (into, own) if is_turned else (own, into)


def staff_shown(visitor: Visitor, department: Department) -> StaffShown:
    """Return what the page shows."""
    return _Telling(visitor, department).shown()


@dataclass(frozen=True)
class _Telling:
    visitor: Visitor
    department: Department

    def shown(self) -> StaffShown:
        known = list(self.department.people.values())
        people = [self._person(each) for each in known]
        teams = [self._team(each) for each in self.department.seen_teams]
        times = [_time(each) for each in self._times]
        jobs = self.visitor.company.people.jobs.unended()
        built = self.visitor.company.built_at()
        return StaffShown(
            people=people,
            teams=teams,
            times=times,
            roles=self._roles(),
            people_table=_table(PEOPLE, [self._person_row(*each) for each in zip(known, people, strict=True)]),
            teams_table=_table(TEAMS, [self._team_row(each) for each in teams]),
            times_table=_table(TIMES, [self._time_row(place, each) for place, each in enumerate(self._times)]),
            edits=[self._edit(each) for each in self._seen_edits()[:EDITS]],
            latest=max((each.edit_id for each in self._edits), default=0),
            may_change=self.visitor.may(Right.STAFF),
            is_behind=any(built is None or each.at > built for each in self._edits[:1]),
            is_building=any(job.kind == "build" for job in jobs),
        )

    @cached_property
    def _edits(self) -> list[StaffEdit]:
        return self.visitor.company.people.staff.edits()

    @cached_property
    def _times(self) -> Sequence[StaffTime]:
        return self.department.times if may_see_times(self.visitor) else []

    @cached_property
    def _users(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for user in self.visitor.company.people.accounts.users() if self.visitor.may(Right.STAFF) else ():
            if user.employee_id and user.is_active:
                found.setdefault(user.employee_id, []).append(user.name)
        return found

    def _person(self, person: StaffPerson) -> StaffPersonShown:
        now = person.on(self.department.today)
        said = person.said
        told = (("name", said.name), ("hired_on", said.hired_on), ("left_on", said.left_on))
        return StaffPersonShown(
            id=person.id,
            name=person.name,
            hired_on=person.hired_on,
            left_on=person.left_on,
            has_left=person.has_left(self.department.today),
            team_id=now.team_id if now else None,
            role=now.role if now else None,
            users=self._users.get(person.id, []),
            places=[_placement(each) for each in person.placed],
            stated=[name for name, value in told if value is not None],  # type: ignore[misc]
            made_here=_made_here(said) if said.is_made_here and self.visitor.may(Right.STAFF) else None,
        )

    def _team(self, team: StaffTeam) -> StaffTeamShown:
        today, said = self.department.today, team.said
        told = (
            ("name", said.name),
            ("lead", said.lead_employee_id),
            ("parent", said.parent_id),
            ("closed_on", said.closed_on),
        )
        return StaffTeamShown(
            id=team.id,
            name=team.name,
            lead_id=team.lead_id,
            parent_id=team.parent_id,
            closed_on=said.closed_on,
            is_open=team.is_open(today),
            people=self.department.size(team.id),
            stated=[name for name, value in told if value is not None],  # type: ignore[misc]
        )

    def _roles(self) -> list[StaffRoleShown]:
        roles = self.visitor.company.settings.roles
        held = {each.role for person in self.department.people.values() for each in person.placed if each.role}
        told = [
            StaffRoleShown(code=code, title=WordsShown(ru=role.title.ru, en=role.title.en))
            for code, role in roles.items()
        ]
        others = sorted(held - {*roles})
        return told + [StaffRoleShown(code=code, title=WordsShown(ru=code, en=code)) for code in others]

    def _person_row(self, person: StaffPerson, shown: StaffPersonShown) -> Row:
        now = person.on(self.department.today)
        return {
            "id": shown.id,
            "person": shown.name,
            "team": self.department.team_name(shown.team_id),
            "role": shown.role,
            "since": _iso(now.first if now else None),
            "hired_on": _iso(shown.hired_on),
            "left_on": _iso(shown.left_on),
            "users": ", ".join(shown.users) or None,
        }

    def _team_row(self, team: StaffTeamShown) -> Row:
        lead = self.department.people.get(team.lead_id or "")
        return {
            "id": team.id,
            "team": team.name,
            "lead": lead.name if lead else None,
            "parent": self.department.team_name(team.parent_id),
            "people": team.people,
            "closed_on": _iso(team.closed_on),
        }

    def _time_row(self, place: int, each: StaffTime) -> Row:
        return {
            "place": place,
            "person": self.department.people[each.person_id].name,
            "first": _iso(each.told.first),
            "last": _iso(each.told.last),
            "why": each.told.hours or each.told.reason or None,
        }

    def _seen_edits(self) -> list[StaffEdit]:
        return [each for each in self._edits if each.undoes is None] if self.visitor.may(Right.STAFF) else []

    def _edit(self, edit: StaffEdit) -> StaffEditShown:
        names = dict.fromkeys(self._name(each.made.subject_id, each.made.said or each.before) for each in edit.changes)
        return StaffEditShown(
            id=edit.edit_id,
            action=edit.action,
            names=list(names)[:NAMES],
            count=len(edit.changes),
            by=edit.by,
            at=local(self.visitor.company, edit.at),
            is_undone=edit.undone_by is not None,
            can_undo=edit.can_undo,
        )

    def _name(self, subject_id: str, said: object) -> str:
        if isinstance(said, TimeSaid):
            person = self.department.person_of(said.employee_id)
            return person.name if person else said.known_as or said.employee_id
        if isinstance(said, TeamSaid):
            return said.name or said.known_as or self.department.team_name(subject_id) or subject_id
        person = self.department.person_of(subject_id)
        known = said.name or said.known_as if isinstance(said, PersonSaid) else ""
        return person.name if person else known or subject_id


def _made_here(said: PersonSaid) -> MadeHereShown:
    return MadeHereShown(email=said.email, phone=said.phone, extension=said.extension, same_as=said.same_as)


def _placement(placed: Placed) -> PlacementShown:
    return PlacementShown(
        team_id=placed.team_id,
        role=placed.role,
        first=placed.first,
        last=placed.last,
        is_stated=placed.is_stated,
    )


def _time(each: StaffTime) -> StaffTimeShown:
    told = each.told
    return StaffTimeShown(
        number=each.number or None,
        person_id=each.person_id,
        kind=told.kind,
        reason=told.reason,
        first=told.first,
        last=told.last,
        opens=told.opens,
        closes=told.closes,
        weekdays=list(told.weekdays),
    )


def _table(columns: Sequence[AnswerColumn], rows: Sequence[Row]) -> TableShown:
    return TableShown.model_validate(plain_table(Table(tuple(columns), tuple(rows))))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
