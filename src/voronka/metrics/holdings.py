"""As-of metrics: the rows that hold at the end of the period, or of each bucket of it.

A row holds at the end of day D when from <= D < until. Cut by time, the days on which rows begin and cease to hold
are cumulated (one pass over the rows, whatever the number of buckets) and read at each bucket's end. What does not add
up (a median, a number of different things) cannot be cumulated: then each row is met by the moments at which it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voronka.domain.period import Period
from voronka.metrics.branches import WEIGHT, Branch, Value, as_money, credited, grouped, key_columns
from voronka.metrics.definition import ADDITIVE, AS_OF, Metric
from voronka.metrics.resolve import Cut, Question
from voronka.metrics.rowsource import Rows, merged_spans, span_rows
from voronka.metrics.sql import Parameters, day_literal, nested, over_rows, quoted, rows_of, select, union


@dataclass(frozen=True)
class Moment:
    """The end of a day at which rows are looked at, and for which slot and bucket of the answer."""

    slot: int
    at: date
    bucket: date | None = None


def holding_branch(question: Question, name: str, metrics: Sequence[Metric], parameters: Parameters) -> Branch:
    """Return the branch of the as-of metrics of one fact."""
    rows = Rows(question, metrics[0].fact, "", parameters)
    values = tuple(Value(metric.name, zero=metric.verb not in ("average", "median")) for metric in metrics)
    if question.time_cut is None:
        return Branch(name, ((name, _at_moments(rows, metrics)),), values)
    if any(metric.verb not in ADDITIVE for metric in metrics):
        return Branch(name, ((name, _at_every_moment(rows, metrics)),), values)
    return Branch(name, _cumulated(rows, name, metrics), values)


def ends(question: Question) -> list[Moment]:
    """Return the ends of the periods asked about; with no period, today."""
    if not question.periods:
        return [Moment(0, question.today)]
    return [Moment(slot, min(period.last, question.today)) for slot, period in enumerate(question.periods)]


def moments(question: Question, cut: Cut) -> list[Moment]:
    """Return the end of every bucket, clipped to the period's end and to today; for both periods compared."""
    period = question.query.period or Period(min(question.first_day or question.today, question.today), question.today)
    found: list[Moment] = []
    for bucket in period.buckets(cut.grain or "day"):
        found.append(Moment(0, min(bucket.last, question.today), bucket.start))
        if question.earlier:
            found.append(Moment(1, min(question.earlier.day_against(bucket.last), question.today), bucket.start))
    return found


def _at_moments(rows: Rows, metrics: Sequence[Metric]) -> str:
    """Return the grouped query of the rows that hold at the end of the period (or periods)."""
    begin, end = span_of(rows)
    at = [[str(moment.slot), rows.parameters.add(moment.at)] for moment in ends(rows.question)]
    source = f"{rows.table()}\nJOIN {rows_of(at, 'ends', ('slot', 'day'))} ON {begin} <= ends.day AND ends.day < {end}"
    columns = ["f.*", "ends.slot", *_as_of(metrics), *key_columns(rows, "NULL"), f"{_share(rows)} AS weight"]
    inner = select(columns, source, where=rows.conditions("ends.day"))
    return grouped(rows.question, inner, {metric.name: _held(metric) for metric in metrics})


def _at_every_moment(rows: Rows, metrics: Sequence[Metric]) -> str:
    """Return the grouped query of the rows that hold at the end of each bucket, and of the periods for the totals."""
    question = rows.question
    begin, end = span_of(rows)
    cells = [
        [str(m.slot), day_literal(m.bucket or m.at), day_literal(m.at), "0"]
        for m in moments(question, question.time_cut or Cut("day", "day", grain="day"))
    ]
    cells += [[str(m.slot), "CAST(NULL AS DATE)", day_literal(m.at), "1"] for m in ends(question)]
    spine = rows_of(cells, "ends", ("slot", "bucket", "day", "total"))
    source = f"{rows.table()}\nJOIN {spine} ON {begin} <= ends.day AND ends.day < {end}"
    keys = [
        f"CASE WHEN ends.total = 0 THEN {rows.column(cut.dimension) if cut.dimension else 'ends.bucket'} END AS by_{n}"
        for n, cut in enumerate(question.cuts)
    ]
    columns = ["f.*", "ends.slot", "ends.total", *_as_of(metrics), *keys, f"{_share(rows)} AS weight"]
    inner = select(columns, source, where=rows.conditions("ends.day"))
    shown = [f"f.by_{n} AS {quoted(cut.key)}" for n, cut in enumerate(question.cuts)]
    values = [f"{_held(metric)} AS {quoted(metric.name)}" for metric in metrics]
    group = ", ".join([*(f"f.by_{n}" for n, _ in enumerate(question.cuts)), "f.total", "f.slot"])
    return select([*shown, "f.total", "f.slot", *values], nested(inner, "f"), group=group)


def _as_of(metrics: Sequence[Metric]) -> list[str]:
    """Return the day at whose end rows are looked at, where a value is told by it."""
    needs = any(metric.fragment and AS_OF in metric.fragment.columns for metric in metrics)
    return [f"ends.day AS {AS_OF}"] if needs else []


def _held(metric: Metric) -> str:
    condition = metric.where.sql if metric.where else ""
    if metric.fragment is None:
        return f"coalesce(round({over_rows('sum', WEIGHT, condition)}, 9), 0)"
    if metric.verb == "count_distinct":
        return over_rows("count", metric.fragment.sql, condition, distinct=True)
    if metric.verb in ("median", "average"):
        function = "avg" if metric.verb == "average" else "median"
        return over_rows(function, f"CAST({metric.fragment.sql} AS DOUBLE)", condition)
    total = as_money(metric, over_rows("sum", credited(metric, metric.fragment.sql, WEIGHT), condition))
    return f"CASE WHEN {over_rows('count', '*', condition)} > 0 THEN {total} ELSE 0 END"


def span_of(rows: Rows) -> tuple[str, str]:
    """Return the columns of the days between which a row holds: [from, until)."""
    begin, end = rows.subject.holds or ("", "")
    return f"f.{begin}", f"f.{end}"


def _share(rows: Rows) -> str:
    has_share = any(column.name == "share" for column in rows.subject.table.columns)
    return "coalesce(f.share, 1)" if has_share else "1"


def _cumulated(rows: Rows, name: str, metrics: Sequence[Metric]) -> tuple[tuple[str, str], ...]:
    found = moments(rows.question, rows.question.time_cut or Cut("day", "day", grain="day"))
    by = [f"by_{n}" for n, cut in enumerate(rows.question.cuts) if not cut.grain]
    sums = [part for n, _ in enumerate(metrics) for part in (f"rows_{n}", f"known_{n}", f"value_{n}")]
    last = max(moment.at for moment in (*found, *ends(rows.question)))
    return (
        (f"{name}_spans", _spans(rows, metrics, last)),
        (f"{name}_moves", _moves(name, by, sums)),
        (f"{name}_run", _run(name, by, sums, found)),
        (name, union([_buckets(rows, name, metrics), _totals(rows, name, metrics, sums)])),
    )


def _spans(rows: Rows, metrics: Sequence[Metric], last: date) -> str:
    """Return the spans of the rows asked about, cut to the days on which the scope may see them."""
    begin, end = span_of(rows)
    source, begin, end, scope = _scoped(rows, begin, end)
    keys = [column for column, cut in zip(key_columns(rows, "NULL"), rows.question.cuts, strict=True) if cut.dimension]
    values = [column for n, metric in enumerate(metrics) for column in _span_values(rows, n, metric)]
    own = [rows.subject.where.sql] if rows.subject.where else []
    filters = [rows.condition(condition) for condition in rows.question.conditions]
    where = [*own, *filters, *scope, f"f.{(rows.subject.holds or ('', ''))[0]} <= {rows.parameters.add(last)}"]
    return select([*keys, f"{begin} AS begins", f"{end} AS ends", *values], source, where=where)


def _scoped(rows: Rows, begin: str, end: str) -> tuple[str, str, str, list[str]]:
    scope = rows.question.query.scope
    if scope.all_rows:
        return rows.table(), begin, end, []
    spans = merged_spans(scope.spans)
    if not spans:
        return rows.table(), begin, end, ["FALSE"]
    visible = f"s.employee_id = {rows.owner} AND {begin} < s.valid_to AND s.valid_from < {end}"
    among = f"{rows.owner} IN ({rows.parameters.listed(sorted({span.employee_id for span in spans}))})"
    source = f"{rows.table()}\nJOIN {span_rows(spans, rows.parameters)} ON {visible}"
    return source, f"greatest({begin}, s.valid_from)", f"least({end}, s.valid_to)", [among]


def _span_values(rows: Rows, n: int, metric: Metric) -> list[str]:
    """Return 1 for a row that counts, 1 where its value is known, and the value credited."""
    share = _share(rows)
    value = f"coalesce({credited(metric, metric.fragment.sql, share)}, 0)" if metric.fragment else share
    known = f"CASE WHEN ({metric.fragment.sql}) IS NULL THEN 0 ELSE 1 END" if metric.fragment else "1"
    cells = (("1", "rows"), (known, "known"), (value, "value"))
    if metric.where is None:
        return [f"{sql} AS {name}_{n}" for sql, name in cells]
    return [f"CASE WHEN {metric.where.sql} THEN {sql} ELSE 0 END AS {name}_{n}" for sql, name in cells]


def _moves(name: str, by: Sequence[str], sums: Sequence[str]) -> str:
    """Return the net of what began and what ceased to hold, one row per group and day."""
    day = "CASE side.sign WHEN 1 THEN begins ELSE ends END"
    columns = [*by, f"{day} AS day", "sum(side.sign) AS held", *(f"sum(side.sign * {part}) AS {part}" for part in sums)]
    source = f"{name}_spans\nCROSS JOIN (VALUES (1), (-1)) AS side(sign)"
    return select(columns, source, group=", ".join([*by, day]))


def _run(name: str, by: Sequence[str], sums: Sequence[str], found: Sequence[Moment]) -> str:
    """Return the running sums of the moves, with a row of nothing at every moment, at which they are read."""
    counted = ["held", *sums]
    moves = select([*by, "day", "NULL AS slot", "NULL AS bucket", *counted], f"{name}_moves")
    cells = [[str(m.slot), day_literal(m.bucket or m.at), day_literal(m.at)] for m in found]
    spine = rows_of(cells, "spine", ("slot", "bucket", "day"))
    groups = f"(SELECT DISTINCT {', '.join(by)} FROM {name}_moves) AS groups\nCROSS JOIN " if by else ""
    nothing = [f"0 AS {part}" for part in counted]
    reads = select([*by, "spine.day", "spine.slot", "spine.bucket", *nothing], groups + spine)
    partition = f"PARTITION BY {', '.join(by)} " if by else ""
    window = f"WINDOW upto AS ({partition}ORDER BY day)"
    running = [f"sum({part}) OVER upto AS {part}" for part in counted]
    return select([*by, "slot", "bucket", *running], nested(union([moves, reads]), "steps"), more=window)


def _buckets(rows: Rows, name: str, metrics: Sequence[Metric]) -> str:
    cuts = enumerate(rows.question.cuts)
    keys = [f"{f'by_{n}' if cut.dimension else 'bucket'} AS {quoted(cut.key)}" for n, cut in cuts]
    values = [_read(n, metric) for n, metric in enumerate(metrics)]
    return select([*keys, "0 AS total", "slot", *values], f"{name}_run", where=["slot IS NOT NULL", "held > 0"])


def _totals(rows: Rows, name: str, metrics: Sequence[Metric], sums: Sequence[str]) -> str:
    cells = [[str(moment.slot), rows.parameters.add(moment.at)] for moment in ends(rows.question)]
    keys = [f"NULL AS {quoted(cut.key)}" for cut in rows.question.cuts]
    source = f"{name}_moves AS moves\nJOIN {rows_of(cells, 'ends', ('slot', 'day'))} ON moves.day <= ends.day"
    summed = select(["ends.slot", *(f"sum({part}) AS {part}" for part in sums)], source, group="ends.slot")
    values = [_read(n, metric) for n, metric in enumerate(metrics)]
    return select([*keys, "1 AS total", "slot", *values], nested(summed, "sums"))


def _read(n: int, metric: Metric) -> str:
    if metric.fragment is None:
        return f"round(value_{n}, 9) AS {quoted(metric.name)}"
    value = as_money(metric, f"value_{n}")
    return f"CASE WHEN rows_{n} > 0 AND known_{n} = 0 THEN NULL ELSE {value} END AS {quoted(metric.name)}"
