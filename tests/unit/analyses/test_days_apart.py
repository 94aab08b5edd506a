"""People stand apart by days, beyond chance among everybody looked at; by chance alone next to nobody does."""

import numpy as np
import pytest

from voronka.analyses.days_apart import days_apart


def test_who_has_it_on_far_more_days_is_told_with_the_others_share() -> None:
    more, fewer = days_apart([{"a": (12, 20), "b": (1, 20), "c": (0, 20), "d": (2, 20)}])
    [found] = more
    assert (found.person, found.days, found.worked, found.share) == ("a", 12, 20, 60)
    assert found.others_share == 5  # 3 of 60
    assert fewer == []


def test_who_has_it_on_none_of_the_days_is_told_as_fewer() -> None:
    more, fewer = days_apart([{"a": (0, 20), "b": (16, 20), "c": (18, 20), "d": (14, 20)}])
    assert [each.person for each in fewer] == ["a"]
    assert more == []


def test_three_days_of_three_stand_apart_among_six_and_two_do_not() -> None:
    # by hand: C(200, 3) / C(1200, 3) is .0046, times six people .027; C(200, 2) / C(1200, 2) is .028, times six .17
    others = dict.fromkeys("bcdef", (0, 200))
    [found] = days_apart([{"a": (3, 200), **others}])[0]
    assert found.chance == pytest.approx(6 * (200 * 199 * 198) / (1200 * 1199 * 1198))
    assert days_apart([{"a": (2, 200), **others}]) == ([], [])


def test_a_sure_but_small_difference_is_not_told() -> None:
    assert days_apart([{"a": (600, 1000), "b": (400, 1000)}]) == ([], [])


def test_roles_are_not_mixed_and_who_is_alone_or_new_is_not_looked_at() -> None:
    assert days_apart([{"a": (20, 20)}, {"b": (0, 20)}]) == ([], [])
    assert days_apart([{"a": (4, 4), "b": (0, 200), "c": (0, 200)}]) == ([], [])
    assert days_apart([]) == ([], [])


def test_by_chance_alone_at_most_one_company_in_twenty_names_anybody() -> None:
    draws, companies = np.random.default_rng(5), 400
    named = 0
    for _ in range(companies):
        roles = [{str(one): (int(draws.binomial(60, 0.1)), 60) for one in range(people)} for people in (8, 12)]
        more, fewer = days_apart(roles)
        named += bool(more or fewer)
    assert named <= 0.05 * companies
