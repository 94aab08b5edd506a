"""How much of a full plan a newcomer carries."""

from datetime import date

import pytest

from voronka.domain.ramp import months_worked, ramp_share

HIRED = date(2026, 1, 15)
RAMP = (25, 50, 75)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2026, 1, 14), 0),
        (date(2026, 1, 15), 0.25),
        (date(2026, 2, 14), 0.25),
        (date(2026, 2, 15), 0.5),
        (date(2026, 4, 14), 0.75),
        (date(2026, 4, 15), 1),
        (date(2030, 1, 1), 1),
    ],
)
def test_the_share_grows_by_month_of_work(day: date, share: float) -> None:
    assert ramp_share(RAMP, HIRED, day) == share


def test_without_a_ramp_or_a_day_of_hiring_all_is_full() -> None:
    assert ramp_share((), HIRED, date(2025, 1, 1)) == 1
    assert ramp_share(RAMP, None, date(2026, 1, 20)) == 1


def test_a_month_of_work_ends_on_the_last_day_where_a_month_is_short() -> None:
    assert months_worked(date(2026, 1, 31), date(2026, 2, 27)) == 0
    assert months_worked(date(2026, 1, 31), date(2026, 2, 28)) == 1
