"""How far cases go by their model: fitness by hand, deviations with what goes together with them, costs by a search."""

from collections import Counter

import numpy as np
import pytest

from tests.unit.analyses.alignment_search import searched
from voronka.analyses.alignment import Model
from voronka.analyses.conformance import Conformance, conformance
from voronka.analyses.difference import Difference, of_shares
from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.variants import Outcomes

HOUR = 3_600_000_000
LINE = Model(tuple("ABC"))


def log_of(*ways: str, hours: tuple[int, ...] = ()) -> EventLog:
    """Return a log of cases that went these ways, each in so many hours."""
    took = hours or tuple(len(way) - 1 for way in ways)
    at = [
        hours * place / max(len(way) - 1, 1) for way, hours in zip(ways, took, strict=True) for place in range(len(way))
    ]
    cases = [str(number) for number, way in enumerate(ways) for _ in way]
    return event_log(cases, "".join(ways), (np.array(at) * HOUR).astype(np.int64))


def told(found: Conformance) -> list[tuple[str, str, int, int]]:
    return [(each.kind, each.step, each.count, each.cases) for each in found.deviations]


def test_fitness_and_deviations_by_hand() -> None:
    found = conformance(log_of("ABC", "ABBC", "AC", "AzzC", "z"), LINE)
    assert found.cost.tolist() == [0, 1, 1, 3, 4]
    # events and three stages: 1 - 1 / 7, 1 - 1 / 5, 1 - 3 / 7, 1 - 4 / 4
    assert found.fitness.tolist() == pytest.approx([1, 6 / 7, 4 / 5, 4 / 7, 0])
    assert found.mean_fitness == pytest.approx((1 + 6 / 7 + 4 / 5 + 4 / 7) / 5)
    assert found.log_fitness == pytest.approx(1 - 9 / 29)
    assert (found.cases, found.conforming) == (5, 1)
    assert told(found) == [
        ("skipped", "B", 3, 3),
        ("outside", "z", 3, 2),
        ("skipped", "A", 1, 1),
        ("skipped", "C", 1, 1),
        ("repeated", "B", 1, 1),
    ]
    assert found.deviations[0].share == 60
    assert found.deviations[1].in_case.tolist() == [False, False, False, True, True]


def test_an_open_case_may_stop_where_it_is() -> None:
    log = log_of("AB", "AB", "ABC")
    assert conformance(log, LINE).cost.tolist() == [1, 1, 0]
    found = conformance(log, LINE, may_stop=np.array([True, False, True]))
    assert found.cost.tolist() == [0, 1, 0]
    assert found.fitness.tolist() == pytest.approx([1, 1 - 1 / 5, 1])


def test_exits_lead_out_of_any_stage() -> None:
    found = conformance(log_of("AX", "ABCX", "XA", "ACY"), Model(tuple("ABC"), ("X", "Y")))
    assert found.cost.tolist() == [0, 0, 2, 1]
    # the shortest run is A, X: 1 - 2 / (2 + 2), 1 - 1 / (3 + 2)
    assert found.fitness.tolist() == pytest.approx([1, 1, 0.5, 0.8])


def test_what_goes_together_with_a_deviation_is_told_with_its_interval() -> None:
    log = log_of(*["ABC"] * 8, *["AC"] * 7, hours=(*range(10, 18), *range(1, 8)))
    outcomes = Outcomes(
        won=np.array([True] * 6 + [False] * 2 + [True] * 2 + [False] * 5),
        lost=np.array([False] * 6 + [True, False] + [False] * 2 + [True] * 5),
        amount=np.zeros(15),
    )
    (skipped,) = conformance(log, LINE, outcomes).deviations
    # medians of 1 .. 7 and 10 .. 17 hours; the ends of the seven: round(3.5 - 2.59) = 1 and round(4.5 + 2.59) = 7
    assert skipped.time is not None
    assert (skipped.time.value, skipped.time.is_beyond_chance) == (4 * HOUR - 13.5 * HOUR, True)
    assert skipped.time.low == pytest.approx((-9.5 - (3**2 + 3.5**2) ** 0.5) * HOUR)
    assert skipped.win_rate == of_shares(2, 7, 6, 7)


def test_a_deviation_of_every_case_has_nothing_to_be_compared_with() -> None:
    (skipped,) = conformance(log_of("AC", "AC"), LINE).deviations
    assert (skipped.share, skipped.time, skipped.win_rate) == (100, None, None)


def test_cases_without_events_are_left_out() -> None:
    made = log_of("ABC", "AC")
    log = EventLog([*made.cases, "9"], made.steps, np.append(made.first, made.first[-1]), made.step, made.at)
    found = conformance(log, LINE)
    assert (found.cases, found.cost.tolist()) == (2, [0, 1, 0])
    assert found.mean_fitness == pytest.approx((1 + 4 / 5) / 2)
    assert np.isnan(found.fitness[2])
    assert told(found) == [("skipped", "B", 1, 1)]
    nothing = conformance(event_log([], [], np.array([], dtype=np.int64)), LINE)
    assert (nothing.cases, nothing.mean_fitness, nothing.log_fitness, nothing.deviations) == (0, None, None, ())


@pytest.mark.parametrize("exits", ["", "XY"])
def test_the_cost_of_each_case_is_that_of_a_search_and_the_deviations_add_up_to_it(exits: str) -> None:
    random = np.random.default_rng(len(exits))
    model = Model(tuple("ABCDE"), tuple(exits))
    names = [*"ABCDEzw", *exits]
    ways = ["".join(random.choice(names, int(random.integers(1, 12)))) for _ in range(1500)]
    stops = random.random(1500) < 0.3
    found = conformance(log_of(*ways), model, may_stop=stops)
    wanted = [searched(way, model, may_stop=bool(stop)) for way, stop in zip(ways, stops, strict=True)]
    assert found.cost.tolist() == wanted
    assert sum(each.count for each in found.deviations) == sum(wanted)
    outside = Counter(name for way in ways for name in way if name in "zw")
    assert {each.step: each.count for each in found.deviations if each.kind == "outside"} == outside
    for each in found.deviations:
        assert each.cases == int(each.in_case.sum())
        assert isinstance(each.time, Difference)
