"""What of a fact adds up, summed by day and by whose the rows are: small tables that answer in place of the fact.

Nearly all that a page asks for is counts and sums by person, team, role and time. Over a million activities these are
some twenty thousand sums, each told for good while the data stand: a question then adds up hundreds of them, and need
not find out for each row of the fact whether a plan covers it. Medians, distinct counts, records that are split between
people, other cuts, and whatever speaks of the present moment are asked of the facts themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voronka.domain.errors import OurMistakeError
from voronka.domain.model import tables
from voronka.domain.scope import Scope
from voronka.metrics.branches import ROWS, condition_of, of_view, rows_without_rate, view_rows, whole_subject
from voronka.metrics.coverage import is_set_against_a_plan, kept_marks
from voronka.metrics.definition import NAME, Metric
from voronka.metrics.dimensions import OWNER_COLUMNS
from voronka.metrics.question import Query
from voronka.metrics.resolve import Question
from voronka.metrics.rowsource import Rows
from voronka.metrics.sql import Parameters, nested, over_rows, quoted, select
from voronka.metrics.standing import Standing, named_by

Place = tuple[str, str, str, str]
"""The table, the axis a metric is told by, the axis of its file and which rows that is about."""


@dataclass(frozen=True)
class Sums:
    """The tables that a question is answered from in place of facts, by what they stand for, and of plans' days."""

    facts: Mapping[Place, Standing] = field(default_factory=dict)
    plans: Standing | None = None

    @property
    def tables(self) -> tuple[Standing, ...]:
        """Return all of them."""
        return (*self.facts.values(), *([self.plans] if self.plans else []))


def place_of(metric: Metric) -> Place:
    """Return of which rows a metric is: views of one table are read at once, since each more has to be planned too."""
    fact = metric.fact
    return fact.table.rows_of or fact.fact, metric.axis, fact.axis, fact.where.text if fact.where else ""


def stands_in(question: Question, metric: Metric) -> bool:
    """Say whether day sums answer what a question asks of a base metric."""
    has_days = bool(question.periods) and question.query.owner == "then"
    return has_days and _is_by_day_and_owner(question) and _is_summed(question, metric)


def _is_by_day_and_owner(question: Question) -> bool:
    asked = [cut.dimension for cut in question.cuts if cut.dimension]
    asked += [condition.dimension for condition in question.conditions]
    return all(each.owned or each.name == "weekday" for each in asked)


def _is_summed(question: Question, metric: Metric) -> bool:
    """Say whether a metric's sums of days are kept: they add up, and are the same at whatever moment they are made."""
    if not (metric.is_additive and metric.fact.table.owned) or question.split(metric.fact, metric.axis):
        return False
    written = "".join(each.sql for each in (metric.where, metric.fragment, metric.fact.where) if each)
    return "$" not in written and _has_owner(metric)


def _has_owner(metric: Metric) -> bool:
    columns = {column.name for column in tables()[metric.fact.fact].columns}
    return {f"{metric.axis}_{part}" for part in OWNER_COLUMNS.values()} <= columns


def day_sums(question: Question, place: Place, planned: Iterable[str]) -> Standing:
    """Return the table of what adds up at a place, with a mark of each row for the plans of metrics that cover it.

    Its columns: the day and the owner as the fact calls them; per metric its sum, for sums also over how many rows;
    hidden, how many rows are of a view and how many lack a rate; `under_METRIC_LEVEL`.
    """
    catalogue = question.catalogue
    bases = [each for each in catalogue.metrics.values() if each.is_base and each.subject and not each.is_as_of]
    metrics = [each for each in bases if place_of(each) == place and _is_summed(question, each)]
    rows = Rows(_of_all(question), whole_subject(metrics[0]), metrics[0].axis, _Names())
    held = [catalogue.metrics[name] for name in sorted(planned)]
    marked = [each for each in held if _is_covered_here(question, each, metrics)]
    written = _written(metrics, rows)
    keys = [rows.day, *(f"f.{rows.axis}_{part}" for part in OWNER_COLUMNS.values())]
    own = [rows.subject.where.sql] if rows.subject.where else []
    columns = [*keys, *(f"{sql} AS {quoted(name)}" for name, sql in written.items())]
    summed = select(
        columns, f"{rows.subject.fact} AS f", where=[f"{rows.day} IS NOT NULL", *own], group=", ".join(keys)
    )
    marks, joins = kept_marks(rows, marked)
    sql = select(["f.*", *marks], nested(summed, "f") + joins, more=f"ORDER BY {rows.day}")
    names = (mark.rpartition(" AS ")[2] for mark in marks)
    stem = f"day_sums_{rows.subject.fact.removeprefix('fct_')}_{rows.axis}"
    return Standing(named_by(sql, stem), sql, frozenset([*written, *names]))


def _of_all(question: Question) -> Question:
    """Return the question about everything, whoever asked for what: what is kept is for all of them."""
    return replace(question, query=Query(metrics=(), scope=Scope.everything()), wanted=(), cuts=(), conditions=())


def _is_covered_here(question: Question, planned: Metric, metrics: Sequence[Metric]) -> bool:
    catalogue = question.catalogue
    leaves = catalogue.leaves(planned.name) if is_set_against_a_plan(catalogue, planned) else ()
    return any(leaf in metrics for leaf in leaves)


def _written(metrics: Sequence[Metric], rows: Rows) -> dict[str, str]:
    """Return the aggregates that a row of the table holds, by column."""
    views = {view_rows(each.fact.fact): view for each in metrics if (view := of_view(rows, each))}
    found = {name: _counted(view) for name, view in views.items()}
    for metric in metrics:
        condition = condition_of(metric, rows)
        if metric.verb == "count":
            found[metric.name] = _counted(condition)
        else:
            expression = metric.fragment.sql if metric.fragment else ""
            found |= {metric.name: over_rows("sum", expression, condition), metric.name + ROWS: _counted(condition)}
    hidden = rows_without_rate(metrics, rows)
    return found | {name: f"CAST({sql} AS INTEGER)" for name, sql in hidden.items()}


def _counted(condition: str) -> str:
    return f"CAST({over_rows('count', '*', condition)} AS INTEGER)"


class _Names(Parameters):
    """Writes names of metrics into a statement that is kept: a table made of a SELECT takes no parameters."""

    def add(self, value: object) -> str:
        if not isinstance(value, str) or not NAME.fullmatch(value):
            message = f"no name of a metric: {value!r}"
            raise OurMistakeError(message)
        return f"'{value}'"
