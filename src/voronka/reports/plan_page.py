"""The page of plans: whether the plan will be kept, who is behind, and what it asks of each.

Its headline sets the forecast of revenue against the plan; its findings are people behind what was due by now, a team
whose plan is not the sum of its people's, and the action of which less is planned than the plan of revenue needs.

Figures are shown of every metric that somebody planned in the period, and of those a plan of revenue is broken down to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from voronka.analyses.breakdown import CHAIN, Breakdown, Part, Step, break_down
from voronka.analyses.presence import Person
from voronka.metrics.answer import Row
from voronka.metrics.question import Filter
from voronka.reports import findings
from voronka.reports.ask import Ask, Asker, Block, can_be_planned, known
from voronka.reports.breakdown_table import breakdown_table
from voronka.reports.findings import Finding, Opened
from voronka.reports.legend import title_of
from voronka.reports.page import Contents, Frame
from voronka.reports.people import people_of
from voronka.reports.who_plans import NOTHING, WhoPlans, who_plans

PARTS = ("", "_plan", "_covered", "_attainment", "_pace", "_forecast", "_forecast_low", "_forecast_high")
NOT_ENOUGH = 0.9
"""The share of what is needed, of which less is planned that a finding says so."""
FINDINGS = 3


def plan_page(frame: Frame) -> Contents:
    """Return the page of plans."""
    return _Plans(frame).contents()


@dataclass(frozen=True)
class _Plans:
    frame: Frame

    def contents(self) -> Contents:
        company, revenue = self._ask(self.planned), self.revenue
        blocks = {
            "company": company,
            "teams": self._ask(self.planned, by=("team",)),
            "people": revenue,
            "course": self.asker.ask(
                "revenue", "revenue_covered", "revenue_plan", by=[self.frame.grain], period=self.frame.period
            ),
        }
        found = [self._behind(), self._differing(), self._not_enough()]
        return Contents(
            headline=self._headline(company),
            findings=tuple(finding for finding in found if finding)[:FINDINGS],
            blocks=blocks | self._roles(),
            tables={"breakdown": breakdown_table(self.breakdown, self.frame.metrics)},
        )

    @cached_property
    def asker(self) -> Asker:
        """Who asks: a role is told as its people, since plans are of people, not of roles."""
        asker = self.frame.asker
        if not self.frame.asked.roles:
            return asker
        others = tuple(each for each in asker.filters if each.dimension not in {"role", "employee"})
        return Asker(asker.metrics, asker.scope, (*others, Filter("employee", tuple(self.people))))

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return people_of(self.frame)

    def _ask(self, names: Sequence[str], by: Sequence[str] = (), *filters: Filter) -> Block:
        asker = Asker(self.asker.metrics, self.asker.scope, (*self.asker.filters, *filters))
        return asker.ask(*(name + part for name in names for part in PARTS), by=by, period=self.frame.period)

    @cached_property
    def planned(self) -> tuple[str, ...]:
        """The metrics that are shown of the company and of teams."""
        asked = dict.fromkeys([*CHAIN, *self._of_roles()])
        totals = self._plans_of(tuple(asked)).answer.totals
        return tuple(name for name in asked if name in CHAIN or _is_planned([totals, *self._planned_rows], name))

    def _plans_of(self, names: tuple[str, ...]) -> Block:
        return self.asker.ask(*(f"{name}_plan" for name in names), by=["employee"], period=self.frame.period)

    @cached_property
    def _planned_rows(self) -> Sequence[Row]:
        """Return everybody's plans of all metrics that can be planned."""
        return self._plans_of(tuple(dict.fromkeys([*CHAIN, *self._of_roles()]))).answer.rows

    def _of_roles(self) -> list[str]:
        """Return the metrics of all roles that can be planned: what an analysis answers has no plan."""
        catalogue = self.frame.metrics.catalogue
        names = [name for role in self.frame.settings.roles.values() for name in role.metrics]
        names = [name for name in dict.fromkeys(names) if name in catalogue.names]
        return [name for name in names if can_be_planned(self.frame.metrics, name)]

    @cached_property
    def revenue(self) -> Block:
        return self._ask(("revenue",), ("employee",))

    def _roles(self) -> dict[str, Block]:
        """Return, by role, the figures of its people: the metrics of the role that are planned for any of them."""
        found = {}
        for code, role in self.frame.settings.roles.items():
            ids = tuple(key for key, person in self.people.items() if person.days_as(code))
            rows = [row for row in self._planned_rows if row["employee_id"] in ids]
            names = [name for name in role.metrics if _is_planned(rows, name)]
            if not names:
                continue
            where = tuple(each for each in self.asker.filters if each.dimension != "employee")
            asker = Asker(self.asker.metrics, self.asker.scope, (*where, Filter("employee", ids)))
            asked = [name + part for name in names for part in PARTS]
            found[f"role:{code}"] = asker.ask(*asked, by=["employee"], period=self.frame.period)
        return found

    @cached_property
    def breakdown(self) -> Breakdown:
        frame = self.frame
        where = tuple(each for each in self.asker.filters if each.dimension in {"employee", "team"})
        return break_down(frame.metrics, frame.scope, frame.period, where=where, ramp=frame.settings.ramp.months)

    def _headline(self, company: Block) -> Finding:
        """Return whether the plan of revenue will be kept: by the bounds of the forecast, where they are known."""
        plan, fact = company.total("revenue_plan"), company.total("revenue_covered")
        if plan is None:
            return Finding("plan_none", "neutral", {"revenue": company.total("revenue")})
        if self.who_plans.are_some:
            company = self.who_plans.only(self.asker).ask(
                *(f"revenue{part}" for part in PARTS), period=self.frame.period
            )
        elif fact is not None and fact < (company.total("revenue") or 0.0) - NOTHING:
            return self._partly(company)
        names = ("forecast", "forecast_low", "forecast_high")
        end, low, high = (company.total(f"revenue_{name}") for name in names)
        values = {
            "revenue": fact,
            "plan": plan,
            "attainment": company.total("revenue_attainment"),
            "pace": company.total("revenue_pace"),
            "forecast": end,
            "low": low,
            "high": high,
            "gap": None if end is None else max(0.0, plan - end),
            **self.who_plans.values(),
        }
        is_over = self.frame.period.last < self.frame.today
        kind, tone = _kept(plan, fact if is_over else end, low, high, is_over=is_over)
        ask = Ask(tuple(f"revenue{part}" for part in PARTS), (), company.ask.where, company.ask.period)
        return Finding(kind, tone, values, ask, Opened("revenue", Ask(("revenue",), (), ask.where, ask.period)))

    @cached_property
    def who_plans(self) -> WhoPlans:
        totals = self.asker.ask("revenue_plan", period=self.frame.period)
        return who_plans(self.asker, self.frame.period, self.frame.today, totals)

    def _partly(self, company: Block) -> Finding:
        """Return how far the plan is where some are without one: there is no forecast of just the people it is of."""
        pace = company.total("revenue_pace")
        values = {
            "revenue": company.total("revenue_covered"),
            "plan": company.total("revenue_plan"),
            "attainment": company.total("revenue_attainment"),
            "pace": pace,
            "rest_amount": (company.total("revenue") or 0.0) - (company.total("revenue_covered") or 0.0),
        }
        tone = findings.tone_of_pace(pace)
        ask = Ask(tuple(f"revenue{part}" for part in PARTS), (), company.ask.where, company.ask.period)
        return Finding("plan_partly", tone, values, ask)

    def _behind(self) -> Finding | None:
        frame = self.frame
        if frame.counted is None or frame.asked.channels:
            return None
        block = self.asker.ask("revenue", "revenue_plan", by=["employee"], period=frame.counted)
        return findings.people_behind_plan(block, frame.period) if block.total("revenue_plan") else None

    def _differing(self) -> Finding | None:
        """Return the company or the team whose plan of revenue differs most from the sum of the plans below it."""
        differing = [
            (abs(step.difference), part, step)
            for part in (self.breakdown.company, *self.breakdown.teams)
            if (step := part.step("revenue")).difference is not None and abs(step.difference) >= 1
        ]
        if not differing:
            return None
        _, part, step = max(differing, key=lambda each: each[0])
        values = {"level": part.level, "name": part.name, "plan": step.planned, "sum": step.below}
        kind = "plan_above_sum" if (step.difference or 0) > 0 else "plan_below_sum"
        by = "team" if part.level == "company" else "employee"
        where = (Filter("team", (part.id,)),) if part.level == "team" else ()
        ask = Ask(("revenue_plan",), (by,), (*self.asker.filters, *where), self.frame.period)
        return Finding(kind, "neutral", {**values, "difference": abs(step.difference or 0.0)}, ask)

    def _not_enough(self) -> Finding | None:
        """Return the action of which the people's plans hold least of what their plans of revenue need."""
        found = [(share, metric) for metric in CHAIN[1:] if (share := _planned_share(self.breakdown.people, metric))]
        if not found or min(found)[0] >= NOT_ENOUGH:
            return None
        share, metric = min(found)
        people = [part for part in self.breakdown.people if _is_short(part.step(metric))]
        title = title_of(self.frame.metrics, metric)
        values = {"metric": metric, "metric_ru": title.ru, "metric_en": title.en, "share": 100 * share}
        ids = tuple(part.id for part in people)
        ask = Ask((f"{metric}_plan",), ("employee",), (Filter("employee", ids),), self.frame.period)
        return Finding("plan_not_enough", "bad", {**values, "count": len(people)}, ask)


def _is_planned(rows: Sequence[Row], name: str) -> bool:
    return any(known(row.get(f"{name}_plan")) is not None for row in rows)


def _kept(
    plan: float, end: float | None, low: float | None, high: float | None, *, is_over: bool
) -> tuple[str, findings.Tone]:
    if end is None:
        return "plan_unknown", "neutral"
    if is_over:
        return ("plan_kept", "good") if end >= plan else ("plan_missed", "bad")
    if low is not None and low >= plan:
        return "plan_sure", "good"
    if high is not None and high < plan:
        return "plan_lost", "bad"
    return ("plan_likely", "good") if end >= plan else ("plan_unlikely", "bad")


def _planned_share(people: Sequence[Part], metric: str) -> float | None:
    """Return how much of what is needed is planned, over the people of whom both are known."""
    steps = [step for part in people if (step := part.step(metric)).needed and step.planned is not None]
    needed = sum(step.needed or 0.0 for step in steps)
    return sum(step.planned or 0.0 for step in steps) / needed if needed else None


def _is_short(step: Step) -> bool:
    return step.needed is not None and step.planned is not None and step.planned < NOT_ENOUGH * step.needed
