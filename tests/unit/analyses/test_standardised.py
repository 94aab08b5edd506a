import pytest

from voronka.analyses.standardised import Cells, Count, expected_shares, standard

EASY, HARD = ("hot",), ("cold",)
TWO: Cells = {
    "anna": {EASY: Count(45, 50), HARD: Count(10, 50)},
    "boris": {EASY: Count(72, 80), HARD: Count(4, 20)},
    "clara": {EASY: Count(17, 20), HARD: Count(26, 80)},
}


def test_what_is_expected_is_the_share_of_all_on_each_kind_of_leads() -> None:
    # hot 134 of 150, cold 40 of 150
    by = standard(TWO)
    assert by is not None
    assert by.shares == pytest.approx({EASY: 134 / 150, HARD: 40 / 150})
    found = expected_shares(TWO, by)
    assert found["anna"].share == pytest.approx((50 * 134 / 150 + 50 * 40 / 150) / 100)
    assert found["boris"].share == pytest.approx((80 * 134 / 150 + 20 * 40 / 150) / 100)
    hot, cold = 134 / 150, 40 / 150
    assert found["clara"].variance == pytest.approx(20 * hot * (1 - hot) + 80 * cold * (1 - cold))


def test_all_together_have_what_is_expected_of_all() -> None:
    by = standard(TWO)
    assert by is not None
    found = expected_shares(TWO, by)
    assert sum(each.share * 100 for each in found.values()) == pytest.approx(134 + 40)


def test_what_makes_it_differ_is_told() -> None:
    by = standard(TWO)
    assert by is not None
    found = expected_shares(TWO, by)
    more, fewer = found["boris"].mix, found["clara"].mix
    assert more is not None
    assert fewer is not None
    assert (more.value, more.own, more.whole) == ("hot", 0.8, 0.5)
    assert fewer.value in {"hot", "cold"}
    assert found["anna"].mix is None  # her half and half is the role's


def test_a_thin_kind_of_leads_is_laid_together_with_others() -> None:
    # the only leads of the fair are Anna's: her own share is nothing to measure her by
    cells: Cells = {
        "anna": {("hot", "fair"): Count(25, 30), ("hot", "site"): Count(20, 40), ("cold", "site"): Count(5, 40)},
        "boris": {("hot", "site"): Count(20, 40), ("cold", "site"): Count(10, 40)},
        "clara": {("hot", "site"): Count(20, 40), ("cold", "site"): Count(9, 40), ("hot", "mail"): Count(9, 9)},
    }
    by = standard(cells)
    assert by is not None
    assert by.shares["hot", "site"] == pytest.approx(60 / 120)
    assert by.shares["cold", "site"] == pytest.approx(24 / 120)
    assert by.shares["hot", "fair"] == by.shares["hot", "mail"] == pytest.approx(34 / 39)
    assert sorted(len(group) for group in by.groups) == [1, 1, 2]


def test_where_nothing_tells_leads_apart_nothing_is_expected() -> None:
    assert standard({"anna": {(): Count(3, 9)}, "boris": {(): Count(4, 9)}}) is None
    assert standard({"anna": {(None,): Count(3, 9)}, "boris": {(None,): Count(4, 9)}}) is None
