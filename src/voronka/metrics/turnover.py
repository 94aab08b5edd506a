"""What clients bought in a period and in the one before it, account by account, added up by whose accounts they are.

A portfolio follows accounts, not rows: an account is counted once in every window, with all that it bought in both of
its periods, and belongs to one person, the same in both. Who that is the build has found out (`fct_purchases`): who
stands on the account's card, else who sold to it last. Their team and role are those of the window's last day, of
today where the owner of now is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from voronka.domain.errors import QuestionError
from voronka.domain.period import Counted, Period
from voronka.metrics.compiler import Statement, with_today
from voronka.metrics.definition import Metric
from voronka.metrics.resolve import Condition, Cut, Question
from voronka.metrics.rowsource import month_text, scope_conditions
from voronka.metrics.sql import Parameters, day_literal, nested, over_rows, quoted, rows_of, select, with_queries

FACT = "fct_purchases"
TOP = 5
"""One account of so many is one of the largest."""

SUMS = {
    "portfolio_start": over_rows("sum", "a.before", "a.is_old"),
    "portfolio_end": over_rows("sum", "a.after", "a.is_old"),
    "portfolio_lost": over_rows("sum", "a.before - a.after", "a.is_old AND NOT a.is_kept"),
    "upsell": over_rows("sum", "a.fresh", "a.is_kept"),
    "purchase_effect": over_rows("sum", "a.after - a.fresh - a.steady", "a.is_kept"),
    "frequency_effect": over_rows("sum", "a.steady - a.before", "a.is_kept"),
    "portfolio_new": over_rows("sum", "a.after", "NOT a.is_old"),
    "kept_start": over_rows("sum", "a.before", "a.is_kept"),
    "kept_least": over_rows("sum", "least(a.before, a.after)", "a.is_kept"),
}
"""Sums of money over accounts: of those that paid before, of those of them that pay now, and of the new ones."""

COUNTS = {
    "accounts": over_rows("count", "*", "a.is_old"),
    "kept": over_rows("count", "*", "a.is_kept"),
    "top": over_rows("count", "*", "a.is_old AND a.place <= a.top"),
    "top_kept": over_rows("count", "*", "a.is_kept AND a.place <= a.top"),
}


@dataclass(frozen=True)
class Window:
    """A period and the one before it, with which it is compared."""

    before: Period
    after: Period


@dataclass(frozen=True)
class Turnover:
    """Writes the statements of one question about accounts; the cut by time is made by the windows."""

    question: Question
    base: Metric
    windows: Sequence[Window]
    parameters: Parameters = field(default_factory=Parameters)

    def __post_init__(self) -> None:
        """Refuse a base that is no sum of purchases."""
        if self.base.verb != "sum" or self.base.fact.fact != FACT:
            message = f"A portfolio is made of a sum of {FACT}: {self.base.name} is none"
            raise QuestionError(message)

    @property
    def cuts(self) -> list[Cut]:
        """Return the cuts beside time."""
        return [cut for cut in self.question.cuts if cut.dimension]

    def sums(self) -> Statement:
        """Return the statement of one row per window and group: `place` of the window, the cuts' keys, all sums.

        Without cuts it is one row per window; windows in which nobody bought anything have none.
        """
        keys = [f"a.{quoted(cut.key)}" for cut in self.cuts]
        columns = ["a.window_no", *keys, *(f"coalesce({sql}, 0) AS {name}" for name, sql in SUMS.items())]
        columns += [f"{sql} AS {name}" for name, sql in COUNTS.items()]
        final = select(columns, nested(self._ranked(), "a"), group=", ".join(["a.window_no", *keys]))
        return self._statement([*self._accounts(), ("accounts", self._split())], final)

    def accounts(self) -> Statement:
        """Return the statement of one row per window and account, with whose it is and how its purchases changed."""
        parts = {
            "before": "a.before",
            "after": "a.after",
            "upsell": "CASE WHEN a.is_kept THEN a.fresh ELSE 0 END",
            "purchase_effect": "CASE WHEN a.is_kept THEN a.after - a.fresh - a.steady ELSE 0 END",
            "frequency_effect": "CASE WHEN a.is_kept THEN a.steady - a.before ELSE 0 END",
            "lost": "CASE WHEN a.is_old AND NOT a.is_kept THEN a.before - a.after ELSE 0 END",
            "is_new": "NOT a.is_old",
        }
        names = ["n.name AS account", "p.name AS employee"]
        columns = ["a.window_no", "a.account_id", "a.employee_id", *names]
        columns += [f"{sql} AS {name}" for name, sql in parts.items()]
        source = (
            "accounts AS a\nLEFT JOIN dim_account AS n ON n.account_id = a.account_id\n"
            "LEFT JOIN dim_employee AS p ON p.employee_id = a.employee_id"
        )
        final = select(columns, source, more="ORDER BY a.window_no, a.account_id")
        return self._statement([*self._accounts(), ("accounts", self._split())], final)

    def lifetimes(self) -> Statement:
        """Return the statement of one row per window and group: what accounts older than a year bought, and how many.

        `first_year` is what they bought in their first year, `last_year` in the last one before the window's end.
        """
        keys = [f"a.{quoted(cut.key)}" for cut in self.cuts]
        sums = [f"coalesce(sum(a.{name}), 0) AS {name}" for name in ("first_year", "last_year")]
        columns = ["a.window_no", *keys, *sums, "count(*) AS accounts"]
        final = select(columns, "accounts AS a", group=", ".join(["a.window_no", *keys]))
        return self._statement([*self._lives(), ("accounts", self._split(is_split=False))], final)

    def _statement(self, queries: Sequence[tuple[str, str]], final: str) -> Statement:
        sql = with_queries(queries, final)
        return Statement(sql, with_today(sql, self.parameters, self.question.today))

    def _at(self, window: Window) -> date:
        """Return the day whose teams and roles hold in a window."""
        return (
            self.question.today if self.question.query.owner == "now" else min(window.after.last, self.question.today)
        )

    def _windows(self) -> str:
        cells = [
            [
                str(n),
                *(
                    day_literal(day)
                    for day in (w.before.first, w.before.last, w.after.first, w.after.last, self._at(w))
                ),
            ]
            for n, w in enumerate(self.windows)
        ]
        return rows_of(cells, "w", ("window_no", "first_before", "last_before", "first", "last", "at_day"))

    def _rows(self, first: date, last: date) -> list[str]:
        """Return what rows must pass: of an account, of the base, in the days of all windows together."""
        day = "f.bought_day"
        own = [f"({each.sql})" for each in (self.base.fact.where, self.base.where) if each]
        months = f"f.month BETWEEN {self.parameters.add(month_text(first))} AND {self.parameters.add(month_text(last))}"
        days = f"{day} >= {self.parameters.add(first)} AND {day} <= {self.parameters.add(last)}"
        return ["f.account_id IS NOT NULL", *own, months, days]

    def _of_account(self) -> list[str]:
        """Return the columns that are the same in all rows of an account."""
        plain = [cut.dimension.column for cut in self.cuts if cut.dimension and _is_plain(cut.dimension.name)]
        plain += [each.dimension.column for each in self.question.conditions if _is_plain(each.dimension.name)]
        return [f"max(f.{column}) AS {column}" for column in dict.fromkeys(["bought_employee_id", *plain])]

    def _accounts(self) -> list[tuple[str, str]]:
        value = self.base.fragment.sql if self.base.fragment else "0"
        is_before, is_after = "f.bought_day <= w.last_before", "f.bought_day >= w.first"
        is_new = "coalesce(f.product_since >= w.first, FALSE)"
        paid, times = f"{value} > 0", partial(over_rows, "count", "f.purchase_id", distinct=True)
        columns = [
            *("w.window_no", "w.at_day", "f.account_id", *self._of_account()),
            f"coalesce({over_rows('sum', value, is_before)}, 0) AS before",
            f"coalesce({over_rows('sum', value, is_after)}, 0) AS after",
            f"coalesce({over_rows('sum', value, f'{is_after} AND {is_new}')}, 0) AS fresh",
            f"{times(f'{is_before} AND {paid}')} AS times_before",
            f"{times(f'{is_after} AND {paid} AND NOT {is_new}')} AS times_after",
        ]
        first = min(window.before.first for window in self.windows)
        last = max(window.after.last for window in self.windows)
        inside = "f.bought_day BETWEEN w.first_before AND w.last_before OR f.bought_day BETWEEN w.first AND w.last"
        source = f"{FACT} AS f\nJOIN {self._windows()} ON {inside}"
        group = "w.window_no, w.at_day, f.account_id"
        return [("bought", select(columns, source, where=self._rows(first, last), group=group)), self._members()]

    def _lives(self) -> list[tuple[str, str]]:
        value = self.base.fragment.sql if self.base.fragment else "0"
        is_first = "f.bought_day < f.account_since + INTERVAL 1 YEAR"
        is_last = "f.bought_day > CAST(w.last AS TIMESTAMP) - INTERVAL 1 YEAR"
        columns = [
            *("w.window_no", "w.at_day", "f.account_id", *self._of_account()),
            f"{over_rows('sum', value, is_first)} AS first_year",
            f"{over_rows('sum', value, is_last)} AS last_year",
        ]
        is_old = "f.account_since <= CAST(w.last AS TIMESTAMP) - INTERVAL 1 YEAR AND f.bought_day <= w.last"
        source = f"{FACT} AS f\nJOIN {self._windows()} ON {is_old}"
        where = self._rows(date(1900, 1, 1), max(window.after.last for window in self.windows))
        group = "w.window_no, w.at_day, f.account_id"
        return [("bought", select(columns, source, where=where, group=group)), self._members()]

    def _members(self) -> tuple[str, str]:
        """Return the query of everybody's team and role in each window: of several the one begun last by its day."""
        order = "t.valid_from DESC, t.team_id IS NULL, t.role NULLS LAST, t.team_id"
        place = f"row_number() OVER (PARTITION BY w.window_no, t.employee_id ORDER BY {order}) = 1"
        columns = ["w.window_no", "t.employee_id", "t.team_id", "t.role"]
        source = f"employee_team AS t\nJOIN {self._windows()} ON t.valid_from <= w.at_day"
        return ("members", select(columns, source, more=f"QUALIFY {place}"))

    def _split(self, *, is_split: bool = True) -> str:
        """Return the accounts that pass the filters in the scope, with what became of each."""
        parts = [
            "b.before > 0 AS is_old",
            "b.before > 0 AND b.after > 0 AS is_kept",
            "CAST(CAST(b.times_after AS DOUBLE) * b.before / nullif(b.times_before, 0) AS DECIMAL(38, 6)) AS steady",
        ]
        columns = ["b.*", "b.bought_employee_id AS employee_id", "m.team_id", "m.role", *(parts if is_split else [])]
        source = (
            "bought AS b\nLEFT JOIN members AS m ON m.window_no = b.window_no AND m.employee_id = b.bought_employee_id"
        )
        filters = [self._filter(condition) for condition in self.question.conditions]
        scope = scope_conditions(self.question.query.scope, "b.bought_employee_id", "b.at_day", self.parameters)
        return select(columns, source, where=[*filters, *scope])

    def _filter(self, condition: Condition) -> str:
        owned = {"employee": "b.bought_employee_id", "team": "m.team_id", "role": "m.role"}
        column = owned.get(condition.dimension.name, f"b.{condition.dimension.column}")
        values = [value for value in condition.values if value is not None]
        parts = [f"{column} IN ({self.parameters.listed(values)})"] if values else []
        parts += [f"{column} IS NULL"] if None in condition.values else []
        return "(" + " OR ".join(parts or ["FALSE"]) + ")"

    def _ranked(self) -> str:
        """Return the accounts with their place by what they paid before, and how many places count as the largest."""
        keys = ", ".join(["a.window_no", *(f"a.{quoted(cut.key)}" for cut in self.cuts)])
        order = "a.is_old DESC, a.before DESC, a.account_id"
        place = f"row_number() OVER (PARTITION BY {keys} ORDER BY {order}) AS place"
        top = f"greatest(count(*) FILTER (WHERE a.is_old) OVER (PARTITION BY {keys}) // {TOP}, 1) AS top"
        return select(["a.*", place, top], "accounts AS a")


def _is_plain(name: str) -> bool:
    return name not in ("employee", "team", "role", "account")


def like_before(period: Period, counted: Counted) -> Window | None:
    """Return the window of a period and the like one before it; None where no day of the period counts yet."""
    earlier = counted.earlier(period, "previous")
    return Window(earlier.period, period) if earlier else None
