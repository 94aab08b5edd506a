"""What of a fact stands under a plan, so that attainment sets a plan against the same people and days.

Where one person of a team has a plan and the others none, the plan of the team is that person's, and so must be the
fact that it is divided into. A row is covered by its day and by whoever stated the plan that counts at the level asked
about: the company, the row's team, or the one whom the row is credited to.
"""

from collections.abc import Sequence
from typing import Literal

from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.resolve import Cut, Question
from voronka.metrics.rowsource import Rows
from voronka.metrics.sql import nested, select
from voronka.metrics.standing import Standing

Level = Literal["employee", "team", "company"]
LEVELS: tuple[Level, ...] = ("employee", "team", "company")
Planned = tuple[int | str, Metric]
"""A metric set against its plan, and what its marks are called by."""

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


def is_set_against_a_plan(catalogue: Catalogue, metric: Metric) -> bool:
    """Say whether rows of the metric are taken by what its plans cover: it is a flow, and all its rows are facts'."""
    return catalogue.is_flow(metric.name) and all(leaf.is_base for leaf in catalogue.leaves(metric.name))


def covering(rows: Rows, metrics: Sequence[Metric]) -> dict[str, tuple[Metric, str, str]]:
    """Return, by column, a base metric of these and its marks in each row: as the rows are cut, and in the total."""
    question = rows.question
    found: dict[str, tuple[Metric, str, str]] = {}
    for n, planned in enumerate(question.measured):
        is_covered = is_set_against_a_plan(question.catalogue, planned)
        leaves = question.catalogue.leaves(planned.name) if is_covered else ()
        here, whole = (_mark(n, level) for level in _levels(question))
        found |= {covered_name(leaf.name, planned.name): (leaf, here, whole) for leaf in leaves if leaf in metrics}
    return found


def marks(rows: Rows, metrics: Sequence[Metric]) -> list[str]:
    """Return the columns that say of a row whether a plan covers it, one for each planned metric and level.

    They stand on `plan_joins`; where no plan is found they are unknown, which takes no row either.
    """
    planned = _planned(rows, metrics)
    if rows.sums:
        return [
            f"{_kept(rows.sums, each, _counting(rows, level))} AS {_mark(n, level)}"
            for n, each in planned
            for level in _asked_levels(rows)
        ]
    return _marks(rows, planned, _asked_levels(rows))


def kept_marks(rows: Rows, planned: Sequence[Metric]) -> tuple[list[str], str]:
    """Return the columns that say which plans cover a row, at each level and by the metric's name, and their joins."""
    by_name = [(metric.name, metric) for metric in planned]
    return _marks(rows, by_name, LEVELS), _joins(rows, by_name, LEVELS)


def kept_mark(planned: str, level: Level) -> str:
    """Return the column that says whether the plans of a metric cover a row at a level."""
    return _mark(planned, level)


def _kept(sums: Standing, planned: Metric, level: Level) -> str:
    column = kept_mark(planned.name, level)
    return f"f.{column}" if column in sums.columns else "CAST(NULL AS BOOLEAN)"  # nobody has a plan of it


def _marks(rows: Rows, planned: Sequence[Planned], levels: Sequence[Level]) -> list[str]:
    return [
        f"({' OR '.join(f'{_joined(by)}.{_mark(n, level)}' for by in _stated(rows, level))}) AS {_mark(n, level)}"
        for n, _ in planned
        for level in levels
    ]


def plan_joins(rows: Rows, metrics: Sequence[Metric]) -> str:
    """Return the joins of a row with those who may have stated a plan on its day, '' where none is asked for.

    Each is of one row per day and person, team or company, so that no row of the fact is met twice: one join answers
    for all metrics, where a question of each row's own for each of them takes longer to plan than to answer.
    """
    return "" if rows.sums else _joins(rows, _planned(rows, metrics), _asked_levels(rows))


def _joins(rows: Rows, planned: Sequence[Planned], levels: Sequence[Level]) -> str:
    stating = dict.fromkeys(by for level in levels for by in _stated(rows, level)) if planned else ()
    return "".join(f"\nLEFT JOIN {_stated_days(rows, planned, by, levels)}" for by in stating)


def _planned(rows: Rows, metrics: Sequence[Metric]) -> list[Planned]:
    """Return the metrics set against a plan that stand on any of these, with their places among those asked."""
    question = rows.question
    return [
        (n, planned)
        for n, planned in enumerate(question.measured)
        if is_set_against_a_plan(question.catalogue, planned)
        and any(leaf in metrics for leaf in question.catalogue.leaves(planned.name))
    ]


def _mark(n: int | str, level: Level) -> str:
    return f"under_{n}_{level}"


def _joined(by: Level) -> str:
    return f"plans_of_{by}"


def _asked_levels(rows: Rows) -> Sequence[Level]:
    return tuple(dict.fromkeys(_levels(rows.question)))


def _levels(question: Question) -> tuple[Level, Level]:
    return level_of(question, question.cuts), level_of(question, ())


def _stated(rows: Rows, level: Level) -> tuple[Level, ...]:
    """Return who may have stated a plan that counts at a level; with a limited scope its people alone."""
    return STATED[_counting(rows, level)]


def _counting(rows: Rows, level: Level) -> Level:
    return level if rows.question.query.scope.all_rows else "employee"


def _stated_days(rows: Rows, planned: Sequence[Planned], by: Level, levels: Sequence[Level]) -> str:
    """Return the days on which somebody of this level stated a plan, with a mark for each metric and level asked."""
    add, periods = rows.parameters.add, rows.question.periods
    owner = {"employee": rows.owner, "team": rows.column(DIMENSIONS["team"])}.get(by)
    keys = ["p.day", *(["p.scope_id"] if owner else [])]
    columns = [
        f"bool_or({_counts(rows, metric, level, by)}) AS {_mark(n, level)}"
        for n, metric in planned
        for level in levels
        if by in _stated(rows, level)
    ]
    names = ", ".join(add(metric.name) for _, metric in planned)
    where = [f"p.scope = '{by}'", f"p.metric IN ({names})"]
    if periods:
        first, last = min(each.first for each in periods), max(each.last for each in periods)
        where.append(f"p.day >= {add(first)} AND p.day <= {add(last)}")
    source = select([*keys, *columns], "fct_plan_days AS p", where=where, group=", ".join(keys))
    on = [f"{_joined(by)}.day = {rows.day}", *([f"{_joined(by)}.scope_id = {owner}"] if owner else [])]
    return f"{nested(source, _joined(by))} ON {' AND '.join(on)}"


def _counts(rows: Rows, planned: Metric, level: Level, by: Level) -> str:
    counting = _counting(rows, level)
    return " AND ".join(
        [f"p.metric = {rows.parameters.add(planned.name)}", *([COUNTED[counting]] if counting != by else [])]
    )
