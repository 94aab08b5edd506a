"""Months of beginning: how many of the cases of each month got how far; young months are told as not over."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.event_log import Numbers
from voronka.analyses.funnel_figures import QUARTER_HOUR, SECOND, Groups, StepFigures, figures, figures_by
from voronka.domain.period import Period, bucket_label, bucket_start, month_end, shift_months
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.funnel_asked import FunnelAsked, funnel_setting
from voronka.reports.funnel_page import micros_of, step_columns, walked_in
from voronka.reports.funnel_words import StepTitles, titled
from voronka.reports.journey_funnel import JourneyFunnel
from voronka.reports.page import Frame, Table

MONTHS = 12
RIPE = 90
"""Percent of the cases that got to the end, within whose time a month is not over: young months still grow."""
MONTH = AnswerColumn("month", Title("Месяц начала", "Month of beginning"), kind="dimension")
BEGAN = (
    AnswerColumn("cases", Title("Начали", "Began"), "count"),
    AnswerColumn("finished", Title("Дошли до конца", "Reached the end"), "count"),
    AnswerColumn("finished_money", Title("Дошли на сумму", "Reached the end, worth"), "money"),
)


def cohort_days(frame: Frame) -> Period:
    """Return the days that the months are of: whole months but for the last one."""
    last = min(frame.facts.last, frame.today)
    return Period(shift_months(last.replace(day=1), 1 - MONTHS), last)


def cohorts_table(frame: Frame, asked: FunnelAsked) -> tuple[Table, str]:
    """Return a row for each of the MONTHS months until the period's end, and the version of the data.

    Each step has the share of the first step in percent; `ripe` says that the month has had the time that `RIPE` % of
    those who got to the end took.
    """
    setting = funnel_setting(frame.metrics, frame.scope, asked)
    days = cohort_days(frame)
    first = days.first
    found = walked_in(frame, setting, days)
    walked = found.walked
    months = [shift_months(first, number) for number in range(MONTHS)]
    groups = Groups(_numbers(found, months, ZoneInfo(frame.metrics.company.zone)), len(months))
    parts = figures_by(walked.log, walked.funnel, walked.steps, groups, found.outcomes.amount)
    needed, now = _needed(found), micros_of(frame.now)
    rows = [
        {**_row(steps), "month": bucket_label(month, "month"), "ripe": _end(month) + needed <= now}
        for month, steps in zip(months, parts, strict=True)
        if steps[0].cases
    ]
    whole = figures(walked.log, walked.funnel, walked.steps, found.outcomes.amount)
    table = Table((MONTH, *BEGAN, *step_columns(whole, "overall")), tuple(rows), _row(whole))
    names = [step.name for step in setting.funnel.steps]
    return titled(table, StepTitles(setting.steps, setting.only_pipeline).of(names)), found.journeys.data_version


def _row(steps: Sequence[StepFigures]) -> Row:
    told: Row = {"cases": steps[0].cases, "finished": steps[-1].cases, "finished_money": steps[-1].money}
    return told | {f"overall_{place}": step.overall.value for place, step in enumerate(steps) if place}


def _numbers(found: JourneyFunnel, months: Sequence[date], zone: ZoneInfo) -> Numbers:
    """Return of each case the number of the month in which it was created."""
    quarters, places = np.unique(found.journeys.created // QUARTER_HOUR, return_inverse=True)
    known = {month: number for number, month in enumerate(months)}
    starts = [bucket_start(_day(quarter, zone), "month") for quarter in quarters.tolist()]
    return np.array([known.get(start, -1) for start in starts], dtype=np.int64)[places]


def _day(quarter: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_HOUR // SECOND, tz=UTC).astimezone(zone).date()


def _needed(found: JourneyFunnel) -> int:
    """Return the microseconds from the first step to the last within which RIPE % of those who got there did."""
    last, log = found.walked.steps[-1], found.walked.log
    if found.walked.funnel.window is not None:
        return found.walked.funnel.window
    if not len(last.cases):
        return 0
    return int(np.percentile(log.at[last.event] - log.at[last.start], RIPE))


def _end(month: date) -> int:
    return micros_of(datetime.combine(month_end(month) + timedelta(days=1), datetime.min.time()))
