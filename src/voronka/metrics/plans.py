"""Plans of metrics: those of flows are cut to days and added up, the others are constant over their period.

A team shows its own plan on the days it covers, else the sum of its people's; the company likewise. With a limited
scope only the plans of the people in it are added up. Plans cut to days come from `fct_plan_days`. Due by now is the
plan of the days that are over, and of a day on its way the share of its working hours that is behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from voronka.domain.period import Period
from voronka.metrics.branches import Branch, Value
from voronka.metrics.coverage import COUNTED, Level, level_of
from voronka.metrics.definition import Metric
from voronka.metrics.resolve import Cut, Question
from voronka.metrics.rowsource import bucket_of, moved_day, scope_conditions
from voronka.metrics.sql import Parameters, day_literal, nested, over_rows, quoted, rows_of, select, union
from voronka.metrics.standing import Standing, named_by

PLAN = "__plan"
DUE = "__due"


@dataclass(frozen=True)
class _Plans:
    question: Question
    metrics: tuple[Metric, ...]
    parameters: Parameters
    sums: Standing | None = None

    @property
    def names(self) -> str:
        return self.parameters.listed([metric.name for metric in self.metrics])

    @property
    def filtered(self) -> set[str]:
        return {condition.dimension.name for condition in self.question.conditions}

    @property
    def is_limited(self) -> bool:
        return not self.question.query.scope.all_rows

    def level(self, cuts: Sequence[Cut]) -> Level:
        return level_of(self.question, cuts)

    def filters(self) -> list[str]:
        conditions = self.question.conditions
        return [_among(f"p.{c.dimension.key}", c.values, self.parameters) for c in conditions]


def plan_sums(planned: Iterable[str]) -> Standing:
    """Return the table of plans' days with a column for each of these metrics: a row per day and whose plans they are.

    The names are those of metrics that there are: they stand in the statement as they are written.
    """
    names = sorted(planned)
    keys = ["p.scope", "p.scope_id", "p.team_id", "p.counts_for_team", "p.counts_for_company", "p.day"]
    mine = {name: f"p.metric = '{name}'" for name in names}
    sums = [f"{over_rows('sum', 'p.value', of)} AS {quoted(name)}" for name, of in mine.items()]
    sql = select([*keys, *sums], "fct_plan_days AS p", group=", ".join(keys), more="ORDER BY p.day")
    return Standing(named_by(sql, "plan_sums"), sql, frozenset(names))


def plan_branches(question: Question, parameters: Parameters, sums: Standing | None = None) -> list[Branch]:
    """Return the branches of the plans asked for: of flows by days, of the others as they stand.

    With `sums` the days are read there, where all metrics of a day stand in one row.
    """
    flows = tuple(metric for metric in question.planned if _is_flow(question, metric))
    others = tuple(metric for metric in question.planned if metric not in flows)
    found = [_daily_branch(_Plans(question, flows, parameters, sums))] if flows else []
    return [*found, *([_constant_branch(_Plans(question, others, parameters))] if others else [])]


def _is_flow(question: Question, metric: Metric) -> bool:
    return question.catalogue.is_flow(metric.name)


def _values(metrics: Sequence[Metric]) -> tuple[Value, ...]:
    return tuple(Value(metric.name + suffix, zero=False) for metric in metrics for suffix in (PLAN, DUE))


def _among(column: str, values: Sequence[str | None], parameters: Parameters) -> str:
    known = [value for value in values if value is not None]
    parts = [f"{column} IN ({parameters.listed(known)})"] if known else []
    parts += [f"{column} IS NULL"] if None in values else []
    return "(" + " OR ".join(parts or ["FALSE"]) + ")"


def _daily_branch(plans: _Plans) -> Branch:
    queries = [_daily(plans, plans.question.cuts, total=0)] if plans.question.cuts else []
    queries.append(_daily(plans, (), total=1))
    return Branch("plan_days", (("plan_days", union(queries)),), _values(plans.metrics))


def _daily(plans: _Plans, cuts: Sequence[Cut], total: int) -> str:
    """Return the sums of the plans' days: cut as asked, or (total) as if nothing had been cut."""
    question = plans.question
    slot = "p.slot" if question.earlier else "0"
    day = moved_day("p.day", slot, question.earlier)
    by = [f"p.{cut.key}" if cut.dimension else bucket_of(day, cut) for cut in cuts]
    keys = [f"{sql} AS {quoted(cut.key)}" for sql, cut in zip(by, cuts, strict=True)]
    keys = keys or [f"NULL AS {quoted(cut.key)}" for cut in question.cuts]
    group = [*by, *([slot] if question.earlier else [])]
    sums = [part for metric in plans.metrics for part in _daily_sums(plans, metric)]
    source = nested(_levelled(plans, plans.level(cuts)), "p")
    columns = [*keys, f"{total} AS total", f"{slot} AS slot", *sums]
    return select(columns, source, where=plans.filters(), group=", ".join(group))


def _daily_sums(plans: _Plans, metric: Metric) -> list[str]:
    mine, value = _mine(plans, metric)
    until_now, due = _due(plans, value)
    due = " AND ".join(part for part in (mine, due) if part)
    return [
        f"CAST({over_rows('sum', each, condition)} AS DECIMAL(38, 4)) AS {quoted(metric.name + suffix)}"
        for each, condition, suffix in ((value, mine, PLAN), (until_now, due, DUE))
    ]


def _due(plans: _Plans, value: str) -> tuple[str, str]:
    """Return what of a day's plan is due by now, and on which days: '' for all, where the periods are over."""
    counted, periods = plans.question.counted, plans.question.periods
    if periods and all(each.last < counted.day for each in periods):
        return value, ""
    last = plans.parameters.add(counted.day)
    if counted.share < 1:  # the day on its way is due by the share of its work that is behind
        value = f"CASE WHEN p.day = {last} THEN {value} * {plans.parameters.add(counted.share)} ELSE {value} END"
    return value, f"p.day <= {last}"


def _mine(plans: _Plans, metric: Metric) -> tuple[str, str]:
    """Return which rows are of a metric's plan, '' for all, and the value of a day in them."""
    if plans.sums is None:
        return f"p.metric = {plans.parameters.add(metric.name)}", "p.value"
    is_planned = metric.name in plans.sums.columns
    return "", f"p.{quoted(metric.name)}" if is_planned else "CAST(NULL AS DECIMAL(38, 4))"


def _levelled(plans: _Plans, level: Level) -> str:
    """Return plans' days with employee_id and team_id, each day at the highest level that states it."""
    counted = COUNTED["employee" if plans.is_limited else level]
    scope = scope_conditions(plans.question.query.scope, "p.scope_id", "p.day", plans.parameters)
    employee = "CASE WHEN p.scope = 'employee' THEN p.scope_id END AS employee_id"
    if plans.sums is None:
        values, planned = ["p.metric", "p.value"], f"p.metric IN ({plans.names})"
    else:
        values = [f"p.{quoted(metric.name)}" for metric in plans.metrics if metric.name in plans.sums.columns]
        planned = "(" + " OR ".join([f"{value} IS NOT NULL" for value in values] or ["FALSE"]) + ")"
    where = [counted, planned, *_in_periods(plans), *scope]
    return select([*values, "p.day", _slot(plans), employee, "p.team_id"], _source(plans), where=where)


def _slot(plans: _Plans) -> str:
    return "slots.slot" if len(plans.question.periods) > 1 else "0 AS slot"


def _in_periods(plans: _Plans) -> list[str]:
    """Return the conditions of the days asked about: a range that is pushed into the scan, whatever the slots are."""
    periods = plans.question.periods
    if not periods:
        return []
    first, last = min(each.first for each in periods), max(each.last for each in periods)
    return [f"p.day >= {plans.parameters.add(first)}", f"p.day <= {plans.parameters.add(last)}"]


def _source(plans: _Plans) -> str:
    periods = plans.question.periods
    table = plans.sums.name if plans.sums else "fct_plan_days"
    if len(periods) < 2:  # noqa: PLR2004 - this period and the earlier one
        return f"{table} AS p"
    cells = [
        [str(n), plans.parameters.add(each.first), plans.parameters.add(each.last)] for n, each in enumerate(periods)
    ]
    slots = rows_of(cells, "slots", ("slot", "first", "last"))
    return f"{table} AS p\nJOIN {slots} ON p.day >= slots.first AND p.day <= slots.last"


def _constant_branch(plans: _Plans) -> Branch:
    queries = [_constant(plans, plans.question.cuts, total=0)] if plans.question.cuts else []
    queries.append(_constant(plans, (), total=1))
    return Branch("plans", (("plans", union(queries)),), _values(plans.metrics))


def _constant(plans: _Plans, cuts: Sequence[Cut], total: int) -> str:
    """Return the plan in force on the last day of each bucket: the shortest that covers it, in its latest revision."""
    level = plans.level(cuts)
    keys = [_constant_key(cut) for cut in cuts] or [f"NULL AS {quoted(cut.key)}" for cut in plans.question.cuts]
    group = [f"p.{cut.key}" if cut.dimension else "p.bucket" for cut in cuts]
    sums = [
        f"{over_rows('max', 'p.value', f'p.metric = {plans.parameters.add(metric.name)}')}"
        f" AS {quoted(metric.name + suffix)}"
        for metric in plans.metrics
        for suffix in (PLAN, DUE)
    ]
    columns = [*keys, f"{total} AS total", "p.slot", *sums]
    where = ["p.place = 1", *_constant_filters(plans, level)]
    source = nested(_in_force(plans, cuts, level), "p")
    return select(columns, source, where=where, group=", ".join([*group, "p.slot"]))


def _constant_key(cut: Cut) -> str:
    return f"p.{cut.key} AS {quoted(cut.key)}" if cut.dimension else f"p.bucket AS {quoted(cut.key)}"


def _constant_filters(plans: _Plans, level: Level) -> list[str]:
    """Return the filters; a plan that is no sum is known for one employee or team, not for several together."""
    single = all(len(condition.values) == 1 for condition in plans.question.conditions)
    same_level = plans.filtered <= {level}
    hidden = plans.is_limited and level != "employee"
    if not same_level or hidden or not (single or any(cut.name == level for cut in plans.question.cuts)):
        return ["FALSE"]
    return plans.filters()


def _in_force(plans: _Plans, cuts: Sequence[Cut], level: Level) -> str:
    cut = next((cut for cut in cuts if cut.grain), None)
    cells = [[str(slot), day_literal(bucket), day_literal(at)] for slot, bucket, at in _ends(plans.question, cut)]
    ends = rows_of(cells, "ends", ("slot", "bucket", "day"))
    order = "date_diff('day', p.starts_on, p.ends_on), p.revision DESC, p.entered_at DESC"
    place = f"row_number() OVER (PARTITION BY p.metric, p.scope_id, ends.slot, ends.bucket ORDER BY {order}) AS place"
    ids = [f"{'p.scope_id' if level == name else 'NULL'} AS {name}_id" for name in ("employee", "team")]
    scope = scope_conditions(plans.question.query.scope, "p.scope_id", "ends.day", plans.parameters)
    where = [f"p.scope = '{level}'", f"p.metric IN ({plans.names})", *(scope if level == "employee" else [])]
    source = f"fct_plans AS p\nJOIN {ends} ON p.starts_on <= ends.day AND ends.day <= p.ends_on"
    return select(["p.metric", "p.value", *ids, "ends.slot", "ends.bucket", place], source, where=where)


def _ends(question: Question, cut: Cut | None) -> list[tuple[int, date, date]]:
    """Return slot, bucket and its last day, for each bucket of the periods asked about."""
    period = question.query.period or Period(question.today, question.today)
    if cut is None or cut.grain is None:
        return [(slot, each.last, each.last) for slot, each in enumerate(question.periods or (period,))]
    found = [(0, bucket.start, bucket.last) for bucket in period.buckets(cut.grain)]
    earlier = question.earlier
    return found + ([(1, start, earlier.day_against(last)) for _, start, last in found] if earlier else [])
