from datetime import date, datetime

import pytest

from voronka.domain.contests import Contest, Wished
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period

MARCH = Period(date(2026, 3, 2), date(2026, 3, 13))
AT = datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001 - UTC without a zone


def wished(
    title: str = "Марафон", prize: str = "Торт", period: Period = MARCH, members: tuple[str, ...] = ()
) -> Wished:
    return Wished(title, prize, "calls", period, "employee", members)


def test_words_are_trimmed_and_nobody_takes_part_twice() -> None:
    found = wished("  Марафон   звонков ", " Торт ", members=("a", "b", "a")).checked()
    assert (found.title, found.prize, found.members) == ("Марафон звонков", "Торт", ("a", "b"))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (wished("  "), "title is empty"),
        (wished("ё" * 101), "too long"),
        (wished(prize="п" * 301), "prize is too long"),
        (wished(period=Period(date(2026, 1, 1), date(2027, 1, 2))), "366 days at most"),
        (wished(members=("a",)), "at least two"),
        (wished(members=tuple(f"{n}" for n in range(501))), "500 who take part"),
    ],
)
def test_what_is_no_contest_is_refused(given: Wished, why: str) -> None:
    with pytest.raises(QuestionError, match=why):
        given.checked()


def test_it_is_ahead_then_on_its_way_then_over() -> None:
    contest = Contest(1, wished(), "Ольга", AT, AT)
    states = [contest.state(date(2026, 3, day)) for day in (1, 2, 13, 14)]
    assert states == ["ahead", "running", "running", "over"]


def test_one_that_was_ended_is_over_at_once_and_counts_no_later_day() -> None:
    contest = Contest(1, wished(), "Ольга", AT, AT, ended_on=date(2026, 3, 5))
    assert contest.state(date(2026, 3, 5)) == "over"
    assert contest.period == Period(date(2026, 3, 2), date(2026, 3, 5))
