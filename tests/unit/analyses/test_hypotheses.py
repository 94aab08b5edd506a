"""What a log says of a hypothesis, on logs worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from voronka.analyses.alignment import Model
from voronka.analyses.event_log import event_log
from voronka.analyses.hypotheses import MICROSECONDS, Looked, held_against, judged, median_ends, passages
from voronka.domain.hypotheses import Bound, Chosen, Claim, Clock, Found, Kind

HOUR = 3600 * MICROSECONDS
STEPS = ("A", "B", "C")
A, B, C = (0,), (1,), (2,)


def looked(*ways: str, open_cases: tuple[int, ...] = (), now: int = 1000, model: Model | None = None) -> Looked:
    """Return a log of ways such as `A0 B5`: a step and its hour; the clock of work runs at half the speed."""
    told = [
        (f"case {number}", event[0], int(event[1:]) * HOUR) for number, way in enumerate(ways) for event in way.split()
    ]
    cases, steps, at = zip(*told, strict=True)
    hours = np.array(at, dtype=np.int64)
    log = event_log(cases, steps, hours, hours // 2, known=STEPS)
    is_open = np.isin(np.arange(len(ways)), open_cases)
    return Looked(log, is_open, now * HOUR, now * HOUR // 2, model)


def claim(kind: Kind, value: float, bound: Bound = "most", clock: Clock = "calendar") -> Claim:
    chosen = Chosen(pipeline="sales")
    return Claim(
        kind=kind, step="A", to="" if kind == "skip" else "B", bound=bound, value=value, clock=clock, chosen=chosen
    )


def test_a_passage_begins_at_the_last_time_at_the_step_before_the_first_arrival() -> None:
    # 5 - 3 though A happened at 0 already and B again at 9; B before any A is no arrival
    found = passages(looked("A0 A3 B5 B9", "B0 A1 B2", "A4 C5", "C1"), A, B)
    assert (found.took // HOUR).tolist() == [1, 2]
    assert (len(found.waited), found.reached) == (0, 3)


def test_passages_and_shares_are_those_of_a_search_through_every_pair_of_events() -> None:
    random = np.random.default_rng(8)
    for _ in range(60):
        ways = [
            " ".join(f"{random.choice(STEPS)}{hour}" for hour in np.sort(random.integers(0, 50, random.integers(1, 9))))
            for _ in range(12)
        ]
        seen = looked(*ways)
        told = [[(event[0], int(event[1:])) for event in way.split()] for way in ways]
        pairs = [
            [
                (early, late)
                for late in range(len(case))
                for early in range(late)
                if (case[early][0], case[late][0]) == ("A", "B")
            ]
            for case in told
        ]
        # the pair of the earliest arrival, and of those the one that begins latest
        chosen = [
            (case, min(found, key=lambda pair: (pair[1], -pair[0])))
            for case, found in zip(told, pairs, strict=True)
            if found
        ]
        took = sorted(case[late][1] - case[early][1] for case, (early, late) in chosen)
        assert (passages(seen, A, B).took // HOUR).tolist() == took
        at_step = sum(any(step == "A" for step, _ in case) for case in told)
        found = held_against(seen, claim("reach", 50), A, B)
        assert (found.cases, found.value) == (at_step, 100 * len(chosen) / at_step if at_step else None)


def test_open_cases_wait_since_they_were_last_at_the_step_and_closed_ones_do_not() -> None:
    found = passages(looked("A0 A6", "A2", "A0 B1", open_cases=(0, 2), now=10), A, B)
    assert (found.waited // HOUR).tolist() == [4]
    assert (found.took // HOUR).tolist() == [1]


def test_the_interval_of_a_median_is_where_the_band_of_the_curve_holds_a_half() -> None:
    """Six lengths of 1 to 6 h: S is 5/6 .. 1/6, its variance by Greenwood k / (6 (6 - k)), on the scale of log(-log).

    At 1 h: ln S = -0.1823, spread sqrt(1/30) / 0.1823 = 1.0014; exp(-0.1823 e^(1.96 * 1.0014)) = 0.2731: a half is
    in the band already. At 5 h: ln S = -1.7918, spread sqrt(5/6) / 1.7918 = 0.5095, upper end
    exp(-1.7918 e^(-0.9985)) = 0.5166; at 6 h nobody is left.
    """
    took = np.arange(1, 7)
    assert median_ends(took, took[:0]) == (1.0, 6.0)


def test_the_interval_has_no_upper_end_while_too_many_wait() -> None:
    took, waited = np.arange(1, 7), np.full(8, 20)
    low, high = median_ends(took, waited)
    assert high is None
    assert low is not None


def test_the_interval_holds_the_median_in_95_of_100_samples() -> None:
    random, held = np.random.default_rng(6), 0
    for _ in range(600):
        lengths, until = random.exponential(10.0, 60), random.uniform(0, 40, 60)
        low, high = median_ends(np.sort(lengths[lengths <= until]), until[lengths > until])
        held += (low is None or low <= 10 * np.log(2)) and (high is None or high >= 10 * np.log(2))
    assert 0.92 <= held / 600 <= 0.99


def test_a_time_holds_where_the_whole_interval_is_below_the_limit() -> None:
    seen = looked(*(f"A0 B{hours}" for hours in (1, 2, 3, 4, 5, 6)))
    found = held_against(seen, claim("time", 6 * 3600), A, B)
    assert (found.verdict, found.reason, found.cases, found.open_cases) == ("holds", "", 6, 0)
    assert (found.value, found.low, found.high) == (3.5 * 3600, 3600.0, 6 * 3600.0)
    assert held_against(seen, claim("time", 5 * 3600), A, B).verdict == "not_established"
    assert held_against(seen, claim("time", 1800), A, B).verdict == "fails"
    assert held_against(seen, claim("time", 3600, "least"), A, B).verdict == "holds"
    assert held_against(seen, claim("time", 7 * 3600, "least"), A, B).verdict == "fails"


def test_working_time_is_read_from_its_own_clock_and_missed_where_there_is_none() -> None:
    seen = looked(*(f"A0 B{hours}" for hours in (2, 4, 6, 8, 10, 12)))
    asked = claim("time", 6 * 3600, clock="working")
    assert held_against(seen, asked, A, B).value == 3.5 * 3600
    without = replace(seen, log=replace(seen.log, worked=None))
    assert held_against(without, asked, A, B) == Found("not_established", "no_clock")


def test_those_who_wait_keep_a_time_from_being_established() -> None:
    ways = [*(f"A0 B{hours}" for hours in (1, 2, 3, 4, 5, 6)), *("A0" for _ in range(8))]
    closed = held_against(looked(*ways), claim("time", 6 * 3600), A, B)
    assert (closed.verdict, closed.cases) == ("holds", 6)
    waiting = held_against(looked(*ways, open_cases=tuple(range(6, 14))), claim("time", 6 * 3600), A, B)
    assert (waiting.verdict, waiting.reason, waiting.high) == ("not_established", "waiting", None)
    assert (waiting.cases, waiting.open_cases, waiting.value) == (14, 8, 3.5 * 3600)
    # that it takes longer than half an hour they cannot change
    assert held_against(looked(*ways, open_cases=(6,)), claim("time", 1800), A, B).verdict == "fails"


def test_a_share_that_gets_there_counts_whoever_comes_later_in_whatever_way() -> None:
    ways = [*("A0 C1 B2" for _ in range(40)), *("B0 A1" for _ in range(10)), "B3"]
    found = held_against(looked(*ways), claim("reach", 60, "least"), A, B)
    assert (found.value, found.cases, found.open_cases, found.verdict) == (80.0, 50, 0, "holds")
    # Wilson of 40 of 50
    assert [found.low, found.high] == pytest.approx([66.96, 88.76], abs=0.01)
    assert held_against(looked(*ways), claim("reach", 90, "least"), A, B).verdict == "fails"
    chance = held_against(looked(*ways), claim("reach", 75, "least"), A, B)
    assert (chance.verdict, chance.reason) == ("not_established", "chance")


def test_open_cases_widen_a_share_to_what_it_may_become() -> None:
    ways = [*("A0 B2" for _ in range(20)), *("A0" for _ in range(30))]
    found = held_against(looked(*ways, open_cases=tuple(range(20, 50))), claim("reach", 60, "least"), A, B)
    # Wilson of 20 of 50 from below, of 50 of 50 from above
    assert (found.value, found.open_cases) == (40.0, 30)
    assert [found.low, found.high] == pytest.approx([27.61, 100.0], abs=0.01)
    assert (found.verdict, found.reason) == ("not_established", "waiting")
    assert held_against(looked(*ways), claim("reach", 60, "least"), A, B).verdict == "fails"


def test_returns_are_of_those_who_were_at_the_step() -> None:
    # from A back to B: B happened again after an A; B before A alone is none
    ways = [*("B0 A1 B2" for _ in range(2)), *("B0 A1" for _ in range(6)), "B0"]
    found = held_against(looked(*ways), claim("return", 10), A, B)
    assert (found.value, found.cases, found.verdict) == (25.0, 8, "not_established")
    assert held_against(looked(*ways), claim("return", 5), A, B).verdict == "fails"  # 7.1 % at the least


def test_skips_are_the_deviations_of_the_model() -> None:
    model = Model(("A", "B", "C"))
    ways = [*("A0 B1 C2" for _ in range(9)), "B0 C1", "A0"]
    seen = looked(*ways, open_cases=(10,), model=model)
    found = held_against(seen, claim("skip", 50), A)
    assert (found.cases, found.verdict) == (11, "holds")
    assert found.value == pytest.approx(100 / 11)
    assert held_against(replace(seen, model=None), claim("skip", 50), A).reason == "gone"
    assert held_against(replace(seen, model=Model(("B", "C"))), claim("skip", 50), A).reason == "gone"


@pytest.mark.parametrize(("kind", "reason"), [("time", "few"), ("reach", "few"), ("return", "few")])
def test_five_cases_establish_nothing(kind: Kind, reason: str) -> None:
    found = held_against(looked(*("A0 B1" for _ in range(5))), claim(kind, 1), A, B)
    assert (found.verdict, found.reason, found.cases) == ("not_established", reason, 5)
    assert found.value is not None


def test_nobody_at_the_step_establishes_nothing() -> None:
    for kind in ("time", "reach", "return"):
        found = held_against(looked("C0"), claim(kind, 1), A, B)
        assert (found.verdict, found.reason, found.value) == ("not_established", "nobody", None)
    waiting = held_against(looked("A0", open_cases=(0,)), claim("time", 1), A, B)
    assert (waiting.reason, waiting.open_cases) == ("waiting", 1)


def test_a_limit_that_the_interval_touches_is_kept() -> None:
    found = Found("not_established", "", 2.0, 1.0, 3.0, 10)
    asked = claim("reach", 3.0)
    assert judged(asked, found, (1.0, 3.0)).verdict == "holds"
    assert judged(replace(asked, value=1.0), found, (1.0, 3.0)).verdict == "not_established"
    assert judged(replace(asked, value=1.0, bound="least"), found, (1.0, 3.0)).verdict == "holds"
