"""One list of the board: who stands at which place by a metric, what was before, the plan, and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voronka.analyses.places import DIGITS, Place, places
from voronka.metrics.answer import PREVIOUS, AnswerColumn, Row
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.reports.ask import Block, known
from voronka.reports.findings import Finding
from voronka.reports.page import Table

PLANNED = ("plan", "attainment")
NAMED = 3
"""How many of those who share the first place are named."""


@dataclass(frozen=True)
class Member:
    """Who has a place: a person or a team; `beside` is the person's team, or how many people the team has.

    `opens` says whether whoever looks may see all records behind the figures, `was` whether they were there before.
    """

    id: str
    name: str
    beside: str | float | None = None
    opens: bool = False
    was: bool = True


@dataclass(frozen=True)
class Places:
    """A list by one metric: `facts` have its figures by whom they are of, `plans` what was planned, where it was."""

    board: str
    metric: Metric
    key: str
    members: Sequence[Member]
    facts: Block
    plans: Block | None = None

    def table(self) -> Table:
        """Return the list by place; figures of whoever has none are in the totals alone, as `without_place`."""
        placed, earlier = places(self._figures()), self._places_before()
        columns = self._columns()
        rows = [self._row(member, placed[member.id], earlier.get(member.id), columns) for member in self.members]
        rows.sort(key=lambda row: (row["place"], str(row[self.key]).casefold()))
        return Table(columns, tuple(rows), self._totals(columns))

    def said(self) -> Finding:
        """Return who is first and by how much."""
        figures = self._figures()
        first = max(figures.values(), default=0.0)
        values: dict[str, object] = {"board": self.board, "metric": self.metric.name, "value": first}
        if first <= 0:
            return Finding("nobody", "neutral", values)
        placed = places(figures)
        leaders = sorted(each.name for each in self.members if placed[each.id].number == 1)
        second = max((value for key, value in figures.items() if placed[key].number > 1), default=None)
        names = {"names": ", ".join(leaders[:NAMED]), "more": max(0, len(leaders) - NAMED), "count": len(leaders)}
        if len(leaders) > 1:
            return Finding("shared", "neutral", values | names)
        if second is None:
            return Finding("alone", "neutral", values | names)
        return Finding("leader", "neutral", values | names | {"lead": first - second})

    def _row(self, member: Member, place: Place, was: Place | None, columns: Sequence[AnswerColumn]) -> Row:
        name, fact = self.metric.name, self._rows.get(member.id, {})
        plan = next((row for row in self._planned if row[f"{self.key}_id"] == member.id), {})
        found: Row = {name: fact.get(name) or 0, name + PREVIOUS: fact.get(name + PREVIOUS) or 0}
        found |= {f"{name}_{part}": plan.get(f"{name}_{part}") for part in PLANNED}
        shown = {column.name for column in columns}
        return {
            "place": place.number,
            "is_shared": place.is_shared,
            f"{self.key}_id": member.id,
            self.key: member.name,
            "beside": member.beside,
            **{part: value for part, value in found.items() if part in shown},
            "place_previous": was.number if was else None,
            "opens": member.opens,
        }

    def _figures(self) -> Mapping[str, float]:
        """Return the figure of each who has a place, 0 where there is none."""
        return {member.id: self._figure(member, self.metric.name) for member in self.members}

    def _figure(self, member: Member, name: str) -> float:
        return known(self._rows.get(member.id, {}).get(name)) or 0.0

    def _places_before(self) -> Mapping[str, Place]:
        name = self.metric.name + PREVIOUS
        if self.facts.total(name) is None:
            return {}
        return places({member.id: self._figure(member, name) for member in self.members if member.was})

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {str(row[f"{self.key}_id"]): row for row in self.facts.answer.rows}

    @property
    def _planned(self) -> Sequence[Row]:
        return self.plans.answer.rows if self.plans else ()

    def _totals(self, columns: Sequence[AnswerColumn]) -> Row:
        name = self.metric.name
        totals = {**self.facts.answer.totals, **(self.plans.answer.totals if self.plans else {})}
        placed = sum(self._figures().values())
        without = round((known(totals.get(name)) or 0.0) - placed, DIGITS)
        shown = (column.name for column in columns if column.name.startswith(name))
        return {**{each: totals.get(each) for each in shown}, "without_place": without}

    def _columns(self) -> tuple[AnswerColumn, ...]:
        metric, title = self.metric, DIMENSIONS[self.key].title
        main = AnswerColumn(metric.name, metric.title, metric.unit, "metric", metric.better)
        columns = [
            PLACE,
            AnswerColumn(f"{self.key}_id", Title(f"{title.ru}, id", f"{title.en}, id"), kind="dimension"),
            AnswerColumn(self.key, title, kind="dimension"),
            TEAM if self.key == "employee" else PEOPLE,
            main,
        ]
        if self.facts.ask.compare:
            columns += [replace(main, name=metric.name + PREVIOUS, title=BEFORE), PLACE_BEFORE]
        if self.plans:
            units = zip(PLANNED, (PLAN, OF_PLAN), (metric.unit, "percent"), strict=True)
            columns += [
                AnswerColumn(f"{metric.name}_{part}", words, unit, "metric", metric.better)
                for part, words, unit in units
            ]
        return tuple(columns)


BEFORE, PLAN, OF_PLAN = Title("Было", "Before"), Title("План", "Plan"), Title("% плана", "% of plan")
PLACE = AnswerColumn("place", Title("Место", "Place"), "count")
PLACE_BEFORE = AnswerColumn("place_previous", Title("Место было", "Place before"), "count")
TEAM = AnswerColumn("beside", Title("Команда", "Team"), kind="dimension")
PEOPLE = AnswerColumn("beside", Title("Людей", "People"), "count")
