"""What of a fact stands under a plan, so that attainment sets a plan against the same people and days.

Where one person of a team has a plan and the others none, the plan of the team is that person's, and so must be the
fact that it is divided into. A row is covered by its day and by whoever stated the plan that counts at the level asked
about: the company, the row's team, or the one whom the row is credited to.
"""

from collections.abc import Sequence
from typing import Literal

from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.resolve import Cut, Question
from voronka.metrics.rowsource import Rows

Level = Literal["employee", "team", "company"]

COUNTED: dict[Level, str] = {
    "employee": "p.scope = 'employee'",
    "team": "p.counts_for_team",
    "company": "p.counts_for_company",
}
"""Which days of plans are added up at a level; the build has found out who stated a plan of their own."""
STATED: dict[Level, tuple[Level, ...]] = {
    "employee": ("employee",),
    "team": ("team", "employee"),
    "company": ("company", "team", "employee"),
}
"""Who may have stated a plan that counts at a level."""


def level_of(question: Question, cuts: Sequence[Cut]) -> Level:
    """Return whose plans are added up where a question is cut so."""
    names = {condition.dimension.name for condition in question.conditions} | {cut.name for cut in cuts}
    if "employee" in names:
        return "employee"
    return "team" if "team" in names else "company"


def covered_name(leaf: str, planned: str) -> str:
    """Return the column of what of a base metric stands under the plan of a metric."""
    return f"{leaf}__under_{planned}"


def is_set_against_a_plan(question: Question, metric: Metric) -> bool:
    """Say whether rows of the metric are taken by what its plans cover: it is a flow, and all its rows are facts'."""
    leaves = question.catalogue.leaves(metric.name)
    return question.catalogue.is_flow(metric.name) and all(leaf.is_base for leaf in leaves)


def covering(rows: Rows, metrics: Sequence[Metric]) -> dict[str, tuple[Metric, str, str]]:
    """Return, by column, a base metric of these and its marks in each row: as the rows are cut, and in the total."""
    question = rows.question
    found: dict[str, tuple[Metric, str, str]] = {}
    for n, planned in enumerate(question.measured):
        leaves = question.catalogue.leaves(planned.name) if is_set_against_a_plan(question, planned) else ()
        here, whole = (f"under_{n}_{level}" for level in _levels(question))
        found |= {covered_name(leaf.name, planned.name): (leaf, here, whole) for leaf in leaves if leaf in metrics}
    return found


def marks(rows: Rows, metrics: Sequence[Metric]) -> list[str]:
    """Return the columns that say of a row whether a plan covers it, one for each planned metric and level."""
    question = rows.question
    found: list[str] = []
    for n, planned in enumerate(question.measured):
        if not is_set_against_a_plan(question, planned):
            continue
        if not any(leaf in metrics for leaf in question.catalogue.leaves(planned.name)):
            continue
        found += [
            f"{_is_covered(rows, planned, level)} AS under_{n}_{level}" for level in dict.fromkeys(_levels(question))
        ]
    return found


def _levels(question: Question) -> tuple[Level, Level]:
    return level_of(question, question.cuts), level_of(question, ())


def _is_covered(rows: Rows, planned: Metric, level: Level) -> str:
    limited = not rows.question.query.scope.all_rows
    level = "employee" if limited else level
    return "(" + " OR ".join(_is_stated(rows, planned, level, by) for by in STATED[level]) + ")"


def _is_stated(rows: Rows, planned: Metric, level: Level, by: Level) -> str:
    """Return whether a row's company, team or person stated a plan that counts on the row's day."""
    owner = {"employee": rows.owner, "team": rows.column(DIMENSIONS["team"])}.get(by)
    where = [
        f"p.metric = {rows.parameters.add(planned.name)}",
        f"p.scope = '{by}'",
        *([COUNTED[level]] if level != by else []),
        f"p.day = {rows.day}",
        *([f"p.scope_id = {owner}"] if owner else []),
    ]
    return f"EXISTS (SELECT 1 FROM fct_plan_days AS p WHERE {' AND '.join(where)})"
