"""The clients: companies of the leads, companies that buy again, and the people who speak for them."""

from dataclasses import dataclass

import numpy as np

from voronka.demo.people import AM, FOREVER, Staff
from voronka.demo.plan import DemoPlan
from voronka.demo.rows import Array, Rows
from voronka.demo.stories import CHURNED, Plot
from voronka.demo.words import (
    COMPANY_FIRST,
    COMPANY_FORMS,
    COMPANY_SECOND,
    MEN,
    PEOPLE_SURNAMED,
    SURNAMES,
    WOMEN,
    feminine,
)
from voronka.demo.worktime import WorkTime, clock

_KEPT_BY_ONE = 26
_ORDERS_A_MONTH = 0.85
_GROWTH = 2.6


@dataclass(frozen=True)
class Clients:
    """The companies that buy again: whose they are, their segment, until which day they buy, and from when more."""

    keeper: Array
    heir: Array
    handed: Array
    segment: Array
    buys_until: Array
    grows_from: Array

    def __len__(self) -> int:
        return len(self.keeper)

    def orders(self, draws: np.random.Generator, plan: DemoPlan, work: WorkTime) -> Rows:
        """Return the orders: account, owner, segment, created, and how many times the usual amount."""
        days = work.days[(work.days >= plan.first_day - 30) & (work.days <= plan.today)]
        counts = draws.poisson(_ORDERS_A_MONTH * len(days) / 21, len(self))
        account = np.repeat(np.arange(len(self)), counts)
        day = draws.choice(days, len(account))
        kept = day <= self.buys_until[account]
        account, day = account[kept], day[kept]
        owner = np.where(day >= self.handed[account], self.heir[account], self.keeper[account])
        times = np.where(day >= self.grows_from[account], _GROWTH, 1.0)
        created = clock(draws, day)
        columns = {"account": account, "owner": owner, "segment": self.segment[account], "created": created}
        return Rows({**columns, "times": times})


def make_clients(plan: DemoPlan, staff: Staff, plot: Plot) -> Clients:
    """Return the companies that bought before the data begin and buy again."""
    draws = plan.draws("clients")
    keepers = [s.person for s in staff.spans if s.role == AM and s.first <= plan.first_day]
    keeper = np.repeat(np.array(keepers), _KEPT_BY_ONE)
    heirs = {p: staff.heir(p) if staff.people[p].left < FOREVER else p for p in keepers}
    middle = (plan.first_day + plan.today) // 2
    churner = keeper == plot.churner
    segment = draws.choice(3, len(keeper), p=[0.3, 0.45, 0.25])
    # the small ones leave: what the large ones buy more hides it
    own = np.flatnonzero(churner)
    smallest = own[np.argsort(segment[own], kind="stable")][: round(CHURNED * len(own))]
    leaves = np.isin(np.arange(len(keeper)), smallest)
    stops = middle + draws.integers(-20, 1, len(keeper))
    return Clients(
        keeper,
        np.array([heirs[int(p)] for p in keeper]),
        np.array([staff.people[int(p)].left for p in keeper]),
        segment,
        np.where(leaves, stops, FOREVER),
        np.where(churner & ~leaves, middle, FOREVER),
    )


def company_names(draws: np.random.Generator, number: int) -> Array:
    """Return names of companies, some shared by two: nothing forbids it in life either."""
    forms = np.array(COMPANY_FORMS, dtype=object)[draws.integers(len(COMPANY_FORMS), size=number)]
    first = np.array(COMPANY_FIRST, dtype=object)[draws.integers(len(COMPANY_FIRST), size=number)]
    second = np.array(COMPANY_SECOND, dtype=object)[draws.integers(len(COMPANY_SECOND), size=number)]
    surnames = np.array(SURNAMES, dtype=object)[draws.integers(len(SURNAMES), size=number)]
    mark = draws.integers(0, 60, number)
    found = np.empty(number, dtype=object)
    for place in range(number):
        inner = f"{first[place]}{second[place]}"
        numbered = f" {mark[place]}" if mark[place] > 50 else ""  # noqa: PLR2004 - few names have a number
        if forms[place] == PEOPLE_SURNAMED:
            found[place] = (
                f"ИП {surnames[place]} {'АБВГДЕИКЛМНОПРСТ'[mark[place] % 16]}. {'АВГДИМНОПС'[mark[place] % 10]}."
            )
        else:
            found[place] = f"{forms[place]} «{inner}{numbered}»"
    return found


def people_names(draws: np.random.Generator, number: int) -> Array:
    """Return names of people on the clients' side."""
    men = np.array([f"{name}" for name in MEN], dtype=object)[draws.integers(len(MEN), size=number)]
    women = np.array([f"{name}" for name in WOMEN], dtype=object)[draws.integers(len(WOMEN), size=number)]
    theirs = draws.integers(len(SURNAMES), size=number)
    hers = np.array([feminine(name) for name in SURNAMES], dtype=object)[theirs]
    his = np.array(SURNAMES, dtype=object)[theirs]
    is_woman = draws.random(number) < 0.5  # noqa: PLR2004 - half of them
    first = np.where(is_woman, women, men)
    return np.where(is_woman, hers, his) + " " + first


def phones(draws: np.random.Generator, number: int) -> Array:
    """Return mobile numbers of the range that no operator gives out (+7 900 000 ...), as eleven digits."""
    return 79_000_000_000 + draws.integers(0, 10_000_000, number)


def spelled(phones_: Array, draws: np.random.Generator) -> Array:
    """Return numbers as people type them: with spaces, brackets, 8 or +7, or as bare digits."""
    way = draws.choice(5, len(phones_), p=[0.45, 0.2, 0.15, 0.12, 0.08])
    found = np.empty(len(phones_), dtype=object)
    for place, (number, how) in enumerate(zip(phones_.tolist(), way.tolist(), strict=True)):
        digits = str(number)
        a, b, c, d = digits[1:4], digits[4:7], digits[7:9], digits[9:]
        found[place] = (
            f"+7 ({a}) {b}-{c}-{d}",
            digits,
            f"8 {a} {b}-{c}-{d}",
            f"+7{digits[1:]}",
            f"8({a}){b}{c}{d}",
        )[how]
    return found
