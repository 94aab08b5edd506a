"""How people compare: worked out by hand, on a real table, and by drawing people whose figures are known."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from voronka.analyses.alike import Moments
from voronka.analyses.peers import Comparison, compare_means, compare_shares, shrunk
from voronka.analyses.standardised import Cells, Count

DRAWN = np.random.default_rng(3)
SIZES = np.array([8, 15, 25, 40, 60, 90, 140, 200])


def shares(of: Iterable[float], among: Iterable[float]) -> Cells:
    counts = zip(of, among, strict=True)
    return {f"p{who}": {(): Count(float(one), float(tried))} for who, (one, tried) in enumerate(counts)}


def made(found: Comparison | None) -> Comparison:
    assert found is not None
    return found


def test_the_win_rates_of_a_real_team_are_within_chance(real_tables: Path) -> None:
    # research: chi-square 33.3 with 29 degrees of freedom, p = .26, nobody beyond the 99.8 % limits
    with (real_tables / "maven-crm" / "sales_pipeline.csv").open(encoding="utf-8") as file:
        closed = [row for row in csv.DictReader(file) if row["deal_stage"] in {"Won", "Lost"}]
    among = Counter(row["sales_agent"] for row in closed)
    won = Counter(row["sales_agent"] for row in closed if row["deal_stage"] == "Won")
    found = made(compare_shares({who: {(): Count(won[who], count)} for who, count in among.items()}))
    assert found.tested is not None
    assert found.tested.statistic == pytest.approx(33.3, abs=0.06)
    assert (found.tested.freedom, round(found.tested.chance, 2)) == (29, 0.26)
    assert {peer.side for peer in found.peers} <= {"alike", "perhaps_above", "perhaps_below"}
    assert found.dispersion is not None
    assert not found.dispersion.is_over
    assert all(peer.places[1] - peer.places[0] >= 9 for peer in found.peers)


def test_a_share_has_its_interval_and_leans_on_the_others() -> None:
    found = made(compare_shares(shares([9, 40, 60, 1], [10, 100, 100, 10])))
    first = found.peers[0]
    assert first.key == "p0"
    assert first.ends == pytest.approx((0.596, 0.982), abs=1e-3)  # Wilson, 9 of 10
    assert found.centre == pytest.approx(0.5)
    assert found.centre < first.shrunk < first.value
    by_key = {peer.key: peer for peer in found.peers}
    drawn = {key: abs(peer.shrunk - peer.value) for key, peer in by_key.items()}
    assert drawn["p0"] > drawn["p2"]  # fewer were tried


def test_who_are_alike_all_have_the_common_figure() -> None:
    found = shrunk(np.array([0.49, 0.5, 0.51]), np.array([0.1, 0.05, 0.1]))
    assert found == pytest.approx([0.5, 0.5, 0.5])


def test_the_estimate_is_that_of_the_formulas() -> None:
    # errors 1, figures 0, 4, 8: beyond = 32 - 2, tau^2 = 30 / (3 - 1) = 15, trust 15 / 16
    assert shrunk(np.array([0.0, 4, 8]), np.ones(3)) == pytest.approx([4 - 4 * 15 / 16, 4, 4 + 4 * 15 / 16])


def test_people_are_judged_on_the_roles_mix_of_leads() -> None:
    # Anna has the hot leads: she wins more of all, and less of each kind than Boris
    cells: Cells = {
        "anna": {("hot",): Count(128, 160), ("cold",): Count(4, 40)},
        "boris": {("hot",): Count(36, 40), ("cold",): Count(48, 160)},
        "clara": {("hot",): Count(85, 100), ("cold",): Count(20, 100)},
    }
    found = made(compare_shares(cells))
    by_key = {peer.key: peer for peer in found.peers}
    assert by_key["anna"].value > by_key["boris"].value
    assert by_key["anna"].level < by_key["boris"].level
    assert found.peers[0].key == "boris"
    anna = by_key["anna"]
    assert anna.expected is not None
    # hot 249 of 300, cold 72 of 300
    assert anna.expected.share == pytest.approx((160 * 0.83 + 40 * 0.24) / 200)
    assert anna.level == pytest.approx(0.535 * 0.66 / 0.712)


def test_no_share_is_above_all_of_it_however_hard_the_leads_are() -> None:
    cells: Cells = {
        "anna": {("hot",): Count(1, 2), ("cold",): Count(60, 60)},
        "boris": {("hot",): Count(90, 100), ("cold",): Count(2, 40)},
        "clara": {("hot",): Count(90, 100), ("cold",): Count(2, 40)},
    }
    anna = made(compare_shares(cells)).peers[0]
    assert (anna.key, anna.level, anna.level_ends[1]) == ("anna", 1.0, 1.0)


def test_where_less_is_better_the_least_stands_first() -> None:
    found = made(compare_shares(shares([1, 50, 99], [100, 100, 100]), is_better_up=False))
    assert [(peer.key, peer.places, peer.side) for peer in found.peers] == [
        ("p0", (1, 1), "below"),
        ("p1", (2, 2), "alike"),
        ("p2", (3, 3), "above"),
    ]


def test_of_two_people_nothing_is_told() -> None:
    assert compare_shares(shares([1, 5, 0], [10, 10, 0])) is None
    assert compare_means({"a": Moments(9, 1.0, 1.0), "b": Moments(9, 2.0, 1.0)}) is None


def test_means_have_students_interval() -> None:
    given = {
        "a": Moments(10, 5.0, 2.0),
        "b": Moments(10, 6.0, 2.0),
        "c": Moments(10, 7.0, 2.0),
        "d": Moments(1, 9.0, 0),
    }
    found = made(compare_means(given))
    assert [peer.key for peer in found.peers] == ["c", "b", "a"]
    assert found.peers[2].ends == pytest.approx((5 - 2.262 * 2 / 10**0.5, 5 + 2.262 * 2 / 10**0.5), abs=1e-3)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    times, truth = 200, DRAWN.beta(12, 18, size=(200, len(SIZES)))
    came = DRAWN.binomial(SIZES, truth)
    held = [
        peer.ends[0] <= truth[time][int(peer.key[1:])] <= peer.ends[1]
        for time in range(times)
        for peer in made(compare_shares(shares(came[time], SIZES))).peers
    ]
    assert np.mean(held) == pytest.approx(0.95, abs=4 * (0.05 * 0.95 / (200 * len(SIZES))) ** 0.5)


def test_estimates_that_lean_on_the_others_err_less() -> None:
    truth = DRAWN.beta(30, 45, size=(100, len(SIZES)))
    came = DRAWN.binomial(SIZES, truth)
    own, leaned = [], []
    for each, real in zip(came, truth, strict=True):
        for peer in made(compare_shares(shares(each, SIZES))).peers:
            right = real[int(peer.key[1:])]
            own.append((peer.value - right) ** 2)
            leaned.append((peer.shrunk - right) ** 2)
    assert np.mean(leaned) < 0.6 * np.mean(own)


def test_places_hold_the_true_place_and_nobody_stands_out_by_chance() -> None:
    truth = np.linspace(0.3, 0.6, len(SIZES))
    place = {f"p{who}": len(SIZES) - who for who in range(len(SIZES))}
    came = DRAWN.binomial(SIZES, truth, size=(100, len(SIZES)))
    peers = [peer for each in came for peer in made(compare_shares(shares(each, SIZES))).peers]
    assert np.mean([peer.places[0] <= place[peer.key] <= peer.places[1] for peer in peers]) > 0.93
    alike = DRAWN.binomial(SIZES, 0.4, size=(150, len(SIZES)))
    sides = Counter(peer.side for each in alike for peer in made(compare_shares(shares(each, SIZES))).peers)
    assert (sides["above"] + sides["below"]) / sides.total() < 0.005


def test_who_differ_by_their_leads_alone_do_not_stand_out() -> None:
    hot, cold = np.array([10, 25, 40, 60, 80, 100]), np.array([120, 100, 80, 60, 40, 20])
    out = raw = 0
    for _ in range(80):
        won = DRAWN.binomial(hot, 0.7), DRAWN.binomial(cold, 0.2)
        cells: Cells = {
            f"p{who}": {("hot",): Count(won[0][who], hot[who]), ("cold",): Count(won[1][who], cold[who])}
            for who in range(len(hot))
        }
        found = made(compare_shares(cells))
        out += sum(peer.side in {"above", "below"} for peer in found.peers)
        raw += found.tested is not None and found.tested.chance < 0.05
    assert out / (80 * len(hot)) < 0.01
    assert raw / 80 < 0.05 + 4 * (0.05 * 0.95 / 80) ** 0.5
