"""The page of the funnel: where cases are lost, in count and in money, and whether that is so by chance.

The cases are those that began in the period. What they are compared with is the period before as it stood equally long
after its own beginning: its events after that are left out, so that young cases are compared with equally young ones.
Where the data begin later than that period, nothing is compared: a part of it would be taken for the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from voronka.analyses.chance import level_among, shares_differ
from voronka.analyses.funnel import dropped
from voronka.analyses.funnel_change import Seen, StepChange, changes
from voronka.analyses.funnel_figures import StepFigures, figures, figures_by
from voronka.analyses.funnel_losses import Stopped
from voronka.domain.period import Period
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.metrics.journeys import JourneysQuery
from voronka.reports.funnel_asked import FunnelAsked, FunnelSetting, funnel_setting
from voronka.reports.journey_funnel import JourneyFunnel, journey_funnel
from voronka.reports.page import Frame, Table, of_one_version

HOUR = 3600
CUTS = ("employee", "team", "channel", "campaign", "product", "segment", "temperature")
"""The dimensions that the page offers to cut cases by."""
REACH_BACK = 92
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class StepLook:
    """A step as the page shows it: now and before, what became of those who stopped, whether it changed by chance."""

    place: int
    now: StepFigures
    before: StepFigures | None
    stopped: Stopped
    change: StepChange | None
    went_on_money: float

    @property
    def went_round_money(self) -> float:
        """Return what those who were won past the next step came to."""
        stopped = (self.stopped.lost_money or 0.0) + (self.stopped.open_money or 0.0)
        return (self.now.money or 0.0) - self.went_on_money - stopped


@dataclass(frozen=True)
class FunnelLook:
    """The funnel of a frame: of the period, of the one compared with (None where there is none), and what is shown."""

    frame: Frame
    asked: FunnelAsked
    setting: FunnelSetting
    now: JourneyFunnel
    before: JourneyFunnel | None

    @cached_property
    def steps(self) -> tuple[StepLook, ...]:
        """Return the steps in their order."""
        now = _figures(self.now)
        before: Sequence[StepFigures | None] = _figures(self.before) if self.before else [None] * len(now)
        changed: Sequence[StepChange | None] = [None] * len(now)
        if self.before:
            changed = changes(
                self.setting.funnel, *(Seen(f.walked.log, f.walked.steps) for f in (self.now, self.before))
            )
        parts = zip(now, before, self.now.stopped, changed, _going_on(self.now), strict=True)
        return tuple(StepLook(place, *each) for place, each in enumerate(parts))

    def tables(self) -> Mapping[str, Table]:
        """Return the page's tables by name: `groups` only where a cut is asked for."""
        steps = steps_table(self.steps)
        found = {"steps": steps if self.now.walked.is_known else _unknown(steps), "losses": losses_table(self.steps)}
        return found if self.now.by is None else {**found, "groups": groups_table(self.now, self.asked.by)}


def funnel_look(frame: Frame, asked: FunnelAsked) -> FunnelLook:
    """Return the funnel of the frame's period, all of one version of the data."""

    def made() -> FunnelLook:
        setting = funnel_setting(frame.metrics, frame.scope, asked)
        now = walked_in(frame, setting, frame.facts, asked.by)
        return FunnelLook(frame, asked, setting, now, _before(frame, setting))

    return of_one_version(made, _versions)


def query_of(frame: Frame, setting: FunnelSetting, period: Period) -> JourneysQuery:
    """Return the question for the cases that began in a period, under the page's filters."""
    return JourneysQuery(
        scope=frame.scope,
        where=frame.asked.filters(),
        period=period,
        entity=setting.entity,
        pipeline=setting.only_pipeline,
    )


def walked_in(  # noqa: PLR0913 - whose, which and when, and what is wanted of the cases
    frame: Frame,
    setting: FunnelSetting,
    period: Period,
    by: str = "",
    *,
    columns: Sequence[str] = (),
    until: int | None = None,
) -> JourneyFunnel:
    """Return the funnel of the cases that began in a period, under the page's filters."""
    return journey_funnel(
        frame.metrics, query_of(frame, setting, period), setting.steps, setting.funnel, by, columns=columns, until=until
    )


def _before(frame: Frame, setting: FunnelSetting) -> JourneyFunnel | None:
    if frame.compared is None or not _reaches_back(frame, setting, frame.compared.first):
        return None
    then = frame.now - timedelta(days=(frame.facts.first - frame.compared.first).days)
    return walked_in(frame, setting, frame.compared, until=micros_of(then))


def _reaches_back(frame: Frame, setting: FunnelSetting, day: date) -> bool:
    """Say whether any case, whatever the page's filters, began within REACH_BACK days until a day."""
    period = Period(day - timedelta(days=REACH_BACK), day)
    asked = replace(query_of(frame, setting, period), where=())
    return frame.metrics.journeys(asked, ("created_at",)).num_rows > 0


def micros_of(moment: datetime) -> int:
    """Return a moment in UTC without a zone as microseconds since 1970."""
    return (moment.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


def _versions(look: FunnelLook) -> Iterator[str]:
    for each in (look.now, look.before):
        if each is not None:
            yield each.journeys.data_version


def _figures(found: JourneyFunnel) -> tuple[StepFigures, ...]:
    walked = found.walked
    return figures(walked.log, walked.funnel, walked.steps, found.outcomes.amount)


def _going_on(found: JourneyFunnel) -> Iterator[float]:
    """Yield for each step what the cases came to that did not stop there."""
    walked = found.walked
    for place, step in enumerate(walked.steps):
        on = np.setdiff1d(step.cases, dropped(walked.funnel, walked.steps, place), assume_unique=True)
        yield float(np.nansum(found.outcomes.amount[on]))


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / HOUR


STEP = AnswerColumn("step", Title("Шаг", "Step"), kind="dimension")
STEPS = (
    STEP,
    AnswerColumn("cases", Title("Дошли", "Reached"), "count"),
    AnswerColumn("money", Title("На сумму", "Worth"), "money"),
    AnswerColumn("step_conversion", Title("От предыдущего шага", "Of the step before"), "percent", better="up"),
    AnswerColumn("step_low", Title("От предыдущего: не ниже", "Of the step before: low"), "percent"),
    AnswerColumn("step_high", Title("От предыдущего: не выше", "Of the step before: high"), "percent"),
    AnswerColumn("previous_conversion", Title("Было", "Before"), "percent"),
    AnswerColumn("change", Title("Изменение, п. п.", "Change, points"), "points", better="up"),
    AnswerColumn("overall", Title("От первого шага", "Of the first step"), "percent", better="up"),
    AnswerColumn("overall_low", Title("От первого: не ниже", "Of the first step: low"), "percent"),
    AnswerColumn("overall_high", Title("От первого: не выше", "Of the first step: high"), "percent"),
    AnswerColumn(
        "median_hours", Title("Медиана от предыдущего", "Median from the step before"), "hours", better="down"
    ),
    AnswerColumn("median_worked_hours", Title("В рабочих часах", "In working hours"), "hours", better="down"),
    AnswerColumn("previous_median_hours", Title("Медиана была", "Median before"), "hours"),
    AnswerColumn("went_on", Title("Пошли дальше", "Went on"), "count"),
    AnswerColumn("went_on_money", Title("Пошли дальше на сумму", "Went on, worth"), "money"),
    AnswerColumn("lost", Title("Проиграны", "Lost"), "count", better="down"),
    AnswerColumn("lost_money", Title("Проиграно на сумму", "Lost, worth"), "money", better="down"),
    AnswerColumn("open", Title("Ещё в работе", "Still open"), "count"),
    AnswerColumn("open_money", Title("В работе на сумму", "Open, worth"), "money"),
    AnswerColumn("went_round", Title("Выиграны мимо следующего шага", "Won past the next step"), "count"),
    AnswerColumn(
        "went_round_money", Title("Выиграны мимо следующего шага на сумму", "Won past the next step, worth"), "money"
    ),
)


def steps_table(steps: Sequence[StepLook]) -> Table:
    """Return a row for each step; what went on, was lost, is open or was won in another way adds up to its cases."""
    return Table(STEPS, tuple(_step_row(step) for step in steps))


def _unknown(table: Table) -> Table:
    """Return the table of steps of which it is not known who reached them."""
    kept = {"step", "place", "differs"}
    return replace(table, rows=tuple({name: row[name] if name in kept else None for name in row} for row in table.rows))


def _step_row(step: StepLook) -> Row:
    now, before, stopped = step.now, step.before, step.stopped
    old = before.step_conversion.value if before and step.place else None
    new = now.step_conversion.value if step.place else None
    return {
        "step": now.step,
        "place": step.place,
        "cases": now.cases,
        "money": now.money,
        "step_conversion": new,
        "step_low": now.step_conversion.low,
        "step_high": now.step_conversion.high,
        "previous_conversion": old,
        "change": None if old is None or new is None else new - old,
        "differs": bool(step.change and step.change.differs),
        "pace": step.change.pace if step.change else None,
        "overall": now.overall.value,
        "overall_low": now.overall.low,
        "overall_high": now.overall.high,
        "median_hours": _hours(now.median_seconds),
        "median_worked_hours": _hours(now.median_worked_seconds),
        "previous_median_hours": _hours(before.median_seconds) if before else None,
        "went_on": now.cases - now.dropped,
        "went_on_money": None if now.money is None else step.went_on_money,
        "lost": stopped.lost,
        "lost_money": stopped.lost_money,
        "open": stopped.open,
        "open_money": stopped.open_money,
        "went_round": stopped.went_round,
        "went_round_money": None if now.money is None else step.went_round_money,
    }


LOSSES = (
    AnswerColumn("reason", Title("Причина", "Reason"), kind="dimension"),
    STEP,
    AnswerColumn("lost", Title("Проиграны", "Lost"), "count", better="down"),
    AnswerColumn("lost_money", Title("На сумму", "Worth"), "money", better="down"),
    AnswerColumn("share", Title("Доля всех потерь, %", "Share of all losses, %"), "percent"),
)


def losses_table(steps: Sequence[StepLook]) -> Table:
    """Return a row for each step and reason of those lost behind it; the share is that of the money lost."""
    lost = [step.stopped.lost_money for step in steps if step.stopped.lost]
    known = [money for money in lost if money is not None]
    whole = sum(known) if known or not lost else None
    rows: list[Row] = [
        {
            "reason": loss.reason,
            "step": step.now.step,
            "place": step.place,
            "lost": loss.cases,
            "lost_money": loss.money,
            "share": 100 * loss.money / whole if whole and loss.money is not None else None,
        }
        for step in steps
        for loss in step.stopped.losses
    ]
    rows.sort(key=lambda row: (-float(str(row["lost_money"] or 0)), -int(str(row["lost"]))))
    totals: Row = {
        "lost": sum(step.stopped.lost for step in steps),
        "lost_money": whole,
        "share": 100.0 if whole else None,
    }
    return Table(LOSSES, tuple(rows), totals)


def groups_table(found: JourneyFunnel, by: str) -> Table:
    """Return a row for each group that reaches the first step; it differs where that is beyond chance."""
    walked = found.walked
    if found.by is None:
        return Table((), ())
    parts = figures_by(walked.log, walked.funnel, walked.steps, found.by, found.outcomes.amount)
    whole = _figures(found)
    there = [
        (key, name, steps) for key, name, steps in zip(found.keys, found.names, parts, strict=True) if steps[0].cases
    ]
    level = level_among(len(there))
    rows: list[Row] = [
        {by: name, f"{by}_id": key, "differs": _differs(steps, whole, level), **_group_row(steps)}
        for key, name, steps in there
    ]
    rows.sort(key=lambda row: -int(str(row["cases"])))
    title = DIMENSIONS[by].title
    columns = (
        AnswerColumn(by, title, kind="dimension"),
        AnswerColumn(f"{by}_id", Title(f"{title.ru}, id", f"{title.en}, id"), kind="dimension"),
        *GROUP,
        *step_columns(whole, "step"),
    )
    return Table(columns, tuple(rows), _group_row(whole))


GROUP = (
    AnswerColumn("cases", Title("Начали", "Began"), "count"),
    AnswerColumn("money", Title("На сумму", "Worth"), "money"),
    AnswerColumn("finished", Title("Дошли до конца", "Reached the end"), "count"),
    AnswerColumn("finished_money", Title("Дошли на сумму", "Reached the end, worth"), "money"),
    AnswerColumn(
        "overall", Title("От первого шага до последнего", "Of the first step to the last"), "percent", better="up"
    ),
    AnswerColumn("overall_low", Title("Не ниже", "Low"), "percent"),
    AnswerColumn("overall_high", Title("Не выше", "High"), "percent"),
)


def _group_row(steps: Sequence[StepFigures]) -> Row:
    first, last = steps[0], steps[-1]
    told: dict[str, Any] = {
        "cases": first.cases,
        "money": first.money,
        "finished": last.cases,
        "finished_money": last.money,
        "overall": last.overall.value,
        "overall_low": last.overall.low,
        "overall_high": last.overall.high,
    }
    return told | {f"step_{place}": step.step_conversion.value for place, step in enumerate(steps) if place}


def step_columns(steps: Sequence[StepFigures], kind: str) -> tuple[AnswerColumn, ...]:
    """Return a column for each step but the first; its title is the step's key, which the reader's words replace."""
    return tuple(
        AnswerColumn(f"{kind}_{place}", Title(step.step, step.step), "percent", better="up")
        for place, step in enumerate(steps)
        if place
    )


def _differs(steps: Sequence[StepFigures], whole: Sequence[StepFigures], level: float) -> bool:
    own, among = steps[-1].cases, steps[0].cases
    return shares_differ(own, among, whole[-1].cases - own, whole[0].cases - among, level)
