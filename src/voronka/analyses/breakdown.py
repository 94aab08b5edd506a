"""What a plan of revenue asks of each person: so many deals, for them proposals, meetings and calls.

A person's revenue plan is divided by the average deal, the deals by the deals that a proposal becomes, and so on down
to calls, each rate being the person's own of the last months, drawn towards that of the others in the role (or in the
company, where the role has few) as far as it rests on little: see credibility.py. What is needed stands beside what is
planned and what is done.

Who has no plan of revenue of their own has a share of what the team's plan is above its people's plans, by the days
that each works in the period; a newcomer's days count as far as the settings of the ramp say. What the company's plan
is above all of these is shared alike by those whose teams state none. Whoever else sold in the period is listed with
what they did, and nothing is asked of them: the people add up to the whole. Sums of the people's plans stand beside the
plan of the team, and those of the teams beside the company's, since they need not agree.

Actions are needed in whole numbers, and those of the people add up to those of the whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from voronka.analyses.apportion import apportion, whole_above
from voronka.analyses.credibility import Rate, Tried, rates
from voronka.analyses.presence import Person, presence
from voronka.domain.period import Period, shift_months
from voronka.domain.ramp import ramp_share
from voronka.domain.scope import Scope
from voronka.metrics.answer import Answer, Row
from voronka.metrics.answer import records as rows_of
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter, Query

CHAIN = ("revenue", "deals_won", "proposals", "meetings", "calls")
"""Each step and what it is made of, from money to actions."""
MONTHS = 6
FEWEST_ALIKE = 3
"""People of a role below which they are compared with the whole company."""

Level = Literal["company", "team", "person"]


@dataclass(frozen=True)
class Step:
    """One figure of the chain: what is needed of it, planned and done; None is unknown, or planned by nobody.

    `rate` is how many of the step above one of this brings: None for revenue, and above the level of persons.
    `below` is the sum of the plans one level below, `difference` the plan above that sum.
    """

    metric: str
    needed: float | None
    planned: float | None
    done: float | None
    rate: Rate | None = None
    below: float | None = None

    @property
    def difference(self) -> float | None:
        """Return by how much the plan is above the sum of the plans below it."""
        return None if self.planned is None or self.below is None else self.planned - self.below


@dataclass(frozen=True)
class Part:
    """The company, a team or a person, with the steps; `is_shared`: the need is shared out from above."""

    level: Level
    id: str | None
    name: str
    team_id: str | None
    role: str | None
    steps: tuple[Step, ...]
    is_shared: bool = False

    def step(self, metric: str) -> Step:
        """Return a step by its metric."""
        return next(step for step in self.steps if step.metric == metric)

    def needing(self, metric: str, needed: float) -> "Part":
        """Return the part with another need of a metric."""
        steps = tuple(replace(step, needed=needed) if step.metric == metric else step for step in self.steps)
        return replace(self, steps=steps)


@dataclass(frozen=True)
class Breakdown:
    """A plan broken down; `told_by` is the period whose rates are used."""

    period: Period
    told_by: Period
    company: Part
    teams: tuple[Part, ...]
    people: tuple[Part, ...]
    data_version: str


def break_down(  # noqa: PLR0913 - whose plan, of when, and how newcomers count
    metrics: Metrics,
    scope: Scope,
    period: Period,
    *,
    where: Sequence[Filter] = (),
    ramp: Sequence[float] = (),
    months: int = MONTHS,
) -> Breakdown:
    """Return the plan of a period broken down; rates are of the `months` before it, or before today.

    `where` filters by employee or team; `ramp` is the percent of a full plan by month of work.
    """
    today = metrics.company.today()
    until = min(period.first, today)
    told_by = Period(shift_months(until, -months), date.fromordinal(until.toordinal() - 1))
    return _Breaking(metrics, scope, period, tuple(where), tuple(ramp), told_by).made()


@dataclass(frozen=True)
class _Worker:
    """One whose plan is broken down; `is_beside`: one who only sold, of whom nothing is asked and who tells no rate."""

    id: str
    name: str
    team_id: str | None
    role: str | None
    capacity: float
    is_beside: bool = False


@dataclass(frozen=True)
class _Breaking:
    metrics: Metrics
    scope: Scope
    period: Period
    where: tuple[Filter, ...]
    ramp: tuple[float, ...]
    told_by: Period
    names: tuple[str, ...] = field(default=tuple(name + part for name in CHAIN for part in ("", "_plan")))

    def made(self) -> Breakdown:
        people = tuple(self._person(worker) for worker in self.workers)
        teams = tuple(self._team(row, people) for row in self.by_team.rows)
        answer = self.by_team
        company = self._whole("company", None, "", answer.totals, [*teams, *self._teamless(people)])
        made = Breakdown(self.period, self.told_by, company, teams, people, answer.data_version)
        for metric in CHAIN[1:]:
            made = in_whole_numbers(made, metric)
        return made

    def _ask(self, names: Sequence[str], by: Sequence[str], period: Period) -> Answer:
        asked = Query(metrics=tuple(names), scope=self.scope, by=tuple(by), where=self.where, period=period)
        return self.metrics.query(asked)

    @cached_property
    def by_team(self) -> Answer:
        return self._ask(self.names, ("team",), self.period)

    @cached_property
    def by_person(self) -> Mapping[str, Row]:
        answer = self._ask(self.names, ("employee",), self.period)
        return {str(row["employee_id"]): row for row in answer.rows if row["employee_id"] is not None}

    @cached_property
    def history(self) -> Mapping[str, Sequence[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self._ask(CHAIN, ("employee", "month"), self.told_by).rows:
            if row["employee_id"] is not None:
                found.setdefault(str(row["employee_id"]), []).append(row)
        return found

    @cached_property
    def workers(self) -> tuple[_Worker, ...]:
        """Those with a plan of revenue, those of their roles who sold lately or are new, and who else sold now."""
        there = presence(self.metrics, self.scope, self.period)
        planned = {who for who, row in self.by_person.items() if _number(row["revenue_plan"])}
        roles = {role for who in planned if who in there for role in _roles(there[who])}
        sold = {who for who, row in self.by_person.items() if _number(row["revenue"]) or _number(row["deals_won"])}
        sellers = sold | {who for who, rows in self.history.items() if any(_number(row["revenue"]) for row in rows)}
        found = [self._worker(there[who]) for who in there if who in planned]
        found += [
            self._worker(person)
            for who, person in there.items()
            if who not in planned and person.days and (roles & _roles(person) if roles else who in sellers)
            if self._is_asked(person)
        ]
        listed = {worker.id for worker in found}
        beside = [self._worker(person) for who, person in there.items() if who in sold - listed]
        found += [replace(worker, capacity=0.0, is_beside=True) for worker in beside]
        return tuple(sorted(found, key=lambda worker: (worker.name, worker.id)))

    def _is_asked(self, person: Person) -> bool:
        values = {each.dimension: each.values for each in self.where}
        team, _ = _place(person)
        known = {"employee": (person.employee_id, person.name), "team": (team, self._team_names.get(team or ""))}
        return all(any(value in known[name] for value in allowed) for name, allowed in values.items() if name in known)

    @cached_property
    def _team_names(self) -> Mapping[str, str]:
        rows = rows_of(self.metrics.rows("dim_team", self.scope, columns=("team_id", "name")))
        return {str(row["team_id"]): str(row["name"] or row["team_id"]) for row in rows}

    @cached_property
    def _hired(self) -> Mapping[str, date]:
        rows = rows_of(self.metrics.rows("dim_employee", self.scope, columns=("employee_id", "hired_on")))
        return {str(row["employee_id"]): row["hired_on"] for row in rows if isinstance(row["hired_on"], date)}

    def _worker(self, person: Person) -> _Worker:
        team, role = _place(person)
        hired = self._hired.get(person.employee_id)
        capacity = sum(ramp_share(self.ramp, hired, day) for day in person.days)
        return _Worker(person.employee_id, person.name, team, role, capacity)

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """What each without a plan of their own has of what the team's plan is above its people's."""
        found: dict[str, float] = {}
        for row in self.by_team.rows:
            members = [worker for worker in self.workers if worker.team_id == row["team_id"]]
            own = {worker.id: _number(self.by_person.get(worker.id, {}).get("revenue_plan")) for worker in members}
            rest = (_number(row["revenue_plan"]) or 0.0) - sum(value or 0.0 for value in own.values())
            without = [worker for worker in members if not own[worker.id]]
            capacity = sum(worker.capacity for worker in without)
            if rest > 0 and capacity > 0:
                found |= {worker.id: rest * worker.capacity / capacity for worker in without if worker.capacity}
        return {**found, **self._of_company(found)}

    def _of_company(self, shared: Mapping[str, float]) -> Mapping[str, float]:
        """Return what each whom no plan reaches yet has of what the company's plan is above those of its teams."""
        plans = [_number(row["revenue_plan"]) or 0.0 for row in self.by_team.rows]
        rest = (_number(self.by_team.totals.get("revenue_plan")) or 0.0) - sum(plans)
        stating = {worker.team_id for worker in self.workers if worker.id in shared}
        without = [
            worker
            for worker in self.workers
            if worker.team_id not in stating and not _number(self.by_person.get(worker.id, {}).get("revenue_plan"))
        ]
        capacity = sum(worker.capacity for worker in without)
        if rest < 1 or not capacity:
            return {}
        return {worker.id: rest * worker.capacity / capacity for worker in without if worker.capacity}

    @cached_property
    def rates(self) -> Mapping[tuple[str, str], Rate]:
        """The rates by step and person: how many of the step above one of this brings."""
        found: dict[tuple[str, str], Rate] = {}
        for above, metric in pairwise(CHAIN):
            for group in self._alike():
                tried = {
                    worker.id: [_tried(row, metric, above) for row in self.history.get(worker.id, ())]
                    for worker in group
                }
                found |= {(metric, who): rate for who, rate in rates(tried).items()}
        return found

    def _alike(self) -> list[list[_Worker]]:
        """Return the people of each role together; those of roles with few of them are compared with all."""
        roles: dict[str | None, list[_Worker]] = {}
        asked = [worker for worker in self.workers if not worker.is_beside]
        for worker in asked:
            roles.setdefault(worker.role, []).append(worker)
        large = [group for group in roles.values() if len(group) >= FEWEST_ALIKE]
        # all stand in the first group: whoever has a role with enough people is overlaid by that role's
        return [asked, *large]

    def _person(self, worker: _Worker) -> Part:
        row = self.by_person.get(worker.id, {})
        own = _number(row.get("revenue_plan"))
        needed = own or self.shares.get(worker.id)
        steps = [Step("revenue", needed, own, _number(row.get("revenue")))]
        for metric in CHAIN[1:]:
            rate = self.rates.get((metric, worker.id))
            needed = needed / rate.value if needed is not None and rate and rate.value else None
            steps.append(Step(metric, needed, _number(row.get(f"{metric}_plan")), _number(row.get(metric)), rate))
        is_shared = not own and worker.id in self.shares
        return Part("person", worker.id, worker.name, worker.team_id, worker.role, tuple(steps), is_shared)

    def _team(self, row: Row, people: Sequence[Part]) -> Part:
        members = [person for person in people if person.team_id == row["team_id"]]
        key = None if row["team_id"] is None else str(row["team_id"])
        return self._whole("team", key, "" if row["team"] is None else str(row["team"]), row, members)

    def _teamless(self, people: Sequence[Part]) -> list[Part]:
        teams = {row["team_id"] for row in self.by_team.rows}
        return [person for person in people if person.team_id not in teams]

    def _whole(self, level: Level, key: str | None, name: str, row: Row, below: Sequence[Part]) -> Part:
        plan = _number(row.get("revenue_plan"))
        steps = [
            Step(
                metric,
                plan if metric == "revenue" and plan else _sum(part.step(metric).needed for part in below),
                _number(row.get(f"{metric}_plan")),
                _number(row.get(metric)),
                below=_sum(part.step(metric).planned for part in below),
            )
            for metric in CHAIN
        ]
        return Part(level, key, name, key if level == "team" else None, None, tuple(steps))


def in_whole_numbers(made: Breakdown, metric: str) -> Breakdown:
    """Return the breakdown with whole needs of a metric: of the company, its teams and their people, adding up."""
    teams = {team.id for team in made.teams}
    alone = tuple(person for person in made.people if person.team_id not in teams)
    whole = made.company.step(metric).needed
    total = None if whole is None else whole_above(whole)
    of_company = _apportioned((*made.teams, *alone), metric, total)
    company = made.company if total is None else made.company.needing(metric, total)
    found = {(part.level, part.id): part for part in of_company}
    for team in of_company[: len(made.teams)]:
        members = tuple(person for person in made.people if person.team_id == team.id)
        found |= {(part.level, part.id): part for part in _apportioned(members, metric, team.step(metric).needed)}
    people = tuple(found[part.level, part.id] for part in made.people)
    return replace(made, company=company, teams=of_company[: len(made.teams)], people=people)


def _apportioned(parts: Sequence[Part], metric: str, total: float | None) -> tuple[Part, ...]:
    known = [part for part in parts if part.step(metric).needed is not None]
    if total is None or not known:
        return tuple(parts)
    whole = apportion(round(total), [part.step(metric).needed or 0.0 for part in known])
    given = {(part.level, part.id): part.needing(metric, n) for part, n in zip(known, whole, strict=True)}
    return tuple(given.get((part.level, part.id), part) for part in parts)


def _tried(row: Row, metric: str, above: str) -> Tried:
    return Tried(_number(row[metric]) or 0.0, _number(row[above]) or 0.0)


def _place(person: Person) -> tuple[str | None, str | None]:
    """Return the team and the role that a person held last of the spans that have a day of the period."""
    held = [span for span in person.spans if any(span.first <= day < span.until for day in person.days)]
    last = max(held or person.spans, key=lambda span: (span.first, span.until), default=None)
    return (last.team_id, last.role) if last else (None, None)


def _roles(person: Person) -> set[str | None]:
    return {_place(person)[1]}


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
