"""A funnel as it is shown: its steps in figures, whole and by cohorts, and the cases behind each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from voronka.analyses.event_log import EventLog
from voronka.analyses.funnel import Funnel, Reached, dropped, reached
from voronka.analyses.funnel_figures import SECOND, Amounts, Groups, StepFigures, cohorts, figures, figures_by
from voronka.domain.period import Grain, bucket_label

Row = dict[str, Any]
CASE_COLUMNS = ("case", "first_at", "at", "seconds_from_first")
_TOLD_ALWAYS = ("step", "optional")
"""What is known of a step of which no figure is."""


@dataclass(frozen=True)
class Walked:
    """A funnel that was walked: the log, what was asked, and who reached what.

    `without_events` are cases that are not in the log, for nothing that is asked about happened to them. Where of no
    case it is known whether it reached the steps, the funnel `is_known` to nobody: its figures are no zeros.
    """

    log: EventLog
    funnel: Funnel
    steps: Sequence[Reached]
    without_events: int = 0
    is_known: bool = True

    @property
    def cases(self) -> int:
        """Return how many cases there are."""
        return len(self.log.cases) + self.without_events


@dataclass(frozen=True)
class Section:
    """The figures of all cases, of a cohort or another group of them by its name (None: not given).

    A cohort is complete when each of its cases has had the whole window; None where that cannot be told. `is_known` is
    that of the funnel.
    """

    name: str | None
    steps: Sequence[StepFigures]
    is_complete: bool | None = None
    is_known: bool = True


def walk(log: EventLog, funnel: Funnel) -> Walked:
    """Return a funnel with who reached each step."""
    return Walked(log, funnel, reached(log, funnel))


def sections_of(walked: Walked, grain: Grain | None, zone: ZoneInfo, amounts: Amounts | None = None) -> list[Section]:
    """Return the figures of all cases, and behind them those of the cohorts where a grain is given."""
    log, funnel, steps = walked.log, walked.funnel, walked.steps
    whole = Section("", figures(log, funnel, steps, amounts), is_known=walked.is_known)
    if grain is None:
        return [whole]
    found = cohorts(log, funnel, grain, zone)
    parts = zip(found.days, figures_by(log, funnel, steps, found.groups, amounts), found.is_complete, strict=True)
    return [whole, *(Section(bucket_label(day, grain), each, is_complete) for day, each, is_complete in parts)]


def sections_by(
    walked: Walked, groups: Groups, names: Sequence[str | None], amounts: Amounts | None = None
) -> list[Section]:
    """Return the figures of all cases, and behind them those of the groups that reach the first step, largest first."""
    log, funnel, steps = walked.log, walked.funnel, walked.steps
    found = figures_by(log, funnel, steps, groups, amounts)
    parts = [Section(name, each) for name, each in zip(names, found, strict=True) if each[0].cases]
    parts.sort(key=lambda part: -part.steps[0].cases)
    return [Section("", figures(log, funnel, steps, amounts), is_known=walked.is_known), *parts]


def cases_of(walked: Walked, place: int, zone: ZoneInfo, *, only_dropped: bool) -> list[Row]:
    """Return the cases that reached a step with their times, or only those of them that did not reach the next."""
    step = walked.steps[place]
    if only_dropped:
        step = step.among(dropped(walked.funnel, walked.steps, place))
    done, begun = walked.log.at[step.event].tolist(), walked.log.at[step.start].tolist()
    return [
        {
            "case": walked.log.cases[case],
            "first_at": _moment(first, zone),
            "at": _moment(at, zone),
            "seconds_from_first": (at - first) / SECOND,
        }
        for case, first, at in zip(step.cases.tolist(), begun, done, strict=True)
    ]


def plain_funnel(walked: Walked, sections: Sequence[Section], by: str | None) -> Row:
    """Return the funnel for programs: `steps` of all cases, and with cohorts `groups` of each. Shares in percent.

    What is not known is None.
    """
    whole, *groups = sections
    window = walked.funnel.window
    told: Row = {
        "cases": walked.cases,
        "events": len(walked.log.step),
        "order": walked.funnel.order,
        "window_seconds": None if window is None else window / SECOND,
        "steps": _rows(whole),
    }
    if by is not None:
        told["by"] = by
        told["groups"] = [{by: group.name, "complete": group.is_complete, "steps": _rows(group)} for group in groups]
    return told


def rows_of(sections: Sequence[Section], by: str | None) -> list[Row]:
    """Return a row for each step, and with cohorts for each cohort and step."""
    whole, *groups = sections
    if by is None:
        return _rows(whole)
    return [{by: group.name, "complete": group.is_complete, **row} for group in groups for row in _rows(group)]


def _rows(section: Section) -> list[Row]:
    rows = [_row(step) for step in section.steps]
    if section.is_known:
        return rows
    return [{name: cell if name in _TOLD_ALWAYS else None for name, cell in row.items()} for row in rows]


def _row(step: StepFigures) -> Row:
    told = {
        "step": step.step,
        "cases": step.cases,
        "overall": step.overall.value,
        "step_conversion": step.step_conversion.value,
        "median_seconds": step.median_seconds,
        "median_seconds_from_first": step.median_seconds_from_first,
        "dropped": step.dropped,
        "overall_low": step.overall.low,
        "overall_high": step.overall.high,
        "step_conversion_low": step.step_conversion.low,
        "step_conversion_high": step.step_conversion.high,
        "optional": step.is_optional,
    }
    has_amounts = step.money is not None or step.median_worked_seconds is not None
    more = {"median_worked_seconds": step.median_worked_seconds, "money": step.money}
    return told | {name: value for name, value in more.items() if has_amounts}


def _moment(micros: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(micros / SECOND, tz=zone).isoformat()
