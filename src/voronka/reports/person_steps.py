"""The steps of one person's work against the people of the role: which is the weakest, and what that costs.

A step is a share or an average deal of the role's metrics. People are compared as on the page of the team
(team_compared.py): on the role's mix of leads, drawn towards the common level by how much chance there is in a figure.
The price says what the person's own volume would bring at the role's median, all later steps as they are: tried times
the gap to the median times what one that came through brought in the role. Its ends are the prices of the gaps to the
ends of the person's interval, zero where an end is above the median; the median is taken as known.

Whoever sees little of the role is told of the others by medians alone, and by those only of `HIDDEN_AMONG` people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from voronka.analyses.peers import Comparison, Peer
from voronka.analyses.presence import Person
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker, known
from voronka.reports.page import Frame
from voronka.reports.team_compared import ComparedRole

HIDDEN_AMONG = 5
"""People of whom a median tells nobody's own figure."""
MONEY_OF = {
    "deals_won": "revenue",
    **dict.fromkeys(("reached_calls", "leads_qualified", "leads_accepted"), "revenue_from_handed"),
}
"""Which money follows, at the end, from what comes through a step."""
SEEN = 0.05
"""Of percent: what is less is rounded away."""
BELOW, PERHAPS_BELOW = "below", "perhaps_below"


@dataclass(frozen=True)
class Price:
    """What a gap costs over the period, in money, with the ends of what is likely."""

    money: float
    low: float
    high: float


@dataclass(frozen=True)
class Step:
    """A person's figure beside the role's median, in the metric's unit; `gap` above zero is how much is missing.

    `adjusted` is the figure on the role's mix of leads, which is what is held against the median.
    `side` says whether chance explains it: below is beyond the limits of 99.8 %, perhaps_below of 95 %.
    """

    metric: str
    value: float
    ends: tuple[float, float]
    adjusted: float
    among: float
    estimate: float
    level: float
    people: int
    gap: float
    side: str
    price: Price | None

    @property
    def is_adjusted(self) -> bool:
        """Say whether the mix of leads changes the figure so that it is seen."""
        return abs(self.adjusted - self.value) >= SEEN


@dataclass(frozen=True)
class PersonSteps:
    """A person among those who hold a role; `wide` is the frame of all of them, `shown` what they are shown by."""

    wide: Frame
    asker: Asker
    employee_id: str
    code: str | None
    shown: Sequence[str]
    people: Mapping[str, Person]
    sees_all: bool

    @cached_property
    def steps(self) -> list[Step]:
        """Return the steps, the weakest first: beyond chance, perhaps, within chance, each the dearest first."""
        found = [self._step(name, made) for name, made in self._compared.comparisons().items() if self._is_step(name)]
        there = [each for each in found if each]
        order = {BELOW: 0, PERHAPS_BELOW: 1}
        return sorted(there, key=lambda each: (each.gap <= 0, order.get(each.side, 2), -_money(each), -each.gap))

    def medians(self, worked: int) -> dict[str, float]:
        """Return by metric the role's median: of what adds up, that of a worked day times the days `worked`.

        That of a step is the one which the step is held against.
        """
        levels = {step.metric: step.level for step in self.steps}
        names = [name for name in self.shown if name != "score" and not self.asker.lack(name)]
        block = self.asker.ask(*names, by=["employee"], period=self.wide.period)
        rows = {str(row["employee_id"]): row for row in block.answer.rows if row["employee_id"] in self._held}
        found = {}
        for name in (each for each in names if any(each in row for row in rows.values())):
            values = [value for key in self._held if (value := self._a_day(name, rows.get(key, {}), key)) is not None]
            if self._is_told(len(values)):
                found[name] = levels.get(name, median(values) * (worked if self._adds_up(name) else 1))
        return found

    @cached_property
    def _compared(self) -> ComparedRole:
        return ComparedRole(self.wide, self.asker, self.code, self.shown, self.people)

    @cached_property
    def _held(self) -> Mapping[str, int]:
        days = {key: len(person.days_as(self.code)) for key, person in self.people.items()}
        return {key: count for key, count in days.items() if count}

    def _a_day(self, name: str, row: Mapping[str, object], key: str) -> float | None:
        value = known(row.get(name))
        if not self._adds_up(name):
            return value
        return (value or 0.0) / self._held[key]

    def _adds_up(self, name: str) -> bool:
        return self._compared.catalogue.is_flow(name)

    def _is_told(self, people: int) -> bool:
        return people >= (2 if self.sees_all else HIDDEN_AMONG)

    def _is_step(self, name: str) -> bool:
        metric = self._compared.catalogue.metrics[name]
        return bool(metric.share or (metric.verb == "average" and metric.unit == "money"))

    def _step(self, name: str, made: Comparison) -> Step | None:
        own = next((peer for peer in made.peers if peer.key == self.employee_id), None)
        if own is None or not self._is_told(len(made.peers)):
            return None
        is_up = self._compared.catalogue.metrics[name].better == "up"
        level, scale = median(peer.level for peer in made.peers), self._compared.scale(name)
        sign = 1 if is_up else -1
        gap = (level - own.level) * sign
        if gap > 0:  # whoever is level with the role is not made weaker by being drawn towards it
            gap = max(0.0, (level - own.shrunk) * sign)
        return Step(
            metric=name,
            value=own.value * scale,
            ends=(own.ends[0] * scale, own.ends[1] * scale),
            adjusted=own.level * scale,
            among=own.among,
            estimate=own.shrunk * scale,
            level=level * scale,
            people=len(made.peers),
            gap=gap * scale,
            side=own.side if is_up else turned(own.side),
            price=self._price(name, own, level) if is_up and gap > 0 else None,
        )

    def _price(self, name: str, own: Peer, level: float) -> Price | None:
        worth = self._worth(name)
        if worth is None:
            return None
        gaps = (level - own.shrunk, level - own.level_ends[1], level - own.level_ends[0])
        money, low, high = (max(0.0, gap) * own.among * worth for gap in gaps)
        return Price(money, min(low, money), max(high, money))

    def _worth(self, name: str) -> float | None:
        """Return what one that came through the step brought in the role, of an average itself one; None: unknown."""
        metric = self._compared.catalogue.metrics[name]
        if metric.verb == "average":
            return 1.0
        division = metric.formula.division() if metric.formula else None
        of = division[0].names if division else ()
        money = MONEY_OF.get(of[0]) if len(of) == 1 else None
        if money is None or any(self.asker.lack(each) for each in (money, *of)):
            return None
        block = self.asker.ask(money, of[0], period=self.wide.period)
        brought, came = block.total(money), block.total(of[0])
        return brought / came if brought and came else None


def role_of(person: Person) -> str | None:
    """Return the role that a person held on most of the days worked."""
    roles = {role for day in person.days for role in person.roles_on(day)}
    return max(roles, key=lambda role: (len(person.days_as(role)), role or ""), default=None)


def asker_of(frame: Frame, code: str | None, *, is_plain: bool) -> Asker:
    """Return what asks of a role, of everybody where nobody has one."""
    return Asker(frame.metrics, frame.scope, () if is_plain else (Filter("role", (code,)),))


def turned(side: str) -> str:
    """Return the side of a figure of which less is better, as if more were."""
    turned = {"above": BELOW, "perhaps_above": PERHAPS_BELOW, BELOW: "above", PERHAPS_BELOW: "perhaps_above"}
    return turned.get(side, side)


def _money(step: Step) -> float:
    return step.price.money if step.price else 0.0
