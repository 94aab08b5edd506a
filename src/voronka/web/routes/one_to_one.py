"""One-to-ones over HTTP: what is kept about a person, for whoever leads them and, as far as it is shown, for them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi import Query as Parameter

from voronka.domain.errors import NotAllowedError, QuestionError
from voronka.domain.one_to_ones import MARKS, Entry, Goal, Said, Seat, unknown_entry
from voronka.domain.period import Period
from voronka.reports.goals import check_goal, measured
from voronka.reports.plain import plain_words
from voronka.web.one_to_one_shapes import EntryGiven, EntryShown, GoalShown, HeldShown, MarkGiven, OneToOneShown
from voronka.web.visitor import OneToOneVisitorNow, Visitor, VisitorNow, sights_of

router = APIRouter(prefix="/api/one-to-one", tags=["one-to-one"])

Number = Annotated[int, InPath(ge=1, le=2**53)]
Employee = Annotated[str, Parameter(max_length=300, description="The person's id")]


@router.get("")
def kept(employee: Employee, visitor: VisitorNow) -> OneToOneShown:
    """Return what is kept about a person; goals are measured anew. Who may read nothing of it is told nothing."""
    return _shown(visitor, _seat(visitor, employee))


@router.get("/held")
def held(visitor: VisitorNow) -> list[HeldShown]:
    """Return when the people whom the visitor leads, and the visitor, were met last."""
    today, found = _today(visitor), []
    for employee_id, days in visitor.company.people.one_to_ones.held().items():
        seat = _seat(visitor, employee_id)
        last = next((day for day in days if seat.is_own or (seat.leads and seat.covers(day))), None)
        if last:
            found.append(HeldShown(employee_id=employee_id, last_held=last, days_since=(today - last).days))
    return sorted(found, key=lambda each: (each.last_held, each.employee_id))


@router.post("", status_code=201)
def enter(given: EntryGiven, visitor: OneToOneVisitorNow) -> OneToOneShown:
    """Keep a meeting held, a note, an agreement or a goal about somebody whose present day the visitor sees."""
    company, today, seat = visitor.company, _today(visitor), _seat(visitor, given.employee)
    if not seat.may_write(today):
        raise NotAllowedError("You lead no one-to-ones with this person", do="Ask whoever leads them")
    if all(each.id != given.employee for each in sights_of(visitor.request).employees(company.data_version())):
        raise QuestionError("the data know no such person", do="Choose somebody on the page")
    goal = _goal(given)
    said = Said(
        kind=given.kind,
        employee_id=given.employee,
        day=(given.day if given.kind == "meeting" else None) or today,
        words=given.words,
        is_visible=given.is_visible,
        due_on=given.due_on,
        goal=goal,
    ).checked(today)
    if goal:
        check_goal(company.metrics, goal)
    made = company.people.one_to_ones.enter(said, visitor.name)
    visitor.note("change", f"1:1 {given.employee}: {given.kind} {made.entry_id}")
    return _shown(visitor, seat)


@router.post("/{number}/mark")
def mark(number: Number, given: MarkGiven, visitor: VisitorNow) -> OneToOneShown:
    """Mark an entry: the person whom it is about says what is done, whoever leads also what is shown or taken back."""
    ones = visitor.company.people.one_to_ones
    entry = ones.of_id(number)
    seat = _seat(visitor, entry.said.employee_id)
    if not seat.sees(entry):
        raise unknown_entry(number)  # whoever may not read it is not told that there is one
    if not seat.may_mark(entry, given.mark, _today(visitor)):
        raise NotAllowedError("This entry is not yours to change so", do="Ask whoever leads the one-to-one")
    ones.mark(number, given.mark, visitor.name)
    visitor.note("change", f"1:1 {entry.said.employee_id}: {entry.said.kind} {number}, {given.mark}")
    return _shown(visitor, seat)


def _seat(visitor: Visitor, employee_id: str) -> Seat:
    return Seat.of(employee_id, visitor.employee_id, visitor.scope, visitor.rights)


def _goal(given: EntryGiven) -> Goal | None:
    parts = (given.metric, given.target, given.first, given.last)
    if all(part is None for part in parts):
        return None
    if given.metric is None or given.target is None or given.first is None or given.last is None:
        raise QuestionError("a goal names its metric, its target and its days, and nothing else does")
    if given.last < given.first:
        raise QuestionError(f"the period ends before it begins: {given.first} to {given.last}", where="to")
    return Goal(given.metric, given.target, Period(given.first, given.last))


def _shown(visitor: Visitor, seat: Seat) -> OneToOneShown:
    today = _today(visitor)
    entries = seat.seen(visitor.company.people.one_to_ones.of_person(seat.employee_id))
    last = max((each.said.day for each in entries if each.said.kind == "meeting"), default=None)
    return OneToOneShown(
        employee_id=seat.employee_id,
        is_own=seat.is_own,
        reads=seat.is_own or bool(entries) or seat.may_write(today),
        may_write=seat.may_write(today),
        last_held=last,
        days_since=(today - last).days if last else None,
        entries=[_entry(visitor, seat, each) for each in entries],
    )


def _entry(visitor: Visitor, seat: Seat, entry: Entry) -> EntryShown:
    said, done, local, today = entry.said, entry.done, visitor.company.local, _today(visitor)
    return EntryShown(
        id=entry.entry_id,
        kind=said.kind,
        day=said.day,
        words=said.words,
        is_visible=entry.is_visible,
        due_on=said.due_on,
        is_late=bool(said.due_on and said.due_on < today and not done),
        is_done=done is not None,
        done_by=done.by if done else None,
        done_at=local(done.at) if done else None,
        goal=_goal_shown(visitor, said.goal, seat.employee_id) if said.goal else None,
        by=entry.by,
        at=local(entry.at),
        may=[each for each in MARKS if seat.may_mark(entry, each, today)],
    )


def _goal_shown(visitor: Visitor, goal: Goal, employee_id: str) -> GoalShown:
    company = visitor.company
    found = measured(company.metrics, visitor.scope, goal, employee_id, _today(visitor))
    return GoalShown(
        metric=goal.metric,
        title=plain_words(found.title),
        unit=found.unit,
        better=found.better,
        target=goal.target,
        first=goal.period.first,
        last=goal.period.last,
        before_from=found.before_period.first,
        before_to=found.before_period.last,
        before=found.before,
        now=found.now,
        is_met=found.is_met,
        is_over=found.is_over,
    )


def _today(visitor: Visitor) -> date:
    return visitor.company.metrics.company.today()
