"""The cost of an alignment by a search over all of them, which knows nothing of the closed form."""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from voronka.analyses.alignment import Model

State = tuple[int, int]


def searched(trace: Sequence[str], model: Model, *, may_stop: bool = False) -> int:
    """Return the least cost by A* over events taken and the state of the model; the guess is never too high.

    A state of the model is how many stages are done; -1 is left by an exit.
    """

    def moves(state: int) -> Iterator[tuple[str, int]]:
        if 0 <= state < len(model.stages):
            yield model.stages[state], state + 1
        if state >= 1:
            yield from ((name, -1) for name in model.exits)

    def is_end(state: int) -> bool:
        return state in {-1, len(model.stages)} or (may_stop and state >= 1)

    known = {*model.stages, *model.exits}
    foreign = [sum(name not in known for name in trace[taken:]) for taken in range(len(trace) + 1)]
    waiting: list[tuple[int, int, State]] = [(foreign[0], 0, (0, 0))]
    done: set[State] = set()
    while waiting:
        _, spent, (taken, state) = heappop(waiting)
        if (taken, state) in done:
            continue
        done.add((taken, state))
        if taken == len(trace) and is_end(state):
            return spent
        nexts = [(spent + 1, (taken, after)) for _, after in moves(state)]
        if taken < len(trace):
            nexts.append((spent + 1, (taken + 1, state)))
            nexts += [(spent, (taken + 1, after)) for name, after in moves(state) if name == trace[taken]]
        for price, there in nexts:
            heappush(waiting, (price + foreign[there[0]], price, there))
    raise AssertionError
