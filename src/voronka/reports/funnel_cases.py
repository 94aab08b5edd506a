"""The cases behind a number of the funnel's page: exactly those that it counts."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.funnel import dropped
from voronka.analyses.funnel_losses import NO_REASON
from voronka.domain.errors import QuestionError
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records
from voronka.reports.funnel_asked import FunnelAsked, funnel_setting
from voronka.reports.funnel_page import query_of, walked_in
from voronka.reports.journey_funnel import JourneyFunnel
from voronka.reports.page import Frame

Behind = Literal["reached", "went_on", "dropped", "lost", "open", "went_round"]
COLUMNS = ("title", "lead_id", "deal_id", "employee_id", "url")


@dataclass(frozen=True)
class CasesBehind:
    """Which cases: those that `behind` says of the step at `place`; of a reason and a group where these are given.

    "" as a reason or a group is of none.
    """

    place: int = 0
    behind: Behind = "reached"
    reason: str | None = None
    group: str | None = None


def cases_behind(frame: Frame, asked: FunnelAsked, which: CasesBehind, listed: CasesAsked) -> Records:
    """Return the cases as records; QuestionError for a step that the funnel has not."""
    setting = funnel_setting(frame.metrics, frame.scope, asked)
    if not 0 <= which.place < len(setting.funnel.steps):
        message = f"the funnel has {len(setting.funnel.steps)} steps, none at place {which.place}"
        raise QuestionError(message, where="place", do="Count them from 0")
    by = asked.by if which.group is not None else ""
    found = walked_in(frame, setting, frame.facts, by, columns=COLUMNS)
    return case_records(
        frame.metrics, query_of(frame, setting, frame.facts), found.journeys, chosen(found, which), listed
    )


def chosen(found: JourneyFunnel, which: CasesBehind) -> NDArray[np.bool_]:
    """Return a truth for each case of the funnel's log: whether it is among those asked for."""
    walked, outcomes = found.walked, found.outcomes
    is_chosen = np.zeros(len(walked.log.cases), dtype=bool)
    is_chosen[walked.steps[which.place].cases] = True
    stopped = np.zeros_like(is_chosen)
    stopped[dropped(walked.funnel, walked.steps, which.place)] = True
    if which.behind == "went_on":
        is_chosen &= ~stopped
    elif which.behind != "reached":
        is_chosen &= stopped
    if which.behind in {"lost", "open", "went_round"}:
        is_open = ~outcomes.lost & ~outcomes.won
        is_chosen &= {"lost": outcomes.lost, "open": is_open, "went_round": outcomes.won & ~outcomes.lost}[which.behind]
    if which.reason is not None:
        reasons = list(outcomes.reasons)
        number = reasons.index(which.reason) if which.reason in reasons else (NO_REASON if not which.reason else None)
        is_chosen &= False if number is None else outcomes.reason == number
    if which.group is not None and found.by is not None:
        keys = [key or "" for key in found.keys]
        is_chosen &= found.by.of == keys.index(which.group) if which.group in keys else False
    return is_chosen
