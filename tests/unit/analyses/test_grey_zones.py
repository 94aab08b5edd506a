"""Grey stretches of hand-made cases: which there are, how long, with how much money, and who sits there now."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from voronka.analyses.event_log import event_log
from voronka.analyses.grey_zones import NO_STEP, GreyZones, Process, grey_zones

HOUR = 3_600_000_000
NOW = 100
STEPS = ("Lead", "Ready", "Rejected", "New", "Offer", "Won", "Lost", "Lawyers", "call", "payment")
PIPELINE = (1, 1, 1, 2, 2, 2, 2, 2, 0, 0)
Case = tuple[str, int | None, float]


def process_of(*cases: Case, worked: bool = False) -> Process:
    """Return a process of cases written as `step@hour ...`, the hour of closing (None: open) and the money."""
    events = [(number, each.partition("@")) for number, (way, _, _) in enumerate(cases) for each in way.split()]
    at = np.array([int(hour) * HOUR for _, (_, _, hour) in events], dtype=np.int64)
    log = event_log(
        [f"c{number}" for number, _ in events],
        [step for _, (step, _, _) in events],
        at,
        at // 3 if worked else None,
        STEPS,
    )

    def among(*names: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.array([step in names for step in STEPS])

    closed = [end for _, end, _ in cases]
    return Process(
        log=log,
        in_model=among("Lead", "Ready", "Rejected", "New", "Offer", "Won", "Lost"),
        outside=among("Lawyers"),
        ends=among("Ready", "Rejected", "Won", "Lost"),
        is_good=among("Ready", "Won"),
        works=among("call"),
        pipeline=np.array(PIPELINE),
        until=np.array([(NOW if end is None else end) * HOUR for end in closed], dtype=np.int64),
        is_open=np.array([end is None for end in closed], dtype=np.bool_),
        amount=np.array([amount for _, _, amount in cases], dtype=np.float64),
        is_told=np.ones(len(cases), dtype=np.bool_),
        worked_until=NOW * HOUR // 3 if worked else None,
    )


def told(found: GreyZones) -> Sequence[tuple[str, str | None, int, float]]:
    return [(z.kind, None if z.step == NO_STEP else STEPS[z.step], z.cases, z.hours) for z in found.zones]


def test_each_kind_of_zone_is_where_it_is() -> None:
    found = grey_zones(
        process_of(
            ("New@0 call@1 Offer@2 Lawyers@4 call@5 Won@10", 10, 100),  # 6 hours outside
            ("New@0 Lawyers@90", None, 50),  # outside since 90, to now: 10
            ("call@0 New@3 Lost@4 call@9 payment@30", 4, 30),  # 3 before, 5 after; a payment is no work
            ("Lead@0 Ready@2 New@9 Won@10", 10, 20),  # 7 between Ready and New
            ("New@0 call@1 Won@50", 50, 10),  # work inside a stage is no grey zone
        )
    )
    assert told(found) == [
        ("outside", "Lawyers", 2, 16),
        ("between", None, 1, 7),
        ("after", None, 1, 5),
        ("before", None, 1, 3),
    ]
    # lives: 10, 100, to the last call 9, 10, 50
    assert (found.cases, found.grey_cases, found.share_cases) == (5, 4, 80)
    assert (found.hours, found.grey_hours) == (179, 31)
    assert found.share_hours == pytest.approx(100 * 31 / 179)
    assert (found.amount, found.grey_amount) == (210, 200)
    assert found.share_amount == pytest.approx(100 * 200 / 210)


def test_what_sits_there_now_is_told_with_its_money_and_since_when() -> None:
    found = grey_zones(
        process_of(
            ("Lawyers@60", None, float("nan")), ("New@0 Lawyers@20", None, 7), ("call@10", None, 5), ("call@1", 2, 3)
        )
    )
    outside, before = sorted(found.zones, key=lambda zone: zone.kind, reverse=True)
    assert (outside.cases, outside.now_cases, outside.now_amount, outside.amount) == (2, 2, 7, 7)
    # without any stage a case is before all of them: 90 hours open, 1 closed
    assert (before.kind, before.hours, before.now_cases, before.now_amount, before.amount) == ("before", 91, 1, 5, 8)
    assert [(each.case, found.zones[each.zone].kind, each.since // HOUR) for each in found.stuck] == [
        (2, "before", 10),
        (1, "outside", 20),
        (0, "outside", 60),
    ]


def test_the_usual_neighbours_are_those_of_most_stretches_and_the_median_counts_who_still_waits() -> None:
    found = grey_zones(
        process_of(
            *[(f"New@0 Offer@1 Lawyers@2 Won@{end}", end, 0.0) for end in (3, 5, 9)],
            ("New@0 Lawyers@1 Lost@2", 2, 0.0),
            ("New@0 Lawyers@70", None, 0.0),
        )
    ).zones[0]
    assert (STEPS[found.source], STEPS[found.target]) == ("Offer", "Won")
    # waits of 1, 1, 3 and 7 hours, one of 30 still going on: three of five within 3 hours
    assert found.median_seconds == 3 * 3600
    assert found.share == 100


def test_working_hours_are_those_of_the_working_clock() -> None:
    found = grey_zones(process_of(("New@0 Lawyers@3 Won@9", 9, 0), ("Lawyers@70", None, 0), worked=True))
    # a third of 9 and 30 hours of life, of 6 and 30 in the zone
    assert (found.working_hours, found.grey_working_hours) == (13, 12)
    assert found.zones[0].working_hours == 12


def test_a_case_won_and_begun_anew_in_its_own_pipeline_is_in_no_zone() -> None:
    found = grey_zones(process_of(("New@0 Won@5 New@90", None, 1), ("Lead@0 Rejected@1 New@40", None, 1)))
    assert found.zones == ()
    assert found.share_hours == 0


def test_before_the_first_stage_nothing_is_known_of_cases_whose_stages_are_not_told() -> None:
    cases = (("call@0 New@3 Won@9", 9, 1.0), ("call@10", None, 5.0), ("call@0 New@3 Won@9", 9, 1.0))
    found = grey_zones(replace(process_of(*cases), is_told=np.array([False, False, True])))
    assert told(found) == [("before", None, 1, 3)]
    # six hours are known of the first case, none of the second, nine of the third
    assert (found.hours, found.untold_cases, found.stuck) == (15, 2, ())


def test_the_last_entry_of_a_process_of_one_step_is_in_no_zone() -> None:
    one, yes = np.array([1]), np.array([True])
    process = replace(
        process_of(("New@0", 5, 10)),
        log=event_log(["c0"], ["New"], np.array([0]), None, ("New",)),
        in_model=yes,
        outside=~yes,
        ends=~yes,
        is_good=yes,
        works=~yes,
        pipeline=one,
    )
    assert grey_zones(process).zones == ()


def test_nothing_is_no_grey_zone() -> None:
    found = grey_zones(process_of())
    assert (found.cases, found.zones, found.stuck, found.share_cases, found.share_hours) == (0, (), (), None, None)
