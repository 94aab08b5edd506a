"""Hand-overs of hand-made cases: from whom to whom, how long until the new person speaks, what waits now."""

from dataclasses import replace

import numpy as np

from voronka.analyses.event_log import event_log
from voronka.analyses.hand_overs import NOBODY, HandOvers, Hands, hand_overs, joints

HOUR = 3_600_000_000
STEPS = ("stage", "owner", "call", "task")
PEOPLE = {"-": NOBODY, "Anna": 0, "Boris": 1, "Vera": 2}
NOW = 100


def hands_of(*cases: tuple[str, bool]) -> Hands:
    """Return cases written as `step:person:record@hour ...`, and whether each is open."""
    events = [(number, each.partition("@")) for number, (way, _) in enumerate(cases) for each in way.split()]
    words = [(number, told.split(":")) for number, (told, _, _) in events]
    at = np.array([int(hour) for _, (_, _, hour) in events], dtype=np.int64) * HOUR
    log = event_log([f"c{number}" for number, _ in words], [step for _, (step, _, _) in words], at, known=STEPS)
    return Hands(
        log=log,
        person=np.array([PEOPLE[person] for _, (_, person, _) in words], dtype=np.int64),
        record=np.array([10 * number + int(record) for number, (_, _, record) in words], dtype=np.int64),
        tells=np.array([True, True, False, False]),
        contacts=np.array([False, False, True, False]),
        is_open=np.array([is_open for _, is_open in cases], dtype=np.bool_),
        amount=np.arange(1.0, len(cases) + 1),
        clock=at,
        clock_now=NOW * HOUR,
    )


def told(found: HandOvers) -> list[tuple[int, int, int, float, bool, bool]]:
    return [
        (int(case), int(giver), int(taker), float(seconds) / 3600, bool(is_over), bool(waits))
        for case, giver, taker, seconds, is_over, waits in zip(
            found.case, found.giver, found.taker, found.seconds, found.is_over, found.waits, strict=True
        )
    ]


def test_a_record_that_is_somebody_elses_is_handed_over_until_that_person_speaks() -> None:
    found = hand_overs(
        hands_of(
            ("stage:Anna:1@0 owner:Boris:1@5 call:Anna:1@6 task:Boris:1@7 call:Boris:1@9 call:Boris:1@12", True),
            ("stage:Anna:1@0 stage:Boris:2@3 stage:Anna:1@4 call:Boris:2@5", False),  # a deal of a lead
            ("stage:Anna:1@0 stage:-:1@2 stage:Anna:1@3 call:Anna:1@4", True),  # nobody's for a while
        )
    )
    # Anna's call and Boris's task are no contact of Boris's; the lead stays Anna's
    assert told(found) == [(0, 0, 1, 4, True, False), (1, 0, 1, 2, True, False)]


def test_a_wait_goes_on_until_the_record_is_handed_on_the_case_is_closed_or_now() -> None:
    found = hand_overs(
        hands_of(
            ("stage:Anna:1@0 owner:Boris:1@5 owner:Vera:1@8 call:Boris:1@9", True),
            ("stage:Anna:1@0 owner:Boris:1@5 stage:Boris:1@30", False),
        )
    )
    assert told(found) == [
        (0, 0, 1, 3, False, False),
        (0, 1, 2, 92, False, True),
        (1, 0, 1, 25, False, False),
    ]


def test_joints_count_what_was_lost_between_two_people() -> None:
    made = hands_of(
        ("stage:Anna:1@0 owner:Boris:1@1 call:Boris:1@3", True),
        ("stage:Anna:1@0 owner:Boris:1@1 call:Boris:1@21", True),
        ("stage:Anna:1@0 owner:Boris:1@40", True),
        ("stage:Anna:1@0 owner:Boris:1@95", True),
        ("stage:Boris:1@0 owner:Vera:1@1 call:Vera:1@1", True),
    )
    found = hand_overs(made)
    emptied = np.array([True, False, False, False, False])
    without_task = np.array([1.0, 0.0, np.nan, 1.0, np.nan])
    first, second = joints(found, 9 * 3600, (emptied, without_task), made.amount)
    assert (first.giver, first.taker, first.handed, second.handed) == (0, 1, 4, 1)
    # 2 and 20 hours, 60 without; that of 5 hours may yet be in time
    assert (first.watched, first.without_contact) == (3, 2)
    # of four the one of 2 is over, of the three left then one is censored at 5: 3/4, then 3/4 * 1/2 at 20
    assert first.median_seconds == 20 * 3600
    assert (first.emptied, first.of_task, first.without_task) == (1, 3, 2)
    assert (first.now, first.now_amount) == (2, 3 + 4)
    assert (second.median_seconds, second.without_contact, second.of_task) == (0, 0, 0)
    assert joints(found, 9 * 3600, (None, without_task), made.amount)[0].emptied is None


def test_nothing_handed_over_is_no_joint() -> None:
    made = hands_of(("stage:Anna:1@0 call:Boris:1@3", True))
    found = hand_overs(made)
    assert joints(found, 1.0, (None, np.zeros(0)), made.amount) == ()
    empty = replace(hands_of(), person=np.zeros(0, dtype=np.int64))
    assert len(hand_overs(empty).case) == 0
