"""The daily report: who did what on a day, against their plans; the pages and `voronka report` share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Answer, Row
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker, Block, known
from voronka.reports.tables import NOT_GIVEN, TOTAL, Language, in_words
from voronka.reports.working_days import DayAmongOthers, among_others

DAILY = ("calls", "talk_time", "emails_sent", "meetings", "proposals", "tasks_done")
"""The actions of the report, each as fact, plan and attainment."""
PARTS = ("", "_plan", "_attainment")

WIDTH = 100
"""Characters of a line of text."""
NAME_WIDTHS = (12, 24)
HEADING = 11
UNKNOWN = "–"
WHOLE = 10
"""From here on the tenths of a number say nothing on one day."""
NOTHING = 0.05
"""What two figures of a day that look alike differ by."""


@dataclass(frozen=True)
class DailyReport:
    """The report of a day, and the working days beside it."""

    day: DayAmongOthers
    block: Block


def daily(asker: Asker, day: date) -> Block:
    """Return the actions of a day by employee: fact, plan and attainment of each."""
    names = [name + part for name in DAILY for part in PARTS]
    return asker.ask(*names, by=["employee"], period=Period(day, day))


def daily_report(metrics: Metrics, scope: Scope, day: date | None = None, teams: Sequence[str] = ()) -> DailyReport:
    """Return the report of a day, by default of the last working one before today, of all or of some teams.

    QuestionError where a team is unknown.
    """
    found = among_others(metrics, scope, day, metrics.company.today())
    filters = (Filter("team", tuple(teams)),) if teams else ()
    return DailyReport(found, daily(Asker(metrics, scope, filters), found.day))


def daily_text(answer: Answer, language: Language) -> str:
    """Return the report as lines of at most WIDTH characters: `fact/plan percent` in each cell, totals last.

    Where some have no plan, what all did stands before what those with a plan did: `3 (2/4 50%)`.
    """
    columns = {column.name: column for column in answer.columns}
    shown = [name for name in DAILY if name in columns]
    headings = [_heading(in_words(columns[name].title, language)) for name in shown]
    rows = [*answer.rows, answer.totals]
    names = [*(_name(row, language) for row in answer.rows), in_words(TOTAL, language)]
    cells = [[_cell(row, name, language) for name in shown] for row in rows]
    widths = [
        max(len(text) for text in (*heading, *column))
        for heading, column in zip(headings, zip(*cells, strict=True), strict=True)
    ]
    left = WIDTH - sum(widths) - 2 * len(widths)
    first = min(max(NAME_WIDTHS[0], left), max(len(name) for name in names), NAME_WIDTHS[1])
    deep = max((len(heading) for heading in headings), default=0)
    lines = [_line("", _nth(headings, n - deep), first, widths) for n in range(deep)]
    lines.append("-" * (first + sum(widths) + 2 * len(widths)))
    body = [_line(name, row, first, widths) for name, row in zip(names, cells, strict=True)]
    return "\n".join([*lines, *body[:-1], lines[-1], body[-1]])


def _nth(headings: Sequence[Sequence[str]], n: int) -> list[str]:
    """Return a line of headings, counted from their last lines, which stand beside each other."""
    return [heading[n] if len(heading) >= -n else "" for heading in headings]


def _heading(title: str) -> list[str]:
    return [line[: HEADING + 1] for line in wrap(title, HEADING, break_long_words=False)]


def _line(name: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    shown = name if len(name) <= first else name[: first - 1] + "…"
    padded = [f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)]
    return "  ".join([f"{shown:<{first}}", *padded]).rstrip()


def _name(row: Row, language: Language) -> str:
    return in_words(NOT_GIVEN, language) if row["employee"] is None else str(row["employee"])


def _cell(row: Row, name: str, language: Language) -> str:
    fact, plan, share = (known(row.get(name + part)) for part in PARTS)
    if plan is None:
        return _number(fact, language)
    if share is None:
        return f"{_number(fact, language)}/{_number(plan, language)}"
    planned = share * plan / 100
    kept = f"{_number(planned, language)}/{_number(plan, language)} {share:.0f}%"
    # those without a plan did the rest: it is no part of what the plan is measured by
    return kept if fact is None or abs(planned - fact) < NOTHING else f"{_number(fact, language)} ({kept})"


def _number(value: float | None, language: Language) -> str:
    if value is None:
        return UNKNOWN
    text = f"{value:.{0 if abs(value) >= WHOLE else 1}f}".removesuffix(".0")
    return text.replace(".", ",") if language == "ru" else text
