"""The rows of one fact that a question is about: of its periods, in its scope, passing its filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voronka.domain.errors import QuestionError
from voronka.domain.model import tables
from voronka.domain.period import Earlier
from voronka.domain.scope import ALWAYS_FROM, ALWAYS_TO, Scope, Span
from voronka.metrics.definition import Subject
from voronka.metrics.dimensions import OWNER_COLUMNS, TIMED_VALUES, Dimension
from voronka.metrics.resolve import Condition, Cut, Question, is_owned
from voronka.metrics.sql import Parameters, rows_of
from voronka.metrics.standing import Standing

TRUE_WORDS = ("true", "yes", "1", "да")
FALSE_WORDS = ("false", "no", "0", "нет")


@dataclass(frozen=True)
class Rows:
    """How the rows of a fact are spoken of: by which axis, and whether some are split between people.

    With `sums` they are those of a table that stands for the fact: its rows summed by day and by whose they are.
    """

    question: Question
    subject: Subject
    axis: str
    parameters: Parameters
    sums: Standing | None = None

    @property
    def is_split(self) -> bool:
        """Say whether records are credited by share."""
        return self.question.split(self.subject, self.axis) is not None

    @property
    def day(self) -> str:
        """Return the column of the day a row stands on."""
        return "f.day" if self.axis == "day" else f"f.{self.axis}_day"

    def column(self, dimension: Dimension) -> str:
        """Return the expression of a dimension's id or value."""
        if dimension.timed:
            return weekday_of(self.day) if dimension.name == "weekday" else f"f.{self.axis}_hour"
        if not dimension.owned:
            return f"f.{dimension.column}"
        part = OWNER_COLUMNS[dimension.name]
        own = f"f.{self._owner_column(part)}"
        return f"coalesce(credit.{part}, {own})" if self.is_split else own

    def _owner_column(self, part: str) -> str:
        present = {column.name for column in self.subject.table.columns}
        wants_present = self.subject.holds or self.question.query.owner == "now"
        return part if wants_present and part in present else f"{self.axis}_{part}"

    @property
    def owner(self) -> str:
        """Return the expression of the employee a row is credited to."""
        part = "employee_id"
        own = f"f.{self._owner_column(part)}"
        return f"coalesce(credit.{part}, {own})" if self.is_split else own

    def table(self) -> str:
        """Return the fact as a source, joined with the shares of its split records where there are any."""
        split = self.question.split(self.subject, self.axis)
        source = f"{self.sums.name if self.sums else self.subject.fact} AS f"
        if split is None:
            return source
        entity, key = split
        return (
            f"{source}\nLEFT JOIN split_credit AS credit\n"
            f"  ON credit.entity = '{entity}' AND credit.axis = '{self.axis}' AND credit.entity_id = f.{key}"
        )

    def conditions(self, day: str) -> list[str]:
        """Return what rows must pass whatever the period: the file's own rows, the filters, the scope on `day`."""
        own = [self.subject.where.sql] if self.subject.where and not self.sums else []
        filters = [self.condition(condition) for condition in self.question.conditions]
        return [*own, *filters, *self.scope(day)]

    def condition(self, condition: Condition) -> str:
        """Return a filter as SQL."""
        dimension = condition.dimension
        kinds = {column.name: column.type for column in tables()[self.subject.fact].columns}
        kind = kinds.get(dimension.column, "TEXT")
        values = [typed_value(dimension, value, kind) for value in condition.values if value is not None]
        return among(self.column(dimension), values, self.parameters, with_missing=None in condition.values)

    def scope(self, day: str) -> list[str]:
        """Return what a limited scope demands: a known employee of it, on a day of their span."""
        if not is_owned(self.subject):
            return []
        return scope_conditions(self.question.query.scope, self.owner, day, self.parameters)


def scope_conditions(scope: Scope, owner: str, day: str, parameters: Parameters) -> list[str]:
    """Return the conditions of a scope over an owner's column, on the day of a row.

    All ids stand in one IN, which is pushed into the scan; the spans bounded in time are an EXISTS beside it.
    """
    if scope.all_rows:
        return []
    spans = merged_spans(scope.spans)
    ids = sorted({span.employee_id for span in spans})
    if not ids:
        return ["FALSE"]
    among = f"{owner} IN ({parameters.listed(ids)})"
    bounded = [span for span in spans if not is_always(span)]
    if not bounded:
        return [among]
    return [among, _within_spans(spans, bounded, owner, day, parameters)]


def _within_spans(spans: Sequence[Span], bounded: Sequence[Span], owner: str, day: str, parameters: Parameters) -> str:
    source = span_rows(bounded, parameters)
    match = f"s.employee_id = {owner} AND {day} >= s.valid_from AND {day} < s.valid_to"
    exists = "EXISTS (SELECT 1 FROM " + source + " WHERE " + match + ")"
    always = [span.employee_id for span in spans if is_always(span)]
    return f"({owner} IN ({parameters.listed(always)}) OR {exists})" if always else exists


def span_rows(spans: Sequence[Span], parameters: Parameters) -> str:
    """Return the spans of a scope as a source `s`."""
    cells = [[parameters.add(value) for value in (s.employee_id, s.valid_from, s.valid_to)] for s in spans]
    return rows_of(cells, "s", ("employee_id", "valid_from", "valid_to"))


def is_always(span: Span) -> bool:
    """Say whether the span has no bounds in time."""
    return span.valid_from <= ALWAYS_FROM and span.valid_to >= ALWAYS_TO


def merged_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans with those of one employee that touch or overlap made one, so that no row is met twice."""
    merged: list[Span] = []
    for span in sorted(spans):
        last = merged[-1] if merged else None
        if last and last.employee_id == span.employee_id and span.valid_from <= last.valid_to:
            merged[-1] = Span(span.employee_id, last.valid_from, max(last.valid_to, span.valid_to))
        else:
            merged.append(span)
    return tuple(merged)


def moved_day(day: str, slot: str, earlier: Earlier | None) -> str:
    """Return the day on which a row stands in the cut by time: rows of the earlier period are moved to this one."""
    if earlier is None:
        return day
    shift = f"INTERVAL {earlier.months} MONTH" if earlier.months else f"INTERVAL {earlier.days} DAY"
    return f"CASE WHEN {slot} = 1 THEN CAST({day} + {shift} AS DATE) ELSE {day} END"


def bucket_of(day: str, cut: Cut) -> str:
    """Return the first day of the day's bucket."""
    return day if cut.grain == "day" else f"CAST(date_trunc('{cut.grain}', {day}) AS DATE)"


def weekday_of(day: str) -> str:
    """Return the day of the week, 1 on Monday to 7; isodow() would be another day on another engine."""
    return f"date_diff('day', CAST(date_trunc('week', {day}) AS DATE), {day}) + 1"


def among(column: str, values: Sequence[object], parameters: Parameters, *, with_missing: bool) -> str:
    """Return the condition that a column holds any of the values, or nothing where that is wanted too."""
    known = f"{column} IN ({parameters.listed(values)})" if values else ""
    found = [part for part in (known, f"{column} IS NULL" if with_missing else "") if part] or ["FALSE"]
    return found[0] if len(found) == 1 else "(" + " OR ".join(found) + ")"


def typed_value(dimension: Dimension, value: str, kind: str) -> object:
    """Return the value of a filter as its column of this type holds it; QuestionError where it cannot be one."""
    if dimension.timed:
        return timed_value(dimension, value)
    if kind != "BOOLEAN":
        return value
    if value.lower() not in (*TRUE_WORDS, *FALSE_WORDS):
        message = f"{dimension.name} is true or false: {value}"
        raise QuestionError(message)
    return value.lower() in TRUE_WORDS


def timed_value(dimension: Dimension, value: str) -> int:
    """Return the hour or the day of the week a filter means; QuestionError where there is none such."""
    known = TIMED_VALUES[dimension.name]
    if not value.isdecimal() or int(value) not in known:
        message = f"{dimension.name} is a number from {known[0]} to {known[-1]}: {value}"
        raise QuestionError(message)
    return int(value)


def month_text(day: date) -> str:
    """Return the partition a day lies in."""
    return f"{day:%Y-%m}"
