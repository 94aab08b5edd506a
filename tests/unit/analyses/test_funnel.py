"""The exact funnel beside a search through all tuples, and by hand where a shorter way would go wrong."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest

from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.funnel import NONE, Funnel, FunnelStep, Order, Reached, dropped, first_events, reached
from voronka.domain.errors import QuestionError

Case = Sequence[tuple[str, int]]
NAMES = "ABCD"


def log_of(*cases: str) -> EventLog:
    """Return the log of cases written as `A0 B5 A5`: steps of one letter, times in microseconds."""
    events = [(str(number), word[0], int(word[1:])) for number, case in enumerate(cases) for word in case.split()]
    return logged(events)


def logged(events: Sequence[tuple[str, str, int]]) -> EventLog:
    at = np.array([time for _, _, time in events], dtype=np.int64)
    return event_log([case for case, _, _ in events], [step for _, step, _ in events], at, known=NAMES)


def step(names: str, window: int | None = None, *, optional: bool = False) -> FunnelStep:
    return FunnelStep(names, tuple(NAMES.index(name) for name in names), window, optional)


def funnel(*names: str, order: Order = "ordered", window: int | None = None) -> Funnel:
    """Return a funnel of steps of letters: `AB` is A or B, `(A)` optional."""
    steps = tuple(step(name.strip("()"), optional=name.startswith("(")) for name in names)
    return Funnel(steps, order, window, "log")


def counts(log: EventLog, asked: Funnel) -> list[int]:
    return [len(each.cases) for each in reached(log, asked)]


def test_a_first_step_that_repeats_does_not_hide_who_went_on_the_second_time() -> None:
    # Windows of 14. First touch: case 0 runs from A0, and its B20 is too late; the second try A10 B20 C22 is whole.
    # Case 1 has B within 14 of A12 only, C within 14 of none: A12 to C40. Case 2 reaches all from its first try.
    log = log_of("A0 A10 B20 C22", "A0 A12 B25 C40", "A0 B1 C2", "B0 C1")
    found = reached(log, funnel("A", "B", "C", window=14))
    assert [each.cases.tolist() for each in found] == [[0, 1, 2], [0, 1, 2], [0, 2]]
    assert [log.at[each.event].tolist() for each in found] == [[10, 12, 0], [20, 25, 1], [22, 2]]
    assert [log.at[each.start].tolist() for each in found] == [[10, 12, 0], [10, 12, 0], [10, 0]]


def test_who_repeats_the_middle_keeps_the_latest_start() -> None:
    assert counts(log_of("A0 B1 A10 B11 C14"), funnel("A", "B", "C", window=5)) == [1, 1, 1]
    assert counts(log_of("A0 B1 A10 C14"), funnel("A", "B", "C", window=5)) == [1, 1, 0]


def test_the_window_holds_its_own_length() -> None:
    assert counts(log_of("A0 B14", "A0 B15"), funnel("A", "B", window=14)) == [2, 1]
    assert counts(log_of("A0 B0", "A0 B1"), funnel("A", "B", window=0)) == [2, 1]


def test_events_of_one_time_stand_as_the_log_has_them() -> None:
    assert counts(log_of("A5 B5", "B5 A5"), funnel("A", "B")) == [2, 1]


def test_events_of_one_time_may_stand_as_the_funnel_wants_them() -> None:
    log = log_of("C5 B5 A5", "A0 C5 B5", "B5 A6", "A0")
    steps = funnel("A", "B", "C").steps
    found = reached(log, Funnel(steps))
    assert [each.cases.tolist() for each in found] == [[0, 1, 2, 3], [0, 1], [0, 1]]
    assert [[log.steps[place] for place in log.step[each.event]] for each in found] == [["A"] * 4, ["B"] * 2, ["C"] * 2]
    assert counts(log, Funnel(steps, ties="log")) == [4, 1, 0]
    assert counts(log, Funnel(steps, "strict")) == [4, 0, 0]
    assert counts(log_of("B5 A5"), Funnel((*steps[:2], *steps[:2]))) == [1, 0, 0, 0]


def test_a_step_that_repeats_needs_as_many_events() -> None:
    log = log_of("A0", "A0 A1", "A0 A0 A1")
    for order in ("ordered", "strict", "any"):
        assert counts(log, funnel("A", "A", "A", order=order)) == [3, 2, 1]


def test_a_step_of_several_names_is_any_of_them() -> None:
    assert counts(log_of("A0 C1", "B0 C1", "D0 C1"), funnel("AB", "C")) == [2, 2]


def test_nothing_stands_between_the_steps_of_a_strict_chain() -> None:
    log = log_of("A0 B1 C2", "A0 D1 B2 C3", "A0 A1 B2 C3", "A0 B1 B2 C3")
    assert [each.cases.tolist() for each in reached(log, funnel("A", "B", "C", order="strict"))] == [
        [0, 1, 2, 3],
        [0, 2, 3],
        [0, 2],
    ]


def test_an_optional_step_breaks_no_chain_and_tells_its_own_reach() -> None:
    log = log_of("A0 B1 C2", "A0 C1", "A0 C1 B2", "A0 B1")
    found = reached(log, funnel("A", "(B)", "C"))
    assert [each.cases.tolist() for each in found] == [[0, 1, 2, 3], [0, 2, 3], [0, 1, 2]]
    strict = reached(log_of("A0 B1 C2", "A0 C1", "A0 D1 C2", "A0 B1 B2 C3"), funnel("A", "(B)", "C", order="strict"))
    assert [each.cases.tolist() for each in strict] == [[0, 1, 2, 3], [0, 3], [0, 1, 3]]


def test_in_any_order_all_must_lie_in_one_window() -> None:
    log = log_of("C0 A4 B5", "A0 B6", "B0 A9 C10 B11", "C0 A1")
    assert [each.cases.tolist() for each in reached(log, funnel("A", "B", "C", order="any", window=5))] == [
        [0, 1, 2, 3],
        [0, 2],
        [0, 2],
    ]


def test_a_chain_in_any_order_is_timed_from_whatever_came_before() -> None:
    found = reached(log_of("C0 A4 B5"), funnel("A", "B", "C", order="any"))
    assert [(each.event.tolist(), each.before.tolist(), each.start.tolist()) for each in found] == [
        ([1], [0], [0]),
        ([2], [1], [0]),
        ([0], [NONE], [0]),
    ]


def test_who_dropped_is_told_by_number() -> None:
    asked = funnel("A", "(B)", "C")
    found = reached(log_of("A0 B1 C2", "A0 C1", "A0 B1", "B0"), asked)
    assert [dropped(asked, found, place).tolist() for place in range(3)] == [[2], [], []]
    assert found[0].among(dropped(asked, found, 0)).event.tolist() == [5]


def test_the_first_event_of_a_step_is_told_in_a_chain_or_not() -> None:
    cases, events = first_events(log_of("B0 A1 A2", "B0", "A0"), step("A"))
    assert (cases.tolist(), events.tolist()) == ([0, 2], [1, 4])


def test_a_log_without_events_has_nobody_at_any_step() -> None:
    for order in ("ordered", "strict", "any"):
        assert counts(logged([]), funnel("A", "(B)", "C", order=order)) == [0, 0, 0]


@pytest.mark.parametrize(
    ("steps", "order", "said"),
    [
        ((), "ordered", "a funnel has 1 to 20 steps, not 0"),
        ((step("A"),) * 21, "ordered", "a funnel has 1 to 20 steps, not 21"),
        ((step("A", optional=True), step("B")), "ordered", "the first step cannot be optional: A"),
        ((step("A", 5), step("B")), "ordered", "the first step has none before it to be timed from: A"),
        ((step("A"), step("B", 5)), "any", "in any order no step stands before another to be timed from: B"),
        ((step("AB"), step("BC")), "any", "in any order two steps cannot share some of their events only: AB, BC"),
    ],
)
def test_what_has_no_meaning_is_refused(steps: tuple[FunnelStep, ...], order: Order, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        Funnel(steps, order)


# The search below knows nothing of latest starts: it tries every choice of events for the steps of every chain.


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
@pytest.mark.parametrize("seed", range(8))
def test_every_chain_that_exists_is_found_and_no_other(order: Order, seed: int) -> None:
    chance = Random(f"{order} {seed}")  # noqa: S311 - a repeatable draw
    for _ in range(60):
        cases = [random_case(chance) for _ in range(8)]
        asked = random_funnel(chance, order)
        log = logged([(str(n), name, at) for n, case in enumerate(cases) for name, at in case])
        found = reached(log, asked)
        numbers = [int(case) for case in log.cases]
        for place in range(len(asked.steps)):
            wanted = {n: wanted_chain(cases[n], asked, place) for n in numbers}
            in_log = {numbers.index(n): chain for n, chain in wanted.items() if chain is not None}
            assert told(log, found[place]) == in_log, (cases, asked, place)


@pytest.mark.parametrize("seed", range(8))
def test_with_either_order_of_ties_times_that_do_not_fall_are_enough(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a repeatable draw
    for _ in range(60):
        cases = [random_case(chance) for _ in range(8)]
        asked = random_funnel(chance, "ordered")
        names = chance.sample(["A", "B", "CD"], min(3, len(asked.steps)))
        steps = tuple(
            step(name, one.window, optional=one.is_optional) for name, one in zip(names, asked.steps, strict=False)
        )
        asked = Funnel(steps, "ordered", asked.window)
        log = logged([(str(n), name, at) for n, case in enumerate(cases) for name, at in case])
        for place, found in enumerate(reached(log, asked)):
            wanted = [i for i, n in enumerate(log.cases) if goes_by_times(cases[int(n)], asked, place)]
            assert found.cases.tolist() == wanted, (cases, asked, place)


def goes_by_times(case: Case, asked: Funnel, place: int) -> bool:
    """Say whether times t1 <= .. <= tk of the steps exist, no later than their windows say."""
    places = [each for each in asked.required if each < place] + [place]
    named = [{NAMES[of] for of in asked.steps[each].of} for each in places]
    windows = [asked.steps[each].window for each in places[1:]]
    for times in product(*([at for name, at in case if name in names] for names in named)):
        links = [later - at for at, later in pairwise(times)]
        fits = all(gap >= 0 and (window is None or gap <= window) for gap, window in zip(links, windows, strict=True))
        if fits and (asked.window is None or times[-1] - times[0] <= asked.window):
            return True
    return False


def random_case(chance: Random) -> Case:
    """Return up to eight events of up to four steps, in the log's order, many at one time."""
    times = sorted(chance.randrange(10) for _ in range(chance.randrange(9)))
    return [(chance.choice("AAABBCD"), at) for at in times]


def random_funnel(chance: Random, order: Order) -> Funnel:
    names = ["A", "B", "C", "AB"] if order == "any" else ["A", "B", "C", "D", "AB", "BC"]
    if order == "any":
        names.remove(chance.choice(["A", "AB"]))
        names = [name for name in names if not ("AB" in names and name == "B")]
    steps = [step(chance.choice(names))]
    for _ in range(chance.randrange(4)):
        window = chance.choice([None, None, 0, 2, 5]) if order != "any" else None
        steps.append(step(chance.choice(names), window, optional=chance.random() < 0.3))
    return Funnel(tuple(steps), order, chance.choice([None, 0, 2, 4, 6]), "log")


def told(log: EventLog, found: Reached) -> dict[int, tuple[int, int, int]]:
    """Return event, event before and start of each case, as places in the case."""
    first = log.first[found.cases]
    before = np.where(found.before == NONE, NONE, found.before - first)
    rows = zip(found.cases, found.event - first, before, found.start - first, strict=True)
    return {int(case): (int(event), int(earlier), int(start)) for case, event, earlier, start in rows}


def wanted_chain(case: Case, asked: Funnel, place: int) -> tuple[int, int, int] | None:
    """Return what a step's place in its chain is to be: its event, the one before it, the chain's first."""
    if not list(tuples(case, asked, place)):
        return None
    end = place
    if not asked.steps[place].is_optional:
        end = max(each for each in asked.required if each >= place and list(tuples(case, asked, each)))
    chain = min(tuples(case, asked, end), key=lambda events: (max(events), -min(events), *(-e for e in events[::-1])))
    event = chain[-1] if end == place else chain[asked.required.index(place)]
    before = max((each for each in chain if each < event), default=NONE)
    return event, before, min(chain)


def tuples(case: Case, asked: Funnel, place: int) -> Iterator[tuple[int, ...]]:
    """Yield every choice of events that makes a chain to a step: by the definition, nothing cleverer."""
    places = [each for each in asked.required if each < place] + [place]
    named = [{NAMES[of] for of in asked.steps[each].of} for each in places]
    for events in product(*([e for e, (name, _) in enumerate(case) if name in names] for names in named)):
        if is_chain(case, asked, places, events):
            yield events


def is_chain(case: Case, asked: Funnel, places: Sequence[int], events: Sequence[int]) -> bool:
    times = [case[event][1] for event in events]
    if asked.window is not None and max(times) - min(times) > asked.window:
        return False
    if asked.order == "any":
        alike = [(asked.steps[place].of, event) for place, event in zip(places, events, strict=True)]
        return len(set(events)) == len(events) and all(
            one < other for n, (of, one) in enumerate(alike) for of_other, other in alike[n + 1 :] if of == of_other
        )
    links = list(zip(places, events, strict=True))
    return all(is_link(case, asked, *pair) for pair in pairwise(links))


def is_link(case: Case, asked: Funnel, one: tuple[int, int], other: tuple[int, int]) -> bool:
    (place, event), (next_place, next_event) = one, other
    if next_event <= event:
        return False
    window = asked.steps[next_place].window
    if window is not None and case[next_event][1] - case[event][1] > window:
        return False
    passed = {NAMES[of] for between in asked.steps[place + 1 : next_place] for of in between.of}
    return asked.order != "strict" or all(name in passed for name, _ in case[event + 1 : next_event])
