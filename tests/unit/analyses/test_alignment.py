"""Alignments with a model of stages and exits: by hand, and against a search that knows nothing of the closed form."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from tests.unit.analyses.alignment_search import searched
from voronka.analyses.alignment import KINDS, Model, align, cost
from voronka.domain.errors import QuestionError


def places(trace: Sequence[str], model: Model) -> list[int]:
    return [model.steps.index(name) + 1 if name in model.steps else 0 for name in trace]


def told(trace: str, model: Model, *, may_stop: bool = False) -> list[str]:
    found = align(places(trace, model), model, may_stop=may_stop)
    skipped = [f"skipped {model.steps[place - 1]}" for place in found.skipped]
    return skipped + [f"{kind} {trace[index]}{index}" for index, kind in found.left_out]


@pytest.mark.parametrize(
    ("trace", "deviations"),
    [
        ("ABCD", []),
        ("", ["skipped A", "skipped B", "skipped C", "skipped D"]),
        ("ABD", ["skipped C"]),
        ("AABCD", ["repeated A1"]),
        ("ACBD", ["skipped B", "returned B2"]),
        ("ABCBD", ["returned B3"]),
        ("ABCBCD", ["returned B3", "repeated C4"]),
        ("BACD", ["skipped A", "returned A1"]),
        ("ADCB", ["skipped B", "skipped C", "returned C2", "returned B3"]),
        ("ADBC", ["skipped D", "returned D1"]),
        ("AzBCzD", ["outside z1", "outside z4"]),
    ],
)
def test_deviations_of_a_line_of_stages(trace: str, deviations: list[str]) -> None:
    assert told(trace, Model(tuple("ABCD"))) == deviations


@pytest.mark.parametrize(
    ("trace", "deviations"),
    [
        ("ABCD", []),
        ("AX", []),
        ("ABY", []),
        ("ABCDX", []),
        ("X", ["skipped A"]),
        ("", ["skipped A", "skipped X"]),
        ("AB", ["skipped X"]),
        ("ACX", ["skipped B"]),
        ("ABXX", ["repeated X3"]),
        ("ABXY", ["repeated Y3"]),
        ("AXBCD", ["returned X1"]),
        ("ABXC", ["returned C3"]),
        ("ABCX", []),
        ("zX", ["skipped A", "outside z0"]),
    ],
)
def test_deviations_where_a_case_may_leave_behind_any_stage(trace: str, deviations: list[str]) -> None:
    assert told(trace, Model(tuple("ABCD"), ("X", "Y"))) == deviations


@pytest.mark.parametrize(
    ("trace", "deviations"),
    [("A", []), ("AB", []), ("AC", ["skipped B"]), ("", ["skipped A"]), ("ABA", ["returned A2"]), ("AX", [])],
)
def test_a_case_that_may_stop_lacks_nothing_behind_its_last_stage(trace: str, deviations: list[str]) -> None:
    assert told(trace, Model(tuple("ABCD"), ("X",)), may_stop=True) == deviations


@pytest.mark.parametrize("exits", ["", "X", "XY"])
@pytest.mark.parametrize("may_stop", [False, True])
def test_the_cost_is_that_of_a_search_for_every_short_trace(exits: str, *, may_stop: bool) -> None:
    model = Model(tuple("ABC"), tuple(exits))
    for length in range(5):
        for trace in product(["A", "B", "C", "z", *exits], repeat=length):
            wanted = searched(trace, model, may_stop=may_stop)
            assert cost(places(trace, model), model, may_stop=may_stop) == wanted, trace
            assert align(places(trace, model), model, may_stop=may_stop).cost == wanted, trace


@pytest.mark.parametrize("seed", range(4))
def test_the_cost_is_that_of_a_search_for_long_random_traces(seed: int) -> None:
    random = np.random.default_rng(seed)
    for _ in range(600):
        stages, exits = int(random.integers(1, 8)), int(random.integers(0, 3))
        model = Model(tuple("ABCDEFG"[:stages]), tuple("XY"[:exits]))
        known = np.array([*model.steps, "z", "w"])
        trace = known[random.integers(0, len(known), int(random.integers(0, 16)))].tolist()
        may_stop = bool(random.integers(0, 2))
        wanted = searched(trace, model, may_stop=may_stop)
        found = align(places(trace, model), model, may_stop=may_stop)
        assert (cost(places(trace, model), model, may_stop=may_stop), found.cost) == (wanted, wanted), trace
        assert 0 <= wanted <= len(trace) + model.shortest(may_stop=may_stop)
        assert {kind for _, kind in found.left_out} <= set(KINDS)


def test_what_an_alignment_takes_together_and_puts_in_is_a_run_of_the_model() -> None:
    random = np.random.default_rng(11)
    model = Model(tuple("ABCDE"), ("X", "Y"))
    for _ in range(2000):
        trace = random.integers(0, 8, int(random.integers(0, 12))).tolist()
        found = align(trace, model)
        out = {index for index, _ in found.left_out}
        taken = [place for index, place in enumerate(trace) if index not in out]
        run = sorted([*taken, *found.skipped])
        ending = [place for place in run if place > 5]
        assert taken == sorted(taken)
        assert run[: len(run) - len(ending)] == list(range(1, len(run) - len(ending) + 1))
        assert len(ending) <= 1
        assert len(run) - len(ending) == 5 or (ending and len(run) > 1)


def test_the_shortest_run() -> None:
    assert Model(tuple("ABC")).shortest(may_stop=False) == 3
    assert Model(tuple("ABC"), ("X",)).shortest(may_stop=False) == 2
    assert Model(("A",), ("X",)).shortest(may_stop=False) == 1
    assert Model(tuple("ABC"), ("X",)).shortest(may_stop=True) == 1


@pytest.mark.parametrize(("stages", "exits"), [("", ""), ("ABA", ""), ("AB", "B")])
def test_a_model_names_each_step_once(stages: str, exits: str) -> None:
    with pytest.raises(QuestionError, match="the model"):
        Model(tuple(stages), tuple(exits))
