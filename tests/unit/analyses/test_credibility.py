"""How far a person's own rate is to be believed."""

import pytest

from voronka.analyses.credibility import Rate, Tried, rates


def test_own_and_common_rates_are_drawn_together_by_how_much_was_tried() -> None:
    # within: four times ten trials a tenth away, of two freedoms: 0.2
    # between: twice twenty trials a quarter away, without the noise of one freedom, over 40 - 800 / 40: 0.115
    found = rates({"anna": [Tried(10, 2), Tried(10, 4)], "boris": [Tried(10, 7), Tried(10, 9)]})
    trust = 20 / (20 + 0.2 / 0.115)
    assert found["anna"].own == pytest.approx(0.3)
    assert found["anna"].common == pytest.approx(0.55)
    assert found["anna"].trust == pytest.approx(trust)
    assert found["anna"].value == pytest.approx(trust * 0.3 + (1 - trust) * 0.55)
    assert found["boris"].value == pytest.approx(trust * 0.8 + (1 - trust) * 0.55)


def test_who_tried_little_is_drawn_further_than_who_tried_much() -> None:
    found = rates({
        "anna": [Tried(100, 20), Tried(100, 22)],
        "boris": [Tried(100, 60), Tried(100, 58)],
        "clara": [Tried(2, 2)],
    })  # fmt: skip
    assert found["clara"].trust < found["anna"].trust
    assert found["clara"].value is not None
    assert found["clara"].value < 1.0


def test_where_persons_do_not_differ_beyond_noise_all_have_the_common_rate() -> None:
    found = rates({"anna": [Tried(10, 1), Tried(10, 9)], "boris": [Tried(10, 9), Tried(10, 1)]})
    assert [each.value for each in found.values()] == pytest.approx([0.5, 0.5])
    assert [each.trust for each in found.values()] == [0, 0]


def test_who_tried_nothing_has_the_common_rate_and_where_nobody_did_none_is_known() -> None:
    found = rates({"anna": [Tried(10, 3), Tried(10, 3)], "boris": []})
    boris = found["boris"]
    assert boris.value == pytest.approx(0.3)
    assert (boris.own, boris.trust, boris.tried) == (None, 0, 0)
    assert rates({"anna": [Tried(0, 0)]})["anna"] == Rate(None, None, None, 0, 0)


def test_a_single_month_of_everybody_tells_nothing_of_noise() -> None:
    found = rates({"anna": [Tried(10, 2)], "boris": [Tried(30, 18)]})
    assert [each.value for each in found.values()] == pytest.approx([0.5, 0.5])  # 20 of 40
