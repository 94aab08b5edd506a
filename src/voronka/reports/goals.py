"""How a goal of somebody stands: its metric before it began and now, worked out anew at each look."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from voronka.domain.errors import QuestionError
from voronka.domain.one_to_ones import Goal
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker


@dataclass(frozen=True)
class Measured:
    """A goal's metric over as many days before it as it lasts, and over its days until today; None is unknown.

    `is_met` says whether it stands where it should now, None where that is unknown; `is_over` that no day is left.
    """

    title: Title
    unit: str
    better: Literal["up", "down"]
    before_period: Period
    before: float | None
    now_period: Period | None
    now: float | None
    is_met: bool | None
    is_over: bool


def measured(metrics: Metrics, scope: Scope, goal: Goal, employee_id: str, today: date) -> Measured:
    """Return how a person's goal stands among the rows of the scope."""
    metric, better = _goal_metric(metrics, goal.metric)
    asker = Asker(metrics, scope, (Filter("employee", (employee_id,)),))
    first, last = goal.period.first, goal.period.last
    before = Period(first - timedelta(days=goal.period.days), first - timedelta(days=1))
    running = Period(first, min(last, today)) if first <= today else None
    now = asker.ask(goal.metric, period=running).total(goal.metric) if running else None
    is_met = None if now is None else now >= goal.target if better == "up" else now <= goal.target
    return Measured(
        title=metric,
        unit=metrics.catalogue.metric(goal.metric).unit,
        better=better,
        before_period=before,
        before=asker.ask(goal.metric, period=before).total(goal.metric),
        now_period=running,
        now=now,
        is_met=is_met,
        is_over=last < today,
    )


def check_goal(metrics: Metrics, goal: Goal) -> None:
    """Refuse a goal of a metric that there is not, that is not told by person, or that is neither good nor bad."""
    _goal_metric(metrics, goal.metric)


def _goal_metric(metrics: Metrics, name: str) -> tuple[Title, Literal["up", "down"]]:
    metric = metrics.catalogue.metric(name)
    if "employee" not in metrics.catalogue.dimensions_of(metric.name) or metric.name != name:
        raise QuestionError(f"{name} is not known by person", do="Set the goal by another metric")
    if metric.better not in {"up", "down"}:
        raise QuestionError(f"of {name} neither more nor less is better", do="Set the goal by another metric")
    return metric.title, "up" if metric.better == "up" else "down"
