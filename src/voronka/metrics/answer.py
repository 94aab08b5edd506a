"""What comes back: rows, totals taken from the facts, what each column means, and what had to be left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import compress
from types import NoneType
from typing import Literal

import arro3.core as arrow

from voronka.domain.period import Period, bucket_label
from voronka.metrics.branches import NO_RATE
from voronka.metrics.compiler import AMONG, EARLIER, OF
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import TIME_TITLES, Title
from voronka.metrics.intervals import wilson
from voronka.metrics.resolve import Cut, Question, Wanted

Row = dict[str, object]
Values = dict[str, list[object]]
"""The columns of a table by name."""

PREVIOUS = "_previous"
HOURS = 24

PART_TITLES = {
    "plan": Title("План: {ru}", "{en}: plan"),
    "covered": Title("Под планом: {ru}", "{en}: under the plan"),
    "attainment": Title("Выполнение плана, %: {ru}", "{en}: plan attainment"),
    "pace": Title("Темп, %: {ru}", "{en}: pace"),
    "forecast": Title("Прогноз: {ru}", "{en}: forecast"),
    "forecast_low": Title("Прогноз, не меньше: {ru}", "{en}: forecast, at least"),
    "forecast_high": Title("Прогноз, не больше: {ru}", "{en}: forecast, at most"),
}


@dataclass(frozen=True)
class AnswerColumn:
    """A column of the answer: what it is called, in what it is counted, which variant of the definition it follows."""

    name: str
    title: Title
    unit: str = ""
    kind: Literal["dimension", "metric"] = "metric"
    better: str | None = None
    variant: str | None = None
    since: date | None = None


@dataclass(frozen=True)
class LeftOut:
    """Rows that a metric could not count, and why."""

    metric: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Answer:
    """The answer to a query; `as_of` is the day it holds for. With nothing to cut by, the totals are the only row."""

    columns: tuple[AnswerColumn, ...]
    rows: list[Row]
    totals: Row
    data_version: str
    as_of: date
    left_out: tuple[LeftOut, ...] = ()

    def copied(self) -> "Answer":
        """Return the answer with rows of its own, so that nobody changes a cached one."""
        return replace(self, rows=[dict(row) for row in self.rows], totals=dict(self.totals))


def shape(question: Question, table: arrow.Table, data_version: str) -> Answer:
    """Return the answer made of the statement's table: column by column, since there may be many rows."""
    found = columns_of(table)
    total = {name: values[found["total"].index(1)] for name, values in found.items()}
    is_part = [mark == 0 for mark in found["total"]]
    parts = {name: list(compress(values, is_part)) for name, values in found.items()}
    totals = next(_rows(_metric_values(question, {name: [value] for name, value in total.items()}, [None])))
    rows = [dict(totals)]
    if question.cuts:
        buckets = parts[question.time_cut.key] if question.time_cut else [None] * sum(is_part)
        rows = sorted_rows(question, list(_rows(_keys(question, parts) | _metric_values(question, parts, buckets))))
    return Answer(
        columns=tuple(_columns(question)),
        rows=rows,
        totals=totals,
        data_version=data_version,
        as_of=_last_day(question),
        left_out=tuple(_left_out(question, total)),
    )


def records(table: arrow.Table) -> list[Row]:
    """Return an Arrow table as rows."""
    return list(_rows(columns_of(table)))


def columns_of(table: arrow.Table) -> Values:
    """Return an Arrow table column by column."""
    return {name: list(table.column(name).to_pylist()) for name in table.column_names}


def _rows(columns: Values) -> Iterator[Row]:
    names = list(columns)
    return (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))


def sorted_rows(question: Question, rows: Sequence[Row]) -> list[Row]:
    """Return rows by time, weekday and hour, then the first metric from the largest (unknown last), then by name."""
    first, time = question.wanted[0].name, question.time_cut
    keys = _text_keys([row[time.key] for row in rows]) if time else []
    for cut in question.cuts:
        keys += _hour_keys([row[cut.key] for row in rows]) if cut.dimension and cut.dimension.timed else []
    keys += _size_keys([row.get(first) for row in rows])
    for cut in question.cuts:
        keys += [] if cut.grain else _text_keys([row[cut.name] for row in rows])
    keys += [[str(row[cut.key]) for row in rows] for cut in question.cuts]
    places = list(zip(*keys, strict=True))
    return [rows[n] for n in sorted(range(len(rows)), key=places.__getitem__)]


def _hour_keys(values: Sequence[object]) -> list[list[object]]:
    """Return the column that sorts hours and weekdays, the missing last."""
    return [[value if isinstance(value, int) else HOURS for value in values]]


def _text_keys(values: Sequence[object]) -> list[list[object]]:
    """Return the columns that sort texts, the missing last."""
    texts: list[object] = [str(value) for value in values]
    return [[value is None for value in values], texts] if None in values else [texts]


def _size_keys(values: Sequence[object]) -> list[list[object]]:
    """Return the columns that sort numbers from the largest, the unknown last."""
    sizes = [-float(value) if isinstance(value, (int, float, Decimal)) else None for value in values]
    known: list[object] = [size or 0.0 for size in sizes]
    return [[size is None for size in sizes], known] if None in sizes else [known]


def _keys(question: Question, parts: Values) -> Values:
    """Return the columns of what the rows are cut by, a bucket of time as it is written."""
    found: Values = {}
    for cut in question.cuts:
        values = parts[cut.key]
        if cut.grain:
            written: dict[object, str] = {}
            written |= {value: bucket_label(value, cut.grain) for value in set(values) if isinstance(value, date)}
            found[cut.name] = [written.get(value) for value in values]
        else:
            found |= {cut.name: parts[cut.name], cut.key: values}
    return found


def _metric_values(question: Question, parts: Values, buckets: Sequence[object]) -> Values:
    """Return the columns of everything asked for, and of what stands beside it."""
    found: Values = {}
    for wanted in question.wanted:
        if wanted.is_computed:
            found |= {name: [value] * len(buckets) for name, value in blank(question, wanted).items()}
            continue
        name, unit = wanted.name, _unit(wanted)
        found[name] = _numbers(parts[name], unit)
        if question.earlier:
            found[name + PREVIOUS] = _numbers(parts[name + EARLIER], unit)
        if name + OF in parts:
            pairs = zip(parts[name + OF], parts[name + AMONG], strict=True)
            bounds = [wilson(_float(of), _float(among)) for of, among in pairs]
            found |= {f"{name}_low": [low for low, _ in bounds], f"{name}_high": [high for _, high in bounds]}
        if wanted.part == "fact" and wanted.metric.is_cohort:
            complete = {each: _is_complete(question, wanted.metric, _day(each)) for each in set(buckets)}
            found[f"{name}_complete"] = [complete[each] for each in buckets]
    return found


def _day(bucket: object) -> date | None:
    return bucket if isinstance(bucket, date) else None


def blank(question: Question, wanted: Wanted) -> Row:
    """Return the values of a metric in a row nothing is known of."""
    value = 0 if wanted.part == "fact" and wanted.metric.is_additive else None
    names = [wanted.name, *([wanted.name + PREVIOUS] if question.earlier else [])]
    return dict.fromkeys(names, value)


def number(value: object, unit: str) -> int | float | Decimal | None:
    """Return a number as its unit wants it: whole counts are int, sums of money Decimal, all else float."""
    if not isinstance(value, (int, float, Decimal)):
        return None
    if isinstance(value, Decimal) and unit == "money":
        return value
    if unit == "count" and value == int(value):
        return int(value)
    return value if isinstance(value, int) else float(value)


def _numbers(values: Sequence[object], unit: str) -> list[object]:
    if set(map(type, values)) <= {int, NoneType}:
        return list(values)
    return [number(value, unit) for value in values]


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float, Decimal)) else None


def _is_complete(question: Question, metric: Metric, bucket: date | None) -> bool | None:
    """Say whether the last of the cohort has had the whole window; unknown where no window is set."""
    parts = question.catalogue.leaves(metric.name)
    window = metric.window_days or max((part.window_days or 0 for part in parts), default=0)
    if not window or (question.time_cut and question.query.period is None and bucket is None):
        return None
    return _cohort_end(question, bucket) + timedelta(days=window) < question.today


def _cohort_end(question: Question, bucket: date | None) -> date:
    cut = question.time_cut
    if bucket is None or cut is None or cut.grain is None:
        return question.query.period.last if question.query.period else question.today
    period = question.query.period
    last = _bucket_end(bucket, cut)
    return min(last, period.last) if period else last


def _bucket_end(start: date, cut: Cut) -> date:
    far = start + timedelta(days=366)
    return next(iter(Period(start, far).buckets(cut.grain or "day"))).last


def _last_day(question: Question) -> date:
    period = question.query.period
    return min(period.last, question.today) if period else question.today


def _unit(wanted: Wanted) -> str:
    return "percent" if wanted.part in ("attainment", "pace") else wanted.metric.unit


def _columns(question: Question) -> list[AnswerColumn]:
    found: list[AnswerColumn] = []
    for cut in question.cuts:
        title = cut.dimension.title if cut.dimension else TIME_TITLES[cut.name]
        found.append(AnswerColumn(cut.name, title, kind="dimension"))
        if cut.key != cut.name:
            found.append(AnswerColumn(cut.key, Title(f"{title.ru}, id", f"{title.en}, id"), kind="dimension"))
    for wanted in question.wanted:
        found += _metric_columns(question, wanted)
    return found


def _metric_columns(question: Question, wanted: Wanted) -> list[AnswerColumn]:
    metric = wanted.metric
    title = metric.title
    if wanted.part != "fact":
        words = PART_TITLES[wanted.part]
        title = Title(words.ru.format(ru=title.ru), words.en.format(en=title.en))
    better = "up" if wanted.part in ("attainment", "pace") else metric.better
    main = AnswerColumn(wanted.name, title, _unit(wanted), "metric", better, metric.variant, metric.since)
    more = [(PREVIOUS, "до этого", "before")] if question.earlier else []
    if wanted.part == "fact" and metric.share and question.query.intervals:
        more += [("_low", "не меньше", "at least"), ("_high", "не больше", "at most")]
    found = [main, *(_beside(main, suffix, Title(ru, en)) for suffix, ru, en in more)]
    if wanted.part == "fact" and metric.is_cohort:
        found.append(replace(_beside(main, "_complete", Title("завершено", "complete")), unit="", better=None))
    return found


def _beside(main: AnswerColumn, suffix: str, words: Title) -> AnswerColumn:
    title = Title(f"{main.title.ru}, {words.ru}", f"{main.title.en}, {words.en}")
    return replace(main, name=main.name + suffix, title=title)


def _left_out(question: Question, total: Mapping[str, object]) -> list[LeftOut]:
    found = []
    for wanted in question.wanted:
        if wanted.part == "plan" or wanted.is_computed:
            continue
        by_rows: dict[str, int] = {}
        for leaf in question.catalogue.leaves(wanted.metric.name):
            rows = total.get(leaf.name + NO_RATE)
            where = leaf.where.text if leaf.where else ""
            by_rows[where] = max(by_rows.get(where, 0), rows if isinstance(rows, int) else 0)
        if sum(by_rows.values()):
            found.append(LeftOut(wanted.name, "no exchange rate", sum(by_rows.values())))
    return found
