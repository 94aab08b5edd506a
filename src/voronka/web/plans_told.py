"""The grid of plans as its page shows it: who may edit, what was edited last, whether the figures hold it already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from voronka.analyses.breakdown import CHAIN
from voronka.domain.access import Right
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.plans import Action, Change, Statement
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.reports.ask import can_be_planned
from voronka.reports.legend import title_of
from voronka.reports.plan_grid import Cell, Grid, GridAsked, GridRow, Owner, Sight, Stood, plan_grid
from voronka.reports.tables import Language, in_words
from voronka.web.plan_shapes import (
    PlanCellShown,
    PlanChangeShown,
    PlanChoice,
    PlanEditShown,
    PlanGridShown,
    PlanPeriodShown,
    PlanRowShown,
    PlanStoodShown,
)
from voronka.web.visitor import Visitor

EDITS = 20
"""Edits that are told, the newest first."""
CHANGES = 50
"""Plans of one edit that are told."""


def grid_of(visitor: Visitor, asked: GridAsked) -> Grid:
    """Return the grid that a visitor sees, with what people state now; QuestionError before the first build."""
    company = visitor.company
    if company.built_at() is None:
        raise QuestionError("nothing is built yet", do="Run `voronka build`")
    people = company.people
    merged = {each.entity_id: str(each.into_id) for each in people.merges.in_force() if each.entity == "employee"}
    return plan_grid(company.metrics, visitor.scope, asked, people.plans.statements(), merged)


def grid_shown(visitor: Visitor, grid: Grid, language: Language) -> PlanGridShown:
    """Return the grid with its edits, the metrics to choose from and what the visitor may do."""
    return _Telling(visitor, grid, language).shown()


@dataclass(frozen=True)
class _Telling:
    visitor: Visitor
    grid: Grid
    language: Language

    def shown(self) -> PlanGridShown:
        grid, metrics = self.grid, self.visitor.company.metrics
        metric = grid.asked.metric
        return PlanGridShown(
            metric=metric,
            title=in_words(title_of(metrics, metric), self.language),
            unit=metrics.catalogue.metric(metric).unit,
            is_flow=grid.is_flow,
            grain=grid.asked.grain,
            columns=[_period(each) for each in grid.asked.columns],
            rows=[self._row(each) for each in grid.rows],
            choices=self._choices(),
            edits=self._edits(),
            latest=max((each.plan_id for each in self.statements), default=0),
            may_edit=self.visitor.may(Right.PLANS),
            is_behind=grid.is_behind,
            is_building=any(job.kind == "build" for job in self.visitor.company.people.jobs.unended()),
        )

    @cached_property
    def statements(self) -> list[Statement]:
        return self.visitor.company.people.plans.statements()

    def _row(self, row: GridRow) -> PlanRowShown:
        return PlanRowShown(
            scope=row.scope,
            id=row.id,
            name=row.name or self.visitor.company.settings.name,
            team_id=row.team_id,
            cells=[self._cell(each) for each in row.cells],
            below=[_number(each) for each in row.below],
        )

    def _cell(self, cell: Cell) -> PlanCellShown:
        return PlanCellShown(
            stood=self._stood(cell.stood) if cell.stood else None,
            filed=_number(cell.filed.value) if cell.filed else None,
            others=[self._stood(each) for each in cell.others],
            figure=_number(cell.figure),
            may_edit=cell.may_edit and self.visitor.may(Right.PLANS),
        )

    def _stood(self, stood: Stood) -> PlanStoodShown:
        return PlanStoodShown(
            period=_period(stood.period),
            value=float(stood.value),
            origin=stood.origin,
            source=stood.source,
            by=stood.by,
            at=self._local(stood.at) if stood.at else None,
        )

    def _local(self, moment: datetime) -> datetime:
        return self.visitor.company.local(moment).replace(microsecond=0)

    def _choices(self) -> list[PlanChoice]:
        company = self.visitor.company
        rows = records(company.metrics.rows("fct_plans", Scope.everything(), columns=("metric",)))
        planned = {str(row["metric"]) for row in rows} | {each.planned.metric for each in self.statements}
        of_roles = (name for role in company.settings.roles.values() for name in role.metrics)
        names = dict.fromkeys([*CHAIN, *of_roles, *sorted(planned), self.grid.asked.metric])
        known = [name for name in names if name in company.metrics.catalogue.names]
        return [
            PlanChoice(
                name=name,
                title=in_words(title_of(company.metrics, name), self.language),
                unit=company.metrics.catalogue.metric(name).unit,
                is_planned=name in planned,
            )
            for name in known
            if can_be_planned(company.metrics, name)
        ]

    def _edits(self) -> list[PlanEditShown]:
        plans = self.visitor.company.people.plans
        told = [
            self._edit(
                each.edit_id, each.action, each.changes, can_undo=each.can_undo, is_undone=each.undone_by is not None
            )
            for each in plans.edits()
        ]
        told += [self._edit(None, "command", (each,), can_undo=False, is_undone=False) for each in self._by_command()]
        found = [each for each in told if each is not None]
        return sorted(found, key=lambda each: each.at, reverse=True)[:EDITS]

    def _by_command(self) -> Iterable[Change]:
        before: dict[object, Statement] = {}
        for each in self.statements:
            if each.edit_id is None:
                yield Change(each, before.get(each.subject))
            before[each.subject] = each

    def _edit(
        self,
        edit_id: int | None,
        action: Action | Literal["command"],
        changes: tuple[Change, ...],
        *,
        can_undo: bool,
        is_undone: bool,
    ) -> PlanEditShown | None:
        """Return an edit of the grid's metric as far as the visitor sees whose plans it changed; None for nothing."""
        seen = [
            (name, each)
            for each in changes
            if each.made.planned.metric == self.grid.asked.metric and (name := self._name(each.made)) is not None
        ]
        if not seen:
            return None
        made = changes[0].made
        return PlanEditShown(
            id=edit_id,
            action=action,
            by=made.entered_by,
            at=self._local(made.entered_at),
            is_mine=edit_id is not None and made.entered_by == self.visitor.name,
            can_undo=can_undo and self.visitor.may(Right.PLANS),
            is_undone=is_undone,
            count=len(seen),
            changes=[_change(name, each) for name, each in seen[:CHANGES]],
        )

    def _name(self, statement: Statement) -> str | None:
        """Return whose plan it is in words; None where the visitor does not see them."""
        planned = statement.planned
        owner = (planned.scope, planned.scope_id)
        found = self._names.get(owner)
        if self.visitor.scope.all_rows:
            return found or str(planned.scope_id)
        is_seen = planned.scope == "employee" and Sight(self.visitor.scope, str(planned.scope_id))(planned.period)
        return found if is_seen else None

    @cached_property
    def _names(self) -> Mapping[Owner, str]:
        found: dict[Owner, str] = {}
        for row in self.grid.rows:
            name = row.name or self.visitor.company.settings.name
            found |= {(row.scope, cell.stated_as): name for cell in row.cells if cell.may_edit} | {row.owner: name}
        return found


def _change(name: str, change: Change) -> PlanChangeShown:
    planned = change.made.planned
    return PlanChangeShown(
        scope=planned.scope,
        name=name,
        first=planned.period.first,
        last=planned.period.last,
        before=_number(change.before.planned.value) if change.before else None,
        after=_number(planned.value),
    )


def _period(period: Period) -> PlanPeriodShown:
    return PlanPeriodShown(first=period.first, last=period.last)


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
