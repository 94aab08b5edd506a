"""People, teams and who is away: looked at, stated, taken back; what is stated stands over what sources tell."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Response

from voronka.domain.access import Right
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import ALWAYS_TO
from voronka.domain.staff import (
    PersonSaid,
    Placement,
    StaffAction,
    StaffEntry,
    TeamSaid,
    TimeSaid,
    line_of,
    new_id,
)
from voronka.pipeline.sentences import refusal_in
from voronka.reports.page import PageAsked
from voronka.reports.staff import Department, StaffPerson, StaffTeam, folded
from voronka.reports.staff_files import StaffTable, staff_file
from voronka.reports.staff_newcomers import Known, check_name, read_known
from voronka.reports.staff_pasted import PastedFault, read_times
from voronka.web.asked import AS_CSV, AS_XLSX, Language, language_of
from voronka.web.framed import frame_of
from voronka.web.routes.plans import rebuild
from voronka.web.staff_shapes import (
    KnownGiven,
    MoveGiven,
    MoveNamed,
    NewcomerGiven,
    PastedFaultShown,
    PersonGiven,
    StaffEdited,
    StaffShown,
    StaffUndone,
    TeamGiven,
    TimeGiven,
    TimeNamed,
    TimesPasted,
)
from voronka.web.staff_told import department_of, may_see_times, staff_shown
from voronka.web.table_answers import TableAnswer
from voronka.web.visitor import StaffVisitorNow, Visitor, VisitorNow

router = APIRouter(prefix="/api/staff", tags=["staff"])


@router.get("")
def shown(visitor: VisitorNow) -> StaffShown:
    """Return the people, teams and times that the visitor sees, with who stated what of them."""
    return staff_shown(visitor, department_of(visitor))


def _table(visitor: VisitorNow, table: StaffTable, lang: Language | None = None) -> TableAnswer:
    company = visitor.company
    if table == "times" and not may_see_times(visitor):
        visitor.check(Right.STAFF)
    department, today = department_of(visitor), company.metrics.company.today()
    frame = frame_of(company, PageAsked(Period(today, today)), visitor.scope)
    language = language_of(lang, company.settings.language)
    file = staff_file(frame, department, table, language, company.data_version())
    return TableAnswer(visitor, file, f"staff-{table}", str(company.people.staff.latest()))


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return people with their history of teams, the teams, or who is away, as separated values."""
    return file.csv()


@router.get("/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return people with their history of teams, the teams, or who is away, as a workbook."""
    return file.xlsx()


@router.post("/newcomers")
def newcomer(given: NewcomerGiven, visitor: StaffVisitorNow) -> StaffEdited:
    """Add somebody of whom no source tells yet; who is known by the same mail or id later is the same one."""
    editing = _Editing.of(visitor, given.latest)
    team = editing.team(given.team_id) if given.team_id else None
    editing.check_open(team, ALWAYS_TO)
    name = line_of(given.name)
    check_name(name, editing.department)
    places = (_placement(team, given.role, given.first),)
    said = PersonSaid(known_as=name, name=name, hired_on=given.first, placements=places, is_made_here=True)
    said = said.model_copy(update=editing.known(given.known))
    return editing.state("newcomer", [StaffEntry("person", new_id("person", editing.ids()), said)])


@router.post("/people")
def person(given: PersonGiven, visitor: StaffVisitorNow) -> StaffEdited:
    """State a person's name, and the days on which they were hired and left; the figures are built anew."""
    editing = _Editing.of(visitor, given.latest)
    found = editing.person(given.id)
    is_here = found.said.is_made_here
    if is_here:
        check_name(line_of(given.name or ""), editing.department, found.id)
    said = found.said.model_copy(
        update={
            **(editing.known(given.known, found.id) if is_here and given.known else {}),
            "name": _stated(line_of(given.name) if given.name else None, found.name, found.said.name),
            "hired_on": _stated(given.hired_on, found.hired_on, found.said.hired_on),
            "left_on": _stated(given.left_on, found.left_on, found.said.left_on),
        }
    )
    hired, left = said.hired_on or found.hired_on, said.left_on
    if hired and left and left < hired:
        raise QuestionError("the person left before they were hired", do="Check both days")
    return editing.of_people("person", [(found, said)])


@router.post("/move")
def move(given: MoveGiven, visitor: StaffVisitorNow) -> StaffEdited:
    """State that people are in a team from a day on; what they did before stays with the team they were in."""
    editing = _Editing.of(visitor, given.latest)
    team = editing.team(given.team_id) if given.team_id else None
    valid_to = ALWAYS_TO if given.last is None else given.last + timedelta(days=1)
    editing.check_open(team, valid_to)
    changed = []
    for each in dict.fromkeys(given.people):
        found = editing.person(each)
        before = found.on(given.first)
        held = before.role if before else None
        placement = _placement(team, held if given.role is None else given.role, given.first, valid_to)
        changed.append((found, found.said.placed(placement)))
    return editing.of_people("move", changed)


@router.post("/unmove")
def unmove(given: MoveNamed, visitor: StaffVisitorNow) -> StaffEdited:
    """Take a stated time in a team back: what the sources tell of its days holds again."""
    editing = _Editing.of(visitor, given.latest)
    found = editing.person(given.id)
    return editing.of_people("unmove", [(found, found.said.without(given.first))])


@router.post("/teams")
def team(given: TeamGiven, visitor: StaffVisitorNow) -> StaffEdited:
    """Make a team, or state its name, who leads it, what it is a part of, and from which day on there is none."""
    editing = _Editing.of(visitor, given.latest)
    found = editing.team(given.id) if given.id else None
    name = line_of(given.name or "") if given.name or found is None else None
    held = found.said if found else TeamSaid(known_as=name or "", is_made_here=True)
    lead_id = _stated(given.lead_id, found.lead_id if found else None, held.lead_employee_id)
    parent_id = _stated(given.parent_id, found.parent_id if found else None, held.parent_id)
    lead = editing.person(lead_id) if lead_id else None
    parent = editing.team(parent_id) if parent_id else None
    editing.check_name(name, found)
    editing.check_parent(found, parent)
    if found is not None and given.closed_on is not None:
        editing.check_empty(found, given.closed_on)
    said = held.model_copy(
        update={
            "name": _stated(name, found.name if found else None, held.name),
            "lead_employee_id": lead.subject if lead else None,
            "lead": lead.said.known_as if lead else "",
            "parent_id": parent.subject if parent else None,
            "parent": parent.said.known_as if parent else "",
            "closed_on": given.closed_on,
        }
    )
    subject = found.subject if found else new_id("team", editing.ids())
    is_new = found is None or said != held
    return editing.state("team", [StaffEntry("team", subject, said)] if is_new else [])


@router.post("/times")
def stated_time(given: TimeGiven, visitor: StaffVisitorNow) -> StaffEdited:
    """State a time away, or own hours; the figures are built anew."""
    editing = _Editing.of(visitor, given.latest)
    found = editing.person(given.person_id)
    said = TimeSaid(
        employee_id=found.subject,
        known_as=found.said.known_as,
        kind=given.kind,
        reason=given.reason if given.kind == "absence" else "",
        first=given.first,
        last=given.last,
        opens=given.opens,
        closes=given.closes,
        weekdays=tuple(sorted(set(given.weekdays))) if given.kind == "shift" else (),
    )
    return editing.of_times([said])


@router.post("/times/paste")
def paste(given: TimesPasted, visitor: StaffVisitorNow, lang: Language | None = None) -> StaffEdited:
    """State the times away of a list copied from a spreadsheet, all of them, or none and say of each line why."""
    editing = _Editing.of(visitor, given.latest)
    times, faults = read_times(given.text, editing.department.people.values())
    if faults:
        language = language_of(lang, visitor.company.settings.language)
        return StaffEdited(edit=None, changed=0, faults=[_fault(each, language) for each in faults])
    return editing.of_times(times)


@router.post("/untime")
def untime(given: TimeNamed, visitor: StaffVisitorNow) -> StaffEdited:
    """Take a stated time back."""
    editing = _Editing.of(visitor, given.latest)
    if ("time", given.number) not in editing.department.stated:
        raise QuestionError("there is no such time any more", do="Look at the page again")
    return editing.state("untime", [StaffEntry("time", given.number, None)])


@router.post("/undo")
def undo(given: StaffUndone, visitor: StaffVisitorNow) -> StaffEdited:
    """Bring back what stood before an edit."""
    made = visitor.company.people.staff.undo(given.edit, visitor.name)
    visitor.note("change", f"people and teams: edit {given.edit} undone")
    rebuild(visitor)
    return StaffEdited(edit=made, changed=1, faults=[])


@dataclass(frozen=True)
class _Editing:
    """States things of a department that was looked at when `latest` was the last edit."""

    visitor: Visitor
    department: Department
    latest: int

    @classmethod
    def of(cls, visitor: Visitor, latest: int) -> "_Editing":
        return cls(visitor, department_of(visitor), latest)

    def person(self, person_id: str) -> StaffPerson:
        found = self.department.people.get(person_id)
        if found is None:
            raise QuestionError(f"no employee has the id {person_id}", do="Choose one of the list")
        return found

    def team(self, team_id: str) -> StaffTeam:
        found = self.department.teams.get(team_id)
        if found is None:
            raise QuestionError(f"no team has the id {team_id}", do="Choose one of the list")
        return found

    def ids(self) -> list[str]:
        """Return the ids of all people and teams, those too that were taken back: no id is given twice."""
        edits = self.visitor.company.people.staff.edits()
        stated = (each.made.subject_id for edit in edits for each in edit.changes)
        return [*self.department.people, *self.department.teams, *stated]

    def known(self, given: KnownGiven, own: str | None = None) -> dict[str, str | None]:
        """Return by what sources will know somebody who is added here."""
        country = self.visitor.company.settings.phones.country
        return asdict(read_known(Known(**given.model_dump()), self.department, country, own))

    @staticmethod
    def check_open(team: StaffTeam | None, valid_to: date) -> None:
        if team is not None and team.said.closed_on is not None and valid_to > team.said.closed_on:
            raise QuestionError(f"{team.name} is closed", do="Choose another team, or an earlier last day")

    def check_name(self, name: str | None, own: StaffTeam | None) -> None:
        others = [each for each in self.department.teams.values() if own is None or each.id != own.id]
        if name is not None and any(folded(each.name) == folded(name) for each in others):
            raise QuestionError(f"there is a team named {name} already", do="Choose another name")

    def check_parent(self, own: StaffTeam | None, parent: StaffTeam | None) -> None:
        above, passed = parent, set[str]()
        while own is not None and above is not None and above.id not in passed:
            if above.id == own.id:
                raise QuestionError("a team is no part of itself", do="Choose another team above it")
            passed.add(above.id)
            above = self.department.teams.get(above.parent_id or "")

    def check_empty(self, team: StaffTeam, closed_on: date) -> None:
        inside = [
            each.name
            for each in self.department.people.values()
            if not each.has_left(closed_on)
            and any(place.team_id == team.id and place.valid_to > closed_on for place in each.placed)
        ]
        if inside:
            names = ", ".join(inside[:5])
            raise QuestionError(
                f"people are in the team after it is closed: {names}", do="Move them to another team first"
            )

    def of_people(self, action: StaffAction, changed: Sequence[tuple[StaffPerson, PersonSaid]]) -> StaffEdited:
        entries = [
            StaffEntry("person", found.subject, None if said == PersonSaid(known_as=said.known_as) else said)
            for found, said in changed
            if said != found.said
        ]
        return self.state(action, entries)

    def of_times(self, times: Sequence[TimeSaid]) -> StaffEdited:
        """State times that are not stated yet."""
        held = {said for said in self.department.stated.values() if isinstance(said, TimeSaid)}
        fresh = [each for each in dict.fromkeys(times) if each not in held]
        number = self.visitor.company.people.staff.latest() + 1
        entries = [StaffEntry("time", f"{number}.{place}", each) for place, each in enumerate(fresh, start=1)]
        return self.state("time", entries)

    def state(self, action: StaffAction, entries: Sequence[StaffEntry]) -> StaffEdited:
        """State these, and have the figures built by them; nothing is done where there is nothing to state."""
        if not entries:
            return StaffEdited(edit=None, changed=0, faults=[])
        made = self.visitor.company.people.staff.edit(action, entries, self.latest, self.visitor.name)
        self.visitor.note("change", f"people and teams: {len(entries)} changed ({action}), edit {made}")
        rebuild(self.visitor)
        return StaffEdited(edit=made, changed=len(entries), faults=[])


def _placement(team: StaffTeam | None, role: str | None, first: date, end: date = ALWAYS_TO) -> Placement:
    """Return a time in a team, in none for None, on days [first, end)."""
    called = team.said.known_as if team else ""
    return Placement(team_id=team.subject if team else None, team=called, role=role, valid_from=first, valid_to=end)


T = TypeVar("T", str, date)


def _stated(given: T | None, stands: T | None, said: T | None) -> T | None:
    """Return what is to be stated: nothing new where it stands so already by what the sources tell."""
    return None if said is None and given == stands else given


def _fault(each: PastedFault, language: Language) -> PastedFaultShown:
    what, do = refusal_in(language, each.fault.what), refusal_in(language, each.fault.do)
    return PastedFaultShown(line=each.line, text=each.text, what=what, do=do)
