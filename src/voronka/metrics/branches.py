"""One grouped query per fact and axis: each fact is summed at its own grain before anything is put together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from voronka.domain.period import Period
from voronka.metrics.coverage import covering, marks, plan_joins
from voronka.metrics.definition import Metric, Subject
from voronka.metrics.resolve import Question
from voronka.metrics.rowsource import Rows, bucket_of, month_text, moved_day
from voronka.metrics.sql import Parameters, nested, over_rows, quoted, rows_of, select
from voronka.metrics.standing import Standing

WEIGHT = "f.weight"
NO_RATE = "__no_rate"
"""The suffix of a hidden column: how many rows of a money metric have an amount but no rate to the home currency."""
ROWS = "__rows"
"""The suffix of a column of day sums: over how many rows a sum is."""


@dataclass(frozen=True)
class Value:
    """A column of a branch; `zero` ones are 0 where the branch has no rows, others unknown."""

    name: str
    zero: bool


@dataclass(frozen=True)
class Branch:
    """The queries that answer some of the values; the last one, of the branch's name, has keys, total, slot, values."""

    name: str
    queries: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]


def fact_branch(
    question: Question,
    name: str,
    metrics: Sequence[Metric],
    parameters: Parameters,
    read: Collection[str] | Standing,
) -> Branch:
    """Return the branch of the metrics of one fact and axis; the fact is scanned once for all of them.

    Where they are of several views of one table, that table is read, and each metric takes the rows of its view. `read`
    are the columns that the fact's files have, or the day sums that are read in place of the fact and added up.
    """
    sums, columns = (read, ()) if isinstance(read, Standing) else (None, read)
    subject = whole_subject(metrics[0]) if sums else _subject_of(metrics)
    rows = Rows(question, subject, metrics[0].axis, parameters, sums)
    conditions = [*period_conditions(rows, metrics, columns), *_of_views(rows, metrics), *rows.conditions(rows.day)]
    source = _source(rows) + plan_joins(rows, metrics)
    inner = select(["f.*", *_inner_columns(rows), *marks(rows, metrics)], source, where=conditions)
    written = {metric.name: measure(metric, rows) for metric in metrics} | rows_without_rate(metrics, rows)
    written |= _covered(metrics, rows)
    return Branch(name, ((name, grouped(question, inner, written)),), tuple(values_of(metrics, written)))


def _subject_of(metrics: Sequence[Metric]) -> Subject:
    first = metrics[0].fact
    if all(metric.fact.fact == first.fact for metric in metrics):
        return first
    return whole_subject(metrics[0])


def whole_subject(metric: Metric) -> Subject:
    """Return what a metric is about, with the table of all rows where its fact is a view of some."""
    return replace(metric.fact, fact=metric.fact.table.rows_of or metric.fact.fact)


def view_rows(fact: str) -> str:
    """Return the column of day sums that tells how many of a day's rows are a view's."""
    return f"__of_{fact}"


def _of_views(rows: Rows, metrics: Sequence[Metric]) -> list[str]:
    """Return which rows any of the metrics may take, where not all rows of the table."""
    views = list(dict.fromkeys(of_view(rows, metric) for metric in metrics))
    return [] if "" in views else [_any(views)]


def of_view(rows: Rows, metric: Metric) -> str:
    """Return which rows of the table that is read are of a metric's view; '' where all of them."""
    if metric.fact.fact == rows.subject.fact:
        return ""
    return f"f.{view_rows(metric.fact.fact)} > 0" if rows.sums else metric.fact.table.among


def grouped(question: Question, inner: str, written: dict[str, str]) -> str:
    """Return the grouped query over `inner` (by_0 .. by_n, slot, weight); its totals come from the facts too."""
    keys = [f"f.by_{n} AS {quoted(cut.key)}" for n, cut in enumerate(question.cuts)]
    by = [f"f.by_{n}" for n, _ in enumerate(question.cuts)]
    total = f"GROUPING({by[0]}) AS total" if by else "1 AS total"
    slot = ["f.slot"] if question.earlier else []
    group = ", ".join(slot)
    if by:
        group = f"GROUPING SETS (({', '.join([*by, *slot])}), ({', '.join(slot)}))"
    measures = [f"{sql} AS {quoted(name)}" for name, sql in written.items()]
    return select([*keys, total, "f.slot" if slot else "0 AS slot", *measures], nested(inner, "f"), group=group)


def _covered(metrics: Sequence[Metric], rows: Rows) -> dict[str, str]:
    """Return what of the metrics stands under a plan: in the rows by whom they are cut, in the total the company's."""
    found = {}
    for name, (leaf, here, whole) in covering(rows, metrics).items():
        found[name] = measure(leaf, rows, f"f.{here}")
        if here != whole:
            total = measure(leaf, rows, f"f.{whole}")
            found[name] = f"CASE WHEN GROUPING(f.by_0) = 1 THEN {total} ELSE {found[name]} END"
    return found


def measure(metric: Metric, rows: Rows, only_where: str = "") -> str:
    """Return the aggregate of a metric over the rows of the inner query, or over those of them with a mark."""
    if rows.sums:
        return _added_up(metric, only_where)
    condition = " AND ".join(part for part in (condition_of(metric, rows), only_where) if part)
    expression = metric.fragment.sql if metric.fragment else ""
    if metric.verb == "count":
        weighed = f"coalesce({over_rows('sum', WEIGHT, condition)}, 0)"
        return weighed if rows.is_split else over_rows("count", "*", condition)
    if metric.verb == "count_distinct":
        return over_rows("count", expression, condition, distinct=True)
    if metric.verb == "median":
        return over_rows("median", f"CAST({expression} AS DOUBLE)", condition)
    if metric.verb == "average":
        return _average(expression, condition, rows)
    found = over_rows("count", "*", condition)
    return f"CASE WHEN {found} > 0 THEN {_sum(metric, expression, condition, rows)} ELSE 0 END"


def _added_up(metric: Metric, only_where: str) -> str:
    """Return what day sums of a metric add up to."""
    found = over_rows("sum", f"f.{quoted(metric.name)}", only_where)
    if metric.verb == "count":
        return f"CAST(coalesce({found}, 0) AS BIGINT)"
    rows = over_rows("sum", f"f.{quoted(metric.name + ROWS)}", only_where)
    return f"CASE WHEN {rows} > 0 THEN {found} ELSE 0 END"


def _sum(metric: Metric, expression: str, condition: str, rows: Rows) -> str:
    if not rows.is_split:
        return over_rows("sum", expression, condition)
    return as_money(metric, over_rows("sum", credited(metric, expression, WEIGHT), condition))


def credited(metric: Metric, expression: str, weight: str) -> str:
    """Return what a row credits by its share; money to a billionth, so that its sum is the same in whatever order."""
    value = f"CAST({expression} AS DOUBLE) * {weight}"
    return f"CAST({value} AS DECIMAL(28, 9))" if metric.unit == "money" else value


def as_money(metric: Metric, sql: str) -> str:
    """Return a sum by shares without the dust of fractions: money to a millionth."""
    return f"CAST({sql} AS DECIMAL(38, 6))" if metric.unit == "money" else sql


def _average(expression: str, condition: str, rows: Rows) -> str:
    value = f"CAST({expression} AS DOUBLE)"
    if not rows.is_split:
        return over_rows("avg", value, condition)
    known = " AND ".join([*([condition] if condition else []), f"({expression}) IS NOT NULL"])
    return f"{over_rows('sum', f'{value} * {WEIGHT}', condition)} / nullif({over_rows('sum', WEIGHT, known)}, 0)"


def condition_of(metric: Metric, rows: Rows) -> str:
    """Return which rows of the fact a metric takes, whatever the period; '' where all of them."""
    own = [f"({each})" for each in (of_view(rows, metric), metric.where.sql if metric.where else "") if each]
    mixed = rows.axis == rows.subject.axis and not rows.question.query.period
    happened = [f"{rows.day} IS NOT NULL"] if metric.own_time and mixed else []
    return " AND ".join([*own, *happened])


def rows_without_rate(metrics: Sequence[Metric], rows: Rows) -> dict[str, str]:
    """Return, by hidden column, how many rows of the money metrics have an amount but no rate to the home currency."""
    if rows.sums:
        hidden = [name for metric in metrics if (name := metric.name + NO_RATE) in rows.sums.columns]
        return {name: f"CAST(coalesce(sum(f.{quoted(name)}), 0) AS BIGINT)" for name in hidden}
    known = {column.name for column in rows.subject.table.columns}
    found: dict[str, str] = {}
    for metric in metrics:
        home = [column for column in (metric.fragment.columns if metric.fragment else ()) if column.endswith("_home")]
        missing = [
            f"(f.{column.removesuffix('_home')} IS NOT NULL AND f.{column} IS NULL)"
            for column in home
            if column.removesuffix("_home") in known
        ]
        if missing:
            condition = [part for part in (condition_of(metric, rows), f"({' OR '.join(missing)})") if part]
            found[metric.name + NO_RATE] = over_rows("count", "*", " AND ".join(condition))
    return found


def values_of(metrics: Sequence[Metric], written: dict[str, str]) -> list[Value]:
    """Return the branch's columns: counts and sums of no rows are 0, averages and medians of none are unknown."""
    verbs = {metric.name: metric.verb for metric in metrics}
    return [Value(name, verbs.get(name, "count") not in ("average", "median")) for name in written]


def _inner_columns(rows: Rows) -> list[str]:
    question = rows.question
    slot = _slot(rows)
    keys = key_columns(rows, moved_day(rows.day, slot, question.earlier))
    weight = ["coalesce(credit.share, 1) AS weight"] if rows.is_split else []
    return [*([f"{slot} AS slot"] if question.earlier else []), *keys, *weight]


def key_columns(rows: Rows, day: str) -> list[str]:
    """Return by_0 .. by_n: what the rows are grouped by, the cut by time taken of `day`."""
    cuts = enumerate(rows.question.cuts)
    return [f"{rows.column(cut.dimension) if cut.dimension else bucket_of(day, cut)} AS by_{n}" for n, cut in cuts]


def _slot(rows: Rows) -> str:
    if _periods_overlap(rows.question):
        return "slots.slot"
    if not rows.question.earlier:
        return "0"
    return f"CASE WHEN {rows.day} >= {rows.parameters.add(rows.question.periods[0].first)} THEN 0 ELSE 1 END"


def _periods_overlap(question: Question) -> bool:
    return len(question.periods) > 1 and question.periods[1].last >= question.periods[0].first


def _source(rows: Rows) -> str:
    if not _periods_overlap(rows.question):
        return rows.table()
    periods = enumerate(rows.question.periods)
    cells = [[str(slot), rows.parameters.add(each.first), rows.parameters.add(each.last)] for slot, each in periods]
    slots = rows_of(cells, "slots", ("slot", "first", "last"))
    return f"{rows.table()}\nJOIN {slots} ON {rows.day} >= slots.first AND {rows.day} <= slots.last"


def period_conditions(rows: Rows, metrics: Sequence[Metric], columns: Collection[str]) -> list[str]:
    """Return what rows must pass to stand in the periods asked about; `columns` are those the fact's files have."""
    periods = rows.question.periods
    if not periods:
        return [f"{rows.day} IS NOT NULL"] if all(metric.own_time for metric in metrics) else []
    whole = Period(min(period.first for period in periods), max(period.last for period in periods))
    has_gap = sum(period.days for period in periods) < whole.days
    parts = periods if has_gap else (whole,)
    conditions = [*_partition(rows, parts, columns), _between(rows, whole)]  # the range is pushed into the scan
    return [*conditions, _any([_between(rows, part) for part in parts])] if has_gap else conditions


def _any(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else "(" + " OR ".join(f"({each})" for each in conditions) + ")"


def _between(rows: Rows, period: Period) -> str:
    first, last = (rows.parameters.add(day) for day in (period.first, period.last))
    return f"{rows.day} >= {first} AND {rows.day} <= {last}"


def _partition(rows: Rows, periods: Sequence[Period], columns: Collection[str]) -> list[str]:
    if "month" not in columns or rows.axis != rows.subject.table.axes[0]:
        return []
    bounds = [(rows.parameters.add(month_text(p.first)), rows.parameters.add(month_text(p.last))) for p in periods]
    return [_any([f"f.month BETWEEN {first} AND {last}" for first, last in bounds])]
