"""The role that a person held most, and the side of a figure of which less is better."""

from datetime import date

from voronka.analyses.presence import Held, Person
from voronka.reports.person_steps import role_of, turned

DAYS = frozenset(date(2026, 3, day) for day in range(2, 7))
SDR = Held("t", "sdr", date(2025, 1, 1), date(2026, 3, 4))
AE = Held("t", "ae", date(2026, 3, 4), date(9999, 12, 31))


def test_a_person_is_met_in_the_role_held_on_most_days() -> None:
    assert role_of(Person("a", "Anna", (SDR, AE), DAYS)) == "ae"  # three days of five
    assert role_of(Person("a", "Anna", (SDR, AE), frozenset([date(2026, 3, 3)]))) == "sdr"
    assert role_of(Person("a", "Anna", (), DAYS)) is None
    assert role_of(Person("a", "Anna", (AE,), frozenset())) is None


def test_where_less_is_better_more_is_weaker() -> None:
    sides = ("above", "perhaps_above", "alike", "perhaps_below", "below")
    assert [turned(side) for side in sides] == ["below", "perhaps_below", "alike", "perhaps_above", "above"]
