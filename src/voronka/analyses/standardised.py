"""What share was to be expected of a person's mix of leads: indirect standardisation.

Everybody's trials are laid into cells (of a temperature, a channel, a giver), the share of all people of the role in a
cell is what is expected there, and a person's expected share is that of the own cells together: J. L. Fleiss, B. Levin,
M. C. Paik, Statistical Methods for Rates and Proportions, third edition (2003), chapter 19. A cell tells a share only
where enough of it is of others than the one who has most of it: else a person would be compared with herself. What is
too thin is laid together without the last thing known of it, then without the last but one. So the expected of all
people together is what they have.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

FEWEST = 20
"""Trials of others without which a cell is too thin to tell a share."""

Key = tuple[object, ...]


@dataclass(frozen=True)
class Count:
    """How many were tried, and of how many it came."""

    of: float
    among: float

    def __add__(self, other: "Count") -> "Count":
        """Return both together."""
        return Count(self.of + other.of, self.among + other.among)


NOTHING = Count(0.0, 0.0)


@dataclass(frozen=True)
class Mix:
    """What most makes a person's expected share differ: a value, its part of the own and of all trials, its share."""

    place: int
    value: object
    own: float
    whole: float
    share: float


@dataclass(frozen=True)
class Expected:
    """The share (0-1) expected of a person's mix, its variance by chance as a count, and what most makes it differ."""

    share: float
    variance: float
    mix: Mix | None


Cells = Mapping[str, Mapping[Key, Count]]
"""By person and by the values of what is known of leads, the most important first."""


@dataclass(frozen=True)
class Standard:
    """The cells as they were laid together, each group with the share of all people in it."""

    groups: Sequence[frozenset[Key]]
    shares: Mapping[Key, float]


def standard(cells: Cells) -> Standard | None:
    """Return by which groups of cells people are compared; None where nothing tells their trials apart."""
    keys = {key for own in cells.values() for key, count in own.items() if count.among}
    width = max((len(key) for key in keys), default=0)
    if not any(len({key[place] for key in keys}) > 1 for place in range(width)):
        return None
    groups: list[frozenset[Key]] = []
    shares: dict[Key, float] = {}
    for kept in range(width, -1, -1):
        for group in _grouped(keys, kept):
            counts = group_counts(cells, group)
            whole = sum(counts.values(), start=NOTHING)
            others = whole.among - max(each.among for each in counts.values())
            if others >= FEWEST or kept == 0:
                groups.append(group)
                shares |= dict.fromkeys(group, whole.of / whole.among)
                keys = keys - group
    return Standard(groups, shares) if len(groups) > 1 else None


def group_counts(cells: Cells, group: frozenset[Key]) -> dict[str, Count]:
    """Return what each person tried in a group of cells."""
    return {who: sum((own.get(key, NOTHING) for key in group), start=NOTHING) for who, own in cells.items()}


def expected_shares(cells: Cells, by: Standard) -> dict[str, Expected]:
    """Return what is expected of each person with anything tried."""
    width = max(len(key) for own in cells.values() for key in own)
    usual = [_by_value(list(cells.values()), place) for place in range(width)]
    tried = {who: own for who, own in cells.items() if any(each.among for each in own.values())}
    return {who: _expected(own, by, usual) for who, own in tried.items()}


def _grouped(keys: set[Key], kept: int) -> list[frozenset[Key]]:
    groups: dict[Key, set[Key]] = {}
    for key in sorted(keys, key=repr):
        groups.setdefault(key[:kept], set()).add(key)
    return [frozenset(each) for each in groups.values()]


Usual = Sequence[Mapping[object, Count]]
"""What all people tried, by each value of each thing known of leads."""


def _expected(own: Mapping[Key, Count], by: Standard, usual: Usual) -> Expected:
    counts = [(count.among, by.shares[key]) for key, count in own.items() if count.among]
    share = sum(tried * rate for tried, rate in counts) / sum(tried for tried, _ in counts)
    variance = sum(tried * rate * (1 - rate) for tried, rate in counts)
    return Expected(share, variance, _mix(own, share, usual))


def _mix(own: Mapping[Key, Count], share: float, usual: Usual) -> Mix | None:
    """Return the value whose part of the person's trials most moves the expected share to its side."""
    whole = sum(usual[0].values(), start=NOTHING)
    side = 1 if share >= whole.of / whole.among else -1
    found = [each for place in range(len(usual)) for each in _moved(own, usual[place], place, whole)]
    most = max(found, key=lambda each: side * each[0], default=None)
    return most[1] if most and side * most[0] > 0 else None


def _moved(
    own: Mapping[Key, Count], usual: Mapping[object, Count], place: int, whole: Count
) -> Iterator[tuple[float, Mix]]:
    """Return by how much each value moves what is expected: more of it than usual, times how it differs."""
    mine = _by_value([own], place)
    among = sum(each.among for each in mine.values())
    for value, count in usual.items():
        if count.among:
            mix = Mix(
                place=place,
                value=value,
                own=mine.get(value, NOTHING).among / among,
                whole=count.among / whole.among,
                share=count.of / count.among,
            )
            yield (mix.own - mix.whole) * (mix.share - whole.of / whole.among), mix


def _by_value(counts: Sequence[Mapping[Key, Count]], place: int) -> dict[object, Count]:
    found: dict[object, Count] = {}
    for own in counts:
        for key, count in own.items():
            found[key[place]] = found.get(key[place], NOTHING) + count
    return found
