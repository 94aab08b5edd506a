"""Contests as app.db keeps them, and the metrics of the board."""

from datetime import date
from typing import Any

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.contests import Contest, Kept, Wished
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.operations.contests import MOST_METRICS, Contests

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 13)


@pytest.fixture
def contests(operations: Operations) -> Contests:
    return Contests(operations.database, operations.clock)


def wished(title: str = "Марафон", last: date = LAST, **more: Any) -> Wished:  # noqa: ANN401 - Wished's own
    return Wished(title, "Торт", "calls", Period(FIRST, last), **more)


def kept(operations: Operations) -> Kept:
    return Kept({"a": 3.0, "b": 1.5}, {"a": "Анна", "b": "Борис"}, {"a": "Север", "b": None}, "7", operations.clock())


def test_a_contest_is_kept_as_it_was_asked_for(contests: Contests, operations: Operations) -> None:
    made = contests.add(wished(between="team", members=("n", "s")), "Ольга")
    assert made == Contest(
        made.contest_id,
        Wished("Марафон", "Торт", "calls", Period(FIRST, LAST), "team", ("n", "s")),
        "Ольга",
        operations.clock(),
        operations.clock(),
    )
    assert contests.all() == [made]


def test_those_that_end_last_come_first(contests: Contests) -> None:
    for title, last in (("старый", date(2026, 3, 5)), ("новый", date(2026, 4, 5))):
        contests.add(wished(title, last), "Ольга")
    assert [each.wished.title for each in contests.all()] == ["новый", "старый"]


def test_the_end_is_kept_once(contests: Contests, operations: Operations) -> None:
    made = contests.add(wished(), "Ольга")
    first = contests.keep(made, kept(operations))
    assert first.kept == kept(operations)
    operations.clock.on(days=1)
    again = contests.keep(made, Kept({"a": 9.0}, {}, {}, "8", operations.clock()))
    assert again.kept == first.kept


def test_what_was_reckoned_of_a_contest_that_was_changed_meanwhile_is_not_kept(
    contests: Contests, operations: Operations
) -> None:
    made = contests.add(wished(), "Ольга")
    operations.clock.on(hours=1)
    contests.change(made.contest_id, wished("Другой"))
    assert contests.keep(made, kept(operations)).kept is None


def test_a_change_and_an_early_end_take_the_kept_end_away(contests: Contests, operations: Operations) -> None:
    made = contests.add(wished(), "Ольга")
    contests.keep(made, kept(operations))
    ended = contests.end(made.contest_id, date(2026, 3, 6))
    assert (ended.ended_on, ended.kept, ended.period.last) == (date(2026, 3, 6), None, date(2026, 3, 6))
    changed = contests.change(made.contest_id, wished("Ещё раз"))
    assert (changed.ended_on, changed.kept, changed.wished.title) == (None, None, "Ещё раз")


def test_a_contest_that_is_deleted_is_gone(contests: Contests) -> None:
    made = contests.add(wished(), "Ольга")
    contests.delete(made.contest_id)
    assert contests.all() == []
    with pytest.raises(QuestionError, match="no contest has the number"):
        contests.change(made.contest_id, wished())
    assert contests.add(wished(), "Ольга").contest_id > made.contest_id


def test_there_is_an_end_to_how_many_are_kept(contests: Contests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voronka.operations.contests.MOST_CONTESTS", 2)
    for _ in range(2):
        contests.add(wished(), "Ольга")
    with pytest.raises(QuestionError, match="no more than"):
        contests.add(wished(), "Ольга")


def test_the_board_shows_the_metrics_that_were_chosen_in_their_order(contests: Contests) -> None:
    assert contests.shown_metrics() == ()
    contests.show_metrics(["revenue", "calls", "revenue"])
    assert contests.shown_metrics() == ("revenue", "calls")
    contests.show_metrics([])
    assert contests.shown_metrics() == ()
    with pytest.raises(QuestionError, match="metrics at most"):
        contests.show_metrics([f"m{n}" for n in range(MOST_METRICS + 1)])
