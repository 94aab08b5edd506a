"""Whose plans of revenue there are: what they add up to says nothing of those who sell without a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from voronka.domain.period import Period
from voronka.metrics.answer import Row
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker, Block, known

SELLING_DAYS = 180
"""Whoever sold in so many days sells."""
NOTHING = 0.5
"""Money below which two sums are one: what is left of plans cut to days."""


@dataclass(frozen=True)
class WhoPlans:
    """The ids of those who have a plan, how many sell or have one; `is_all`: no team or company states its own."""

    ids: tuple[str, ...]
    of: int
    is_all: bool

    @property
    def are_some(self) -> bool:
        """Say whether somebody sells without a plan, while plans are people's: the whole is then theirs alone."""
        return self.is_all and 0 < len(self.ids) < self.of

    def values(self) -> dict[str, object]:
        """Return how many of how many have a plan, where not all have; nothing else."""
        return {"planned_people": len(self.ids), "of_people": self.of} if self.are_some else {}

    def only(self, asker: Asker) -> Asker:
        """Return what asks of those who have a plan."""
        others = tuple(each for each in asker.filters if each.dimension != "employee")
        return replace(asker, filters=(*others, Filter("employee", self.ids)))


def who_plans(asker: Asker, period: Period, today: date, totals: Block) -> WhoPlans:
    """Return whose plans `revenue_plan` of the totals is made of, among those who sell."""
    plan = totals.total("revenue_plan")
    if plan is None or asker.lack("revenue_plan"):
        return WhoPlans((), 0, is_all=False)
    last = min(period.last, today)
    selling = Period(last - timedelta(days=SELLING_DAYS - 1), last)
    planned = asker.ask("revenue_plan", by=["employee"], period=period).answer.rows
    sold = asker.ask("revenue", by=["employee"], period=selling).answer.rows
    ids = _ids(planned, "revenue_plan")
    stated = sum(known(row["revenue_plan"]) or 0.0 for row in planned)
    return WhoPlans(ids, len({*ids, *_ids(sold, "revenue")}), is_all=abs(stated - plan) < NOTHING)


def _ids(rows: Sequence[Row], name: str) -> tuple[str, ...]:
    return tuple(str(row["employee_id"]) for row in rows if row["employee_id"] is not None and known(row[name]))
