"""Who has something on more, or on fewer, of the days worked than the others of the role, beyond chance.

Days are counted and not what happened on them: ten things of one afternoon have one cause, as a bad list of numbers or
the day on which somebody came back from leave. Each person is held against all the others of the role together by
Fisher's exact test, and Holm's rule is over everybody looked at: in a company in which people differ by chance alone
anybody is named in at most 5 % of cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.analyses.chance_exact import fisher, holm

ERROR = 0.05
TIMES = 2.0
"""By how many times a share of days has to be larger or smaller: a difference that is sure may still be a small one."""

Days = Mapping[str, tuple[int, int]]
"""Of each person of a role: on how many days it was so, of how many worked."""


@dataclass(frozen=True)
class Apart:
    """A person who stands apart: days of days worked, the others' share of days (percent), the chance (Holm's)."""

    person: str
    days: int
    worked: int
    others_share: float
    chance: float

    @property
    def share(self) -> float:
        """Return the person's share of days, in percent."""
        return 100 * self.days / self.worked


def days_apart(roles: Sequence[Days], fewest: int = 5) -> tuple[list[Apart], list[Apart]]:
    """Return who has more such days than the others of the role, and who fewer, each the surest first.

    Roles are judged together. Who worked fewer than `fewest` days, and who is alone in a role, is not looked at.
    """
    looked = [found for days in roles for found in _looked_at(days, fewest)]
    chances = holm([each.chance for each in looked])
    told = [
        Apart(each.person, each.days, each.worked, each.others_share, chance)
        for each, chance in zip(looked, chances, strict=True)
        if chance < ERROR
    ]
    told.sort(key=lambda each: (each.chance, each.person))
    more = [each for each in told if each.share >= TIMES * each.others_share]
    fewer = [each for each in told if TIMES * each.share <= each.others_share]
    return more, fewer


def _looked_at(days: Days, fewest: int) -> list[Apart]:
    there = {person: counts for person, counts in days.items() if counts[1] >= fewest}
    of, among = (sum(counts[place] for counts in there.values()) for place in (0, 1))
    return [
        Apart(person, own, worked, 100 * (of - own) / (among - worked), fisher(own, worked, of - own, among - worked))
        for person, (own, worked) in there.items()
        if among > worked
    ]
