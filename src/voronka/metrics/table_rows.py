"""Rows of one table of the core as they stand: of a period, with these values, as far as a scope may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.model import Table, tables
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.compiler import Statement
from voronka.metrics.rowsource import is_always, merged_spans, scope_conditions
from voronka.metrics.sql import Parameters, quoted, select

REFERENCE = (
    *("dim_team", "dim_product", "dim_channel", "dim_campaign", "dim_stage", "dim_calendar", "dim_rate"),
    *("dim_check", "dim_regulation", "dim_step", "dim_stage_history"),
)
"""The tables without an owner that anybody may read: names, no records."""
NAMED = (*REFERENCE, "dim_employee")
"""The members whose names a limited scope may read."""

MARKETING = ("fct_ad_spend", "fct_touches")
"""The facts without an owner that are open to marketing."""


@dataclass(frozen=True)
class TableRows:
    """Writes the statement; `where` is column -> value, None (not given) or a sequence of these.

    A fact is seen by who owned the row on `axis` (its main one by default), and `period` is of that axis.
    """

    name: str
    scope: Scope
    today: date
    where: Mapping[str, object] = field(default_factory=dict)
    columns: Sequence[str] = ()
    period: Period | None = None
    given_axis: str = ""

    def statement(self, limit: int | None = None, offset: int = 0) -> Statement:
        """Return the statement; of a page the rows stand in the order of their columns. QuestionError for no such."""
        parameters = Parameters()
        asked = list(self.columns) or [column.name for column in self.table.columns]
        self._check([*asked, *self.where])
        conditions = [_equals(f"f.{name}", value, parameters) for name, value in self.where.items()]
        conditions += [*self._in_period(parameters), *self._visible(parameters)]
        more = f"LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
        order = f"ORDER BY {', '.join(f'f.{quoted(name)}' for name in asked)}\n" if more else ""
        source = f"{self.table.name} AS f"
        sql = select([f"f.{quoted(name)}" for name in asked], source, where=conditions, more=order + more)
        return Statement(sql, parameters.values)

    @property
    def table(self) -> Table:
        """Return the table as the model describes it."""
        if self.name not in tables():
            message = f"Unknown table: {self.name}"
            raise QuestionError(message, do=did_you_mean(self.name, tables()))
        return tables()[self.name]

    @property
    def axis(self) -> str:
        """Return the axis by which rows are seen and of which the period is, '' for a table without a time."""
        return self.given_axis or (self.table.axes[0] if self.table.axes else "")

    @property
    def _day(self) -> str | None:
        if self.axis not in self.table.axes:
            return None
        return "f.day" if self.axis == "day" else f"f.{self.axis}_day"

    def _check(self, names: Sequence[str]) -> None:
        known = [column.name for column in self.table.columns]
        for name in names:
            if name not in known:
                message = f"{self.name} has no column: {name}"
                raise QuestionError(message, do=did_you_mean(name, known))

    def _in_period(self, parameters: Parameters) -> list[str]:
        if self.axis and self._day is None:
            message = f"{self.name} has no time: {self.axis}"
            raise QuestionError(message, do=did_you_mean(self.axis, self.table.axes))
        if self.period is None:
            return []
        if self._day is None:
            message = f"{self.name} has no time of its own"
            raise QuestionError(message)
        first, last = (parameters.add(day) for day in (self.period.first, self.period.last))
        return [f"{self._day} >= {first}", f"{self._day} <= {last}"]

    def _visible(self, parameters: Parameters) -> list[str]:
        """Return what a limited scope may see: rows of its people; names; the unowned only where it is open.

        Rows with no day of their own are seen by who sees their employee today.
        """
        scope = self.scope
        if scope.all_rows or self.name in REFERENCE:
            return []
        if self.table.owned and self._day:
            return scope_conditions(scope, f"f.{self.axis}_employee_id", self._day, parameters)
        if any(column.name == "employee_id" for column in self.table.columns):
            # a statement must have no parameter that it does not use: the day is one where a span is bounded only
            on = self._day or ("" if all(map(is_always, merged_spans(scope.spans))) else parameters.add(self.today))
            return scope_conditions(scope, "f.employee_id", on, parameters)
        if self.name in MARKETING and scope.sees_unowned:
            return []
        message = f"{self.name} belongs to no employee"
        raise QuestionError(message, do="It is for those who see the whole company's rows")


def _equals(column: str, value: object, parameters: Parameters) -> str:
    if value is None:
        return f"{column} IS NULL"
    if isinstance(value, (list, tuple, set, frozenset)):
        known = [each for each in value if each is not None]
        parts = [f"{column} IN ({parameters.listed(known)})"] if known else []
        parts += [f"{column} IS NULL"] if None in value else []
        return "(" + " OR ".join(parts or ["FALSE"]) + ")"
    return f"{column} = {parameters.add(value)}"
