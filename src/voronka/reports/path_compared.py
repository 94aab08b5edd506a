"""The paths of two groups of the company's cases held against each other: won and lost, one team and the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog
from voronka.analyses.journey_log import JourneyLog, Step
from voronka.analyses.path_cases import with_edge, with_step
from voronka.analyses.path_difference import (
    FEWEST_CASES,
    Clock,
    Compared,
    PathDifference,
    ShareDifference,
    TimeDifference,
    path_difference,
    together,
)
from voronka.domain.durations import length_in_words
from voronka.domain.errors import QuestionError
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.told_stages import told_log

Row = dict[str, Any]
Truths = NDArray[np.bool_]
TELLING = ("outcome", "loss_reason")
"""Filters by what became of cases: what comes of that is no difference of their paths."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "few": "Случаев мало, чтобы сравнивать: {one} и {other}; нужно хотя бы по {fewest}.",
        "none": "Ни один шаг, переход или срок не отличается больше, чем бывает случайно (сравнений: {compared}).",
        "step": "Через «{target}» проходят {share_one} % первых и {share_other} % вторых ({points} п. п.,"
        " 95 %: {low}…{high}).",
        "edge": "От «{source}» сразу к «{target}» идут {share_one} % первых и {share_other} % вторых ({points} п. п.,"
        " 95 %: {low}…{high}).",
        "time": "От «{source}» до «{target}» обычно {median_one} у первых и {median_other} у вторых.",
    },
    "en": {
        "few": "Too few cases to compare: {one} and {other}; {fewest} of each are needed.",
        "none": "No step, edge or time differs by more than chance would make it (comparisons: {compared}).",
        "step": "{share_one}% of the one and {share_other}% of the other pass “{target}” ({points} points,"
        " 95%: {low}…{high}).",
        "edge": "{share_one}% of the one and {share_other}% of the other go straight from “{source}” to “{target}”"
        " ({points} points, 95%: {low}…{high}).",
        "time": "From “{source}” to “{target}” it usually takes the one {median_one} and the other {median_other}.",
    },
}


class SameCasesError(QuestionError):
    """All cases of the one group are the other's too."""


@dataclass(frozen=True, eq=False)
class ComparedPaths:
    """How the paths of two groups differ; `steps` are those of both, in the order of the difference's.

    `log` is of what was compared: the cases of `first`, then those of `second` that are `apart`, not among them.
    """

    difference: PathDifference
    steps: tuple[Step, ...]
    log: EventLog
    first: JourneyLog
    second: JourneyLog
    apart: Truths

    def passed(self, source: str, target: str) -> tuple[Truths, Truths]:
        """Say of the cases of `first` and of `second` whether they pass an edge, or a step where the source is empty.

        Without a target all that were compared are.
        """
        keys = list(self.log.steps)
        if not target:
            found = np.asarray(self.log.lengths > 0)
        elif target not in keys or (source and source not in keys):
            found = np.zeros(len(self.log.cases), dtype=np.bool_)
        elif source:
            found = with_edge(self.log, keys.index(source), keys.index(target))
        else:
            found = with_step(self.log, keys.index(target))
        ones = len(self.first.log.cases)
        others = np.zeros(len(self.second.log.cases), dtype=np.bool_)
        others[self.apart] = found[ones:]
        return found[:ones], others


def path_compared(  # noqa: PLR0913 - what is compared and how, each with a name
    metrics: Metrics,
    one: JourneysQuery,
    other: JourneysQuery,
    *,
    without_ends: bool = False,
    of_cases: Sequence[str] = (),
    clock: Clock = "calendar",
) -> ComparedPaths:
    """Return how the paths of the one question's cases differ from those of the other's, its own cases left out.

    Where either chooses cases by what became of them (`without_ends`: whichever way), the stages that end a case,
    closing and payments are left out. `of_cases` are the columns wanted of the cases, `clock` the one of
    the times. SameCasesError where all cases of the other are the one's too.
    """
    first, second = (told_log(metrics, each, of_cases) for each in (one, other))
    own = set(first.log.cases)
    apart = np.array([case not in own for case in second.log.cases], dtype=np.bool_)
    if len(apart) and not apart.any():
        raise SameCasesError("both cuts have the same cases", do="Choose others to compare with")
    steps = tuple({step.key: step for step in (*first.steps, *second.steps)}.values())
    log = together(first.log, second.log.of(apart))
    if without_ends or any(each.dimension in TELLING for each in (*one.where, *other.where)):
        log = log.only(_told_by_path(log, steps))
    is_one = np.arange(len(log.cases)) < len(first.log.cases)
    return ComparedPaths(path_difference(log, is_one, ~is_one, clock), steps, log, first, second, apart)


def _told_by_path(log: EventLog, steps: tuple[Step, ...]) -> NDArray[np.bool_]:
    """Say of each step whether it says nothing of what became of a case."""
    ends = {step.key for step in steps if step.outcome in {"won", "lost"} or step.kind in {"closed", "payment"}}
    return np.array([step not in ends for step in log.steps], dtype=np.bool_)


def share_rows(found: PathDifference) -> list[Row]:
    """Return the steps (`from` is None) and edges, the least likely by chance first; shares in percent."""
    return [
        {**_named(found, each), "share_one": each.share_one, "share_other": each.share_other, **_ends(each, "points")}
        for each in found.shares
    ]


def time_rows(found: PathDifference) -> list[Row]:
    """Return the edges' median times, the least likely by chance first; seconds."""
    return [
        {
            **_named(found, each),
            "median_one": each.median_one,
            "median_other": each.median_other,
            **_ends(each, "seconds"),
        }
        for each in found.times
    ]


def plain_difference(found: PathDifference) -> Row:
    """Return the whole for JSON."""
    whole = {name: getattr(found, name) for name in ("cases_one", "cases_other", "is_enough", "compared")}
    return {**whole, "shares": share_rows(found), "times": time_rows(found)}


def _named(found: PathDifference, each: Compared) -> Row:
    return {
        "from": None if each.source is None else found.steps[each.source],
        "to": found.steps[each.target],
        "cases_one": each.cases_one,
        "cases_other": each.cases_other,
    }


def _ends(each: Compared, unit: str) -> Row:
    return {
        unit: each.difference.value,
        f"{unit}_low": each.difference.low,
        f"{unit}_high": each.difference.high,
        "chance": each.chance,
        "is_beyond_chance": each.is_beyond_chance,
    }


def difference_words(found: PathDifference, names: Mapping[str, str], language: str, most: int = 5) -> list[str]:
    """Return what differs beyond chance, in sentences, the surest first: `most` shares and as many times."""
    words = WORDS[language]
    if not found.is_enough:
        return [words["few"].format(one=found.cases_one, other=found.cases_other, fewest=FEWEST_CASES)]
    shares = [_share_said(found, each, names, words) for each in found.shares if each.is_beyond_chance]
    times = [_time_said(found, each, names, language) for each in found.times if each.is_beyond_chance]
    return [*shares[:most], *times[:most]] or [words["none"].format(compared=found.compared)]


def _share_said(
    found: PathDifference, each: ShareDifference, names: Mapping[str, str], words: Mapping[str, str]
) -> str:
    low, high = each.difference.low, each.difference.high
    return words["step" if each.source is None else "edge"].format(
        source="" if each.source is None else _name(found, each.source, names),
        target=_name(found, each.target, names),
        share_one=f"{each.share_one:.0f}",
        share_other=f"{each.share_other:.0f}",
        points=f"{each.difference.value:+.0f}",
        low="–" if low is None else f"{low:+.0f}",
        high="–" if high is None else f"{high:+.0f}",
    )


def _time_said(found: PathDifference, each: TimeDifference, names: Mapping[str, str], language: str) -> str:
    return WORDS[language]["time"].format(
        source=_name(found, each.source or 0, names),
        target=_name(found, each.target, names),
        median_one=length_in_words(each.median_one, language),
        median_other=length_in_words(each.median_other, language),
    )


def _name(found: PathDifference, place: int, names: Mapping[str, str]) -> str:
    return names.get(found.steps[place], found.steps[place])
