"""Planted effects of load are found, none is hardly ever; days that are late are told apart from load."""

from dataclasses import replace

import numpy as np
import pytest

from voronka.analyses.lateness import (
    LONGEST,
    NOT_ESTABLISHED,
    TOO_FEW,
    Answers,
    Lateness,
    arrivals,
    lateness,
    queue,
)

DAY = 9 * 3600
NAN = float("nan")


def answers(*leads: tuple[float, float, int], now: float = 1e9) -> Answers:
    """Return answers of (came, took, person), a day each nine hours."""
    came, took, person = (np.array(values) for values in zip(*leads, strict=True))
    day = (came // DAY).astype(np.int64)
    same = np.zeros(len(leads), dtype=np.int64)
    return Answers(
        came=came.astype(np.float64),
        took=took.astype(np.float64),
        late=np.where(np.isnan(took), 1.0, took > 900),
        day=day,
        hour=same,
        weekday=day % 5 + 1,
        month=day // 21,
        person=person.astype(np.int64),
        is_at_work=np.ones(len(leads), dtype=np.bool_),
        is_asked=np.ones(len(leads), dtype=np.bool_),
        now=now,
    )


def simulated(seed: int, effect: float = 0.0, busy: float = 1.0, days: int = 90) -> Answers:
    """Return leads of five people; the answer takes `effect` of the day's arrivals longer, on Fridays `busy` times.

    Days have something in common, people are fast or slow, and of twenty leads one is never answered.
    """
    random = np.random.default_rng(seed)
    day = np.repeat(np.arange(days), random.poisson(np.where(np.arange(days) % 5 == 4, 24, 12)))
    person = random.integers(0, 5, len(day))
    came = day * DAY + np.sort(random.random(len(day))) * DAY
    order = np.lexsort((came, day))
    made = answers(*zip(came[order].tolist(), np.ones(len(day)).tolist(), person[order].tolist(), strict=True))
    log = np.log(600) + effect * np.log(arrivals(made)) + np.log(busy) * (made.weekday == 5)
    log += random.normal(0, 0.5, days)[made.day] + 0.4 * made.person + random.normal(0, 1, len(day))
    took = np.where(random.random(len(day)) < 0.05, NAN, np.exp(log))
    made = replace(made, hour=((made.came % DAY) // 3600).astype(np.int64), now=days * DAY + LONGEST)
    return replace(made, took=took, late=np.where(np.isnan(took), 1.0, took > 1800))


def told(found: Lateness, load: str) -> dict[str, float]:
    return {each.specification: each.percent for each in found.effects if each.load == load}


def test_load_is_counted_of_each_person_alone() -> None:
    made = answers(
        (100, 50, 0),  # alone
        (120, 10_000, 0),  # the first one waits
        (130, NAN, 1),  # of somebody else
        (160, 10, 0),  # the first was answered at 150, the second waits
        (DAY + 10, 10, 0),  # the second was answered at 10,120
        (DAY + 20, 5, 1),  # nobody answered the first
        (130 + LONGEST, 5, 1),  # nor by now: it is given up
    )
    assert queue(made).tolist() == [1, 2, 1, 2, 1, 2, 1]
    assert arrivals(made).tolist() == [3, 3, 1, 3, 1, 1, 1]


def test_a_planted_effect_is_found_under_every_specification() -> None:
    found = lateness(simulated(1, effect=1.0))
    # twice the arrivals, twice the time
    assert found.verdicts["arrivals"] == "longer"
    percents = told(found, "arrivals")
    assert list(percents) == ["none", "hour_weekday", "month", "person"]
    assert all(50 < each < 160 for each in percents.values())
    assert all(each.is_beyond_chance for each in found.effects if each.load == "arrivals")
    remains = next(each for each in found.remains if each.load == "arrivals")
    assert remains.percent is not None
    assert remains.high is not None
    assert remains.percent < remains.high < 100


def test_without_an_effect_one_is_established_in_5_of_100_looks_at_most() -> None:
    looks = 60
    verdicts = [lateness(simulated(seed, days=60)).verdicts["arrivals"] for seed in range(looks)]
    false = sum(each != NOT_ESTABLISHED for each in verdicts)
    # 5 % and two standard errors
    assert false <= looks * 0.05 + 2 * np.sqrt(looks * 0.05 * 0.95)


def test_a_weekday_that_is_late_is_named_and_not_taken_for_load() -> None:
    found = lateness(simulated(2, busy=4.0))
    # Fridays have twice the leads: it looks like load until weekdays are held equal
    assert found.effects[0].is_beyond_chance
    assert found.verdicts["arrivals"] == NOT_ESTABLISHED
    # one weekday far above the others; they are far below all the others, Friday among them
    assert [part.value for part in found.weekdays if part.is_beyond_chance and (part.points or 0) > 0] == [5]
    assert max(found.weekdays, key=lambda part: part.points or 0).value == 5


def test_shares_are_of_leads_that_are_due() -> None:
    made = answers((100, 50, 0), (200, 5000, 0), (DAY, NAN, 0), (DAY + 9, NAN, 0), now=DAY + 10)
    found = lateness(replace(made, late=np.array([0, 1, 1, NAN])))
    assert (found.leads, found.late) == (3, 2)
    assert found.share == pytest.approx(200 / 3)
    # nothing came long enough ago
    assert (found.watched, found.effects, found.remains) == (0, (), ())
    assert set(found.verdicts.values()) == {TOO_FEW}
    assert [(part.value, part.leads, part.share) for part in found.weekdays] == [(1, 2, 50), (2, 1, 100)]
    assert not any(part.is_beyond_chance for part in found.weekdays)


def test_what_remains_at_low_load_is_their_share_of_late_ones_by_that_of_all() -> None:
    # 30 days of one lead that is never late, 30 of two that are: a third of the leads are of low load
    alone = [(day * DAY, 10.0, 0) for day in range(30)]
    pairs = [(day * DAY + hour, 10_000.0, 0) for day in range(30, 60) for hour in (0, 7)]
    half = [(day * DAY, 10_000.0 if day % 2 else 10.0, 0) for day in range(60, 80)]
    found = lateness(answers(*alone, *pairs, *half))
    remains = next(each for each in found.remains if each.load == "arrivals")
    # alone: 10 of 50 are late, of all 70 of 110
    assert (remains.most, remains.leads, remains.share_low) == (1, 50, 20)
    assert remains.share == pytest.approx(100 * 70 / 110)
    assert remains.percent == pytest.approx(100 * 0.2 / (70 / 110))


def test_the_question_is_of_some_leads_the_load_of_all() -> None:
    made = simulated(3, effect=1.0)
    some = replace(made, is_asked=np.arange(len(made.came)) % 2 == 0)
    found = lateness(some)
    assert found.leads == int(np.count_nonzero(some.is_asked))
    assert found.remains[0].most == lateness(made).remains[0].most


def test_of_nobody_nothing_is_said() -> None:
    nothing = lateness(replace(simulated(1), is_asked=np.zeros(len(simulated(1).came), dtype=np.bool_)))
    assert (nothing.leads, nothing.share, nothing.weekdays, nothing.at_work) == (0, None, (), ())
