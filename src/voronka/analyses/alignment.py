"""What a case did otherwise than the stages say: the cheapest alignment of its events with a run of the model.

**The model.** Stages s1 .. sn in their order. A run goes through all of them; where there are exits (lost, rejected),
a run may also leave by one of them behind any stage: s1 .. sk, x for k = 1 .. n. A case that `may_stop` (it is still
open) may end behind any stage: s1 .. sk. So of a case that may not, everything up to the end or to an exit is
required.

**The cost.** An alignment takes an event and a step of the run together where they are the same (cost 0), leaves an
event out (1), or puts in a step of the run that did not happen (1). With j taken together of m events and a run of r
steps that is m + r - 2 j; the cheapest takes as many together as the two have in common in the same order, and since
a run is s1 .. sk, that is the longest strictly increasing run among the stages' positions. Let F(k) be that of
positions up to k over all events, B(k) the same over the events before the last exit event. The cost is the least of

- m + n - 2 F(n): all stages;
- m + (k + 1) - 2 (B(k) + 1) for k = 1 .. n, where an exit happened: left by it. The last one is best, as B can only
  grow with more events before it, and which exit it is does not matter to the cost;
- m + (k + 1) - 2 F(k): left by an exit that is not there;
- m + k - 2 F(k): stopped, where that may be.

F(k) and B(k) for every k come from one pass: patience sorting keeps for each length the smallest position on which an
increasing run of that length ends; these are increasing, so that F(k) is how many of them are at most k, and only at
them can k - 2 F(k) be least, but for k = 1.

**Fitness** is 1 - cost / (m + the steps of the shortest run): the share that is saved of what it costs to leave out
all events and put in a whole run (W. van der Aalst, A. Adriansyah and B. van Dongen, Replaying history on process
models for conformance checking and performance analysis, WIREs 2 (2012), 182-192). The shortest run has n steps
without exits, which gives 1 - (m + n - 2 F(n)) / (m + n); with exits it has min(n, 2), and 1 where the case may stop.

**Deviations.** Each unit of the cost is one: a step of the run that did not happen is `skipped`; an event that is
left out is `outside` where the model does not know it, `repeated` where its stage is the furthest that the case had
reached, else `returned`: it stands out of its turn, mostly before a stage that was reached already. An exit counts as
a stage behind all others. Of equally cheap alignments that one is told whose run is all stages, else leaves by an
exit that happened, else stops, and that as late as can be (more events are taken together then); of its alignments
the one whose skipped stages have the earliest positions in the model; of these the one that takes the earliest
events. So A C B D skips B and returns to it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from voronka.domain.errors import QuestionError

OUTSIDE_PLACE = 0
"""The place of an event that is no step of the model; stages have 1 .. n, exits n + 1 and on."""
SKIPPED, REPEATED, RETURNED, OUTSIDE = KINDS = ("skipped", "repeated", "returned", "outside")


@dataclass(frozen=True)
class Model:
    """The stages of a process by their names in order, and the exits by which a case may leave behind any of them."""

    stages: tuple[str, ...]
    exits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a model without stages, or in which a step stands twice."""
        steps = (*self.stages, *self.exits)
        if not self.stages:
            raise QuestionError("the model has no stages", do="Name them in their order")
        twice = sorted({step for step in steps if steps.count(step) > 1})
        if twice:
            raise QuestionError(f"a step stands twice in the model: {', '.join(twice)}", do="Name each step once")

    @property
    def steps(self) -> tuple[str, ...]:
        """Return stages and exits by place: the step at place p stands at p - 1."""
        return (*self.stages, *self.exits)

    def shortest(self, *, may_stop: bool) -> int:
        """Return how many steps the shortest run has."""
        if may_stop:
            return 1
        return min(len(self.stages), 2) if self.exits else len(self.stages)


@dataclass(frozen=True)
class Alignment:
    """What is otherwise: the places of the run that did not happen, and the events left out, each with its kind."""

    skipped: tuple[int, ...]
    left_out: tuple[tuple[int, str], ...]

    @property
    def cost(self) -> int:
        """Return how many deviations there are."""
        return len(self.skipped) + len(self.left_out)


@dataclass(frozen=True)
class _Run:
    """A run up to stage `end`; `exit` says whether it leaves by one that happened, one that did not, or not at all."""

    end: int
    exit: str = ""


def align(places: Sequence[int], model: Model, *, may_stop: bool = False) -> Alignment:
    """Return the cheapest alignment of a case's events, each given by its place in the model."""
    stages = len(model.stages)
    exits = [index for index, place in enumerate(places) if place > stages]
    run, _ = _cheapest(places, model, exits[-1] if exits else None, may_stop=may_stop)
    before = exits[-1] if run.exit == "taken" else len(places)
    matched = _matched(places, run.end, before)
    found = {places[index] for index in matched}
    skipped = [place for place in range(1, run.end + 1) if place not in found]
    if run.exit == "taken":
        matched.append(next(index for index in exits if not matched or index > matched[-1]))
    elif run.exit == "missing":
        skipped.append(stages + 1)
    return Alignment(tuple(skipped), tuple(_left_out(places, set(matched), stages)))


def cost(places: Sequence[int], model: Model, *, may_stop: bool = False) -> int:
    """Return what the cheapest alignment costs, by the closed form."""
    exits = [index for index, place in enumerate(places) if place > len(model.stages)]
    return _cheapest(places, model, exits[-1] if exits else None, may_stop=may_stop)[1]


def _cheapest(places: Sequence[int], model: Model, last_exit: int | None, *, may_stop: bool) -> tuple[_Run, int]:
    """Return the run that is aligned, and what that costs."""
    stages, events = len(model.stages), len(places)
    ends: list[int] = []
    ends_before: list[int] = []
    for index, place in enumerate(places):
        if index == last_exit:
            ends_before = ends.copy()
        if 1 <= place <= stages:
            ends[(at := bisect_left(ends, place)) : at + 1] = [place]
    runs = [(events + stages - 2 * len(ends), _Run(stages))]
    if last_exit is not None:
        end, price = _best_end(ends_before)
        runs.append((events + price - 1, _Run(end, "taken")))
    if may_stop or model.exits:
        end, price = _best_end(ends)
        runs += [(events + price, _Run(end))] if may_stop else [(events + price + 1, _Run(end, "missing"))]
    least, run = min(runs, key=lambda priced: priced[0])  # the first of the cheapest
    return run, least


def _best_end(ends: Sequence[int]) -> tuple[int, int]:
    """Return the stage k for which k - 2 F(k) is least, the last of such, and how much that is.

    F grows at the `ends` only, so that no other stage can be cheaper, but for the first where nothing is taken.
    """
    best, least = 1, 1
    for taken, end in enumerate(ends, start=1):
        if end - 2 * taken <= least:
            best, least = end, end - 2 * taken
    return best, least


def _matched(places: Sequence[int], end: int, before: int) -> list[int]:
    """Return the events, of those before one, that are taken together with stages up to `end`."""
    # by how many can be taken from an event on: patience sorting from behind
    levels: list[list[int]] = []
    starts: list[int] = []
    for index in range(before - 1, -1, -1):
        place = places[index]
        if 1 <= place <= end:
            starts[(at := bisect_left(starts, -place)) : at + 1] = [-place]
            if at == len(levels):
                levels.append([])
            levels[at].append(index)
    matched: list[int] = []
    begin, least = 0, 0
    for level in reversed(levels):
        possible = [index for index in level if index >= begin and places[index] > least]
        matched.append(max(possible, key=lambda index: (places[index], -index)))
        begin, least = matched[-1] + 1, places[matched[-1]]
    return matched


def _left_out(places: Sequence[int], matched: set[int], stages: int) -> list[tuple[int, str]]:
    found = []
    furthest = 0
    for index, place in enumerate(places):
        reached = min(place, stages + 1)
        if place == OUTSIDE_PLACE:
            found.append((index, OUTSIDE))
        elif index not in matched:
            found.append((index, REPEATED if reached == furthest else RETURNED))
        furthest = max(furthest, reached)
    return found
