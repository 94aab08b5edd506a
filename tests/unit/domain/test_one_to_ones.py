"""Who reads and writes what of a one-to-one."""

from datetime import date, datetime

import pytest

from voronka.domain.access import ACCESS_ROLES, Right
from voronka.domain.errors import QuestionError
from voronka.domain.one_to_ones import Entry, Goal, Mark, Marked, Said, Seat
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span

TODAY = date(2026, 3, 2)
AT = datetime.fromisoformat("2026-03-02 09:00")
LEADS, NOBODY = frozenset({Right.ONE_TO_ONE}), frozenset[Right]()
UNTIL_FEBRUARY = Scope(spans=(Span("anna", date(2025, 1, 1), date(2026, 2, 15)),))


def entry(day: date = TODAY, *, is_visible: bool = True, marks: tuple[Mark, ...] = ()) -> Entry:
    said = Said(kind="agreement", employee_id="anna", day=day, words="call", is_visible=is_visible)
    return Entry(1, said, "olga", AT, tuple(Marked(mark, "olga", AT) for mark in marks))


def test_the_person_reads_what_is_shown_and_never_what_is_hidden() -> None:
    seat = Seat.of("anna", "anna", Scope.of("anna"), NOBODY)
    assert seat.sees(entry())
    assert not seat.sees(entry(is_visible=False))
    assert not seat.sees(entry(marks=("shown", "hidden")))
    assert seat.sees(entry(is_visible=False, marks=("shown",)))


def test_whoever_leads_and_is_the_person_themselves_sits_on_the_persons_side() -> None:
    seat = Seat.of("anna", "anna", Scope.everything(), ACCESS_ROLES["head"].rights)
    assert not seat.sees(entry(is_visible=False))
    assert not seat.may_write(TODAY)
    assert not seat.may_mark(entry(), "hidden", TODAY)


def test_a_person_says_what_is_done_and_nothing_else() -> None:
    seat = Seat.of("anna", "anna", Scope.of("anna"), NOBODY)
    may = {mark: seat.may_mark(entry(), mark, TODAY) for mark in ("done", "open", "shown", "hidden", "withdrawn")}
    assert may == {"done": True, "open": True, "shown": False, "hidden": False, "withdrawn": False}
    assert not seat.may_mark(entry(is_visible=False), "done", TODAY)


def test_whoever_led_a_person_reads_what_was_said_then_and_writes_no_more() -> None:
    seat = Seat.of("anna", "olga", UNTIL_FEBRUARY, LEADS)
    assert seat.sees(entry(date(2026, 2, 14), is_visible=False))
    assert not seat.sees(entry(date(2026, 2, 15)))
    assert (seat.may_write(date(2026, 2, 14)), seat.may_write(TODAY)) == (True, False)
    assert not seat.may_mark(entry(date(2026, 2, 14)), "done", TODAY)


def test_whoever_sees_all_rows_without_the_right_reads_nothing() -> None:
    seat = Seat.of("anna", None, Scope.everything(), ACCESS_ROLES["analyst"].rights)
    assert (seat.sees(entry()), seat.may_write(TODAY)) == (False, False)


def test_an_entry_about_another_and_one_taken_back_are_not_seen() -> None:
    head = Scope.everything()
    assert not Seat.of("boris", None, head, LEADS).sees(entry())
    assert not Seat.of("anna", None, head, LEADS).sees(entry(marks=("withdrawn",)))


def test_a_meeting_is_only_taken_back() -> None:
    meeting = Entry(1, Said(kind="meeting", employee_id="anna", day=TODAY), "olga", AT)
    seat = Seat.of("anna", None, Scope.everything(), LEADS)
    assert [mark for mark in ("done", "hidden", "withdrawn") if seat.may_mark(meeting, mark, TODAY)] == ["withdrawn"]


GOAL = Goal("win_rate", 30.0, Period(date(2026, 1, 1), date(2026, 2, 1)))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said(kind="note", employee_id="a", day=TODAY, words="  "), "words"),
        (Said(kind="note", employee_id="a", day=TODAY, words="x" * 4_001), "4000 characters"),
        (Said(kind="meeting", employee_id="a", day=date(2026, 3, 3)), "still to come"),
        (Said(kind="meeting", employee_id="a", day=TODAY, is_visible=False), "known to both"),
        (Said(kind="agreement", employee_id="a", day=TODAY, words="x", due_on=date(2026, 3, 1)), "due today or later"),
        (Said(kind="note", employee_id="a", day=TODAY, words="x", due_on=TODAY), "due today or later"),
        (Said(kind="goal", employee_id="a", day=TODAY), "names its metric"),
        (Said(kind="goal", employee_id="a", day=TODAY, goal=GOAL), "days are over"),
    ],
)
def test_what_cannot_be_kept_is_refused(said: Said, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        said.checked(TODAY)


def test_a_target_is_a_number() -> None:
    with pytest.raises(QuestionError, match="a number"):
        Goal("win_rate", float("nan"), Period(TODAY, TODAY))
