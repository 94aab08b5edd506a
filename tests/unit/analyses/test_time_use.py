import numpy as np
import pytest

from voronka.analyses.time_use import time_use

RESULT = {"a": 90.0, "b": 80.0, "c": 30.0, "d": 20.0, "e": 10.0, "f": 5.0}


def test_the_best_third_is_set_against_the_rest() -> None:
    calls = {"a": 50.0, "b": 54.0, "c": 20.0, "d": 22.0, "e": 18.0, "f": 24.0}
    found = time_use(RESULT, {"calls": calls, "mails": dict.fromkeys(RESULT, 0.0)})
    assert found is not None
    assert found.best == ("a", "b")
    [use] = found.uses  # nobody wrote a mail
    # means 52 and 21, variances 8 and 20/3: the error is sqrt(8 / 2 + 20 / 12) = 2.3805; freedom
    # 5.6667^2 / (16 + 2.7778 / 3) = 1.897, whose t of 95 % is 4.54
    assert (use.best, use.rest, use.difference.value) == (52, 21, 31)
    assert use.difference.low == pytest.approx(31 - 4.54 * 2.3805, abs=0.15)
    assert use.difference.is_beyond_chance


def test_the_interval_widens_with_the_kinds_that_are_compared() -> None:
    calls = {"a": 50.0, "b": 54.0, "c": 20.0, "d": 22.0, "e": 18.0, "f": 24.0}
    alone = time_use(RESULT, {"calls": calls})
    among = time_use(RESULT, {"calls": calls, "mails": calls, "talks": calls})
    assert alone is not None
    assert among is not None
    assert (among.uses[0].difference.low or 0) < (alone.uses[0].difference.low or 0)


def test_few_people_and_equal_ones_are_not_compared() -> None:
    assert time_use({"a": 3.0, "b": 2.0, "c": 1.0, "d": 0.0}, {"calls": {"a": 1.0}}) is None
    assert time_use(dict.fromkeys("abcdef", 1.0), {"calls": {"a": 1.0}}) is None


def test_work_that_nothing_varies_in_has_no_interval() -> None:
    found = time_use(RESULT, {"calls": {"a": 2.0, "b": 2.0, "c": 1.0, "d": 1.0, "e": 1.0, "f": 1.0}})
    assert found is not None
    assert (found.uses[0].difference.value, found.uses[0].difference.low) == (1, None)


def test_of_many_kinds_that_do_not_differ_seldom_any_is_named() -> None:
    drawn, people, named = np.random.default_rng(4), [f"p{n}" for n in range(15)], 0
    for _ in range(150):
        result = dict(zip(people, drawn.random(15).tolist(), strict=True))
        work = {f"kind{n}": dict(zip(people, drawn.gamma(4, 3, 15).tolist(), strict=True)) for n in range(10)}
        found = time_use(result, work)
        assert found is not None
        named += any(use.difference.is_beyond_chance for use in found.uses)
    assert named / 150 < 0.05 + 4 * (0.05 * 0.95 / 150) ** 0.5


def test_what_the_best_truly_do_more_of_is_found() -> None:
    drawn, people, named = np.random.default_rng(5), [f"p{n}" for n in range(15)], 0
    for _ in range(100):
        calls = drawn.normal(40, 6, 15)
        result = dict(zip(people, (calls + drawn.normal(0, 2, 15)).tolist(), strict=True))
        work = {f"kind{n}": dict(zip(people, drawn.gamma(4, 3, 15).tolist(), strict=True)) for n in range(5)}
        found = time_use(result, work | {"calls": dict(zip(people, calls.tolist(), strict=True))})
        assert found is not None
        named += any(use.kind == "calls" and use.difference.is_beyond_chance for use in found.uses)
    assert named > 70
