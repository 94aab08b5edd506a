"""What comes back: rows, totals taken from the facts, what each column means, and what had to be left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
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

PREVIOUS = "_previous"

PART_TITLES = {
    "plan": Title("План: {ru}", "{en}: plan"),
    "attainment": Title("Выполнение плана, %: {ru}", "{en}: plan attainment"),
    "pace": Title("Темп, %: {ru}", "{en}: pace"),
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
    """Return the answer made of the statement's table."""
    raw = records(table)
    total = next(row for row in raw if row["total"] == 1)
    parts = [row for row in raw if row["total"] == 0]
    rows = [_row(question, row) for row in parts]
    totals = _metrics_row(question, total, None)
    return Answer(
        columns=tuple(_columns(question)),
        rows=sorted_rows(question, rows) if question.cuts else [dict(totals)],
        totals=totals,
        data_version=data_version,
        as_of=_last_day(question),
        left_out=tuple(_left_out(question, total)),
    )


def records(table: arrow.Table) -> list[Row]:
    """Return an Arrow table as rows."""
    names = table.column_names
    columns = [table.column(name).to_pylist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def sorted_rows(question: Question, rows: Sequence[Row]) -> list[Row]:
    """Return rows by time, then the first metric from the largest (unknown last), then by name."""
    first = question.wanted[0].name
    names = [cut.name for cut in question.cuts if not cut.grain]
    time = question.time_cut.key if question.time_cut else None

    def place(row: Row) -> tuple[object, ...]:
        value = row.get(first)
        known = isinstance(value, (int, float, Decimal))
        when = (row[time] is None, str(row[time])) if time else ()
        size = -float(value) if isinstance(value, (int, float, Decimal)) else 0.0
        return (*when, not known, size, *((row[name] is None, str(row[name])) for name in names), *_ids(question, row))

    return sorted(rows, key=place)


def _ids(question: Question, row: Row) -> tuple[str, ...]:
    return tuple(str(row[cut.key]) for cut in question.cuts)


def _row(question: Question, raw: Row) -> Row:
    bucket = raw[question.time_cut.key] if question.time_cut else None
    row: Row = {}
    for cut in question.cuts:
        row |= _key(cut, raw)
    return row | _metrics_row(question, raw, bucket if isinstance(bucket, date) else None)


def _key(cut: Cut, raw: Row) -> Row:
    value = raw[cut.key]
    if cut.grain:
        return {cut.name: bucket_label(value, cut.grain) if isinstance(value, date) else None}
    return {cut.name: raw[cut.name], cut.key: value}


def _metrics_row(question: Question, raw: Row, bucket: date | None) -> Row:
    row: Row = {}
    for wanted in question.wanted:
        if wanted.metric.verb == "computed":
            row |= blank(question, wanted)
            continue
        unit = _unit(wanted)
        row[wanted.name] = number(raw[wanted.name], unit)
        if question.earlier:
            row[wanted.name + PREVIOUS] = number(raw[wanted.name + EARLIER], unit)
        if wanted.name + OF in raw:
            low, high = wilson(_float(raw[wanted.name + OF]), _float(raw[wanted.name + AMONG]))
            row |= {f"{wanted.name}_low": low, f"{wanted.name}_high": high}
        if wanted.part == "fact" and wanted.metric.is_cohort:
            row[f"{wanted.name}_complete"] = _is_complete(question, wanted.metric, bucket)
    return row


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


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float, Decimal)) else None


def _is_complete(question: Question, metric: Metric, bucket: date | None) -> bool | None:
    """Say whether the last of the cohort has had the whole window; unknown where no window is set."""
    if metric.window_days is None or (question.time_cut and question.query.period is None and bucket is None):
        return None
    return _cohort_end(question, bucket) + timedelta(days=metric.window_days) < question.today


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
        if wanted.part == "plan" or wanted.metric.verb == "computed":
            continue
        by_rows: dict[str, int] = {}
        for leaf in question.catalogue.leaves(wanted.metric.name):
            rows = total.get(leaf.name + NO_RATE)
            where = leaf.where.text if leaf.where else ""
            by_rows[where] = max(by_rows.get(where, 0), rows if isinstance(rows, int) else 0)
        if sum(by_rows.values()):
            found.append(LeftOut(wanted.name, "no exchange rate", sum(by_rows.values())))
    return found
