"""A hypothesis about the steps of the company's process: what is expected, of which cases, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period

Kind = Literal["time", "reach", "return", "skip"]
"""How long it takes from one step to another, who gets there, who goes back, and who leaves a step out."""

Bound = Literal["most", "least"]
Clock = Literal["calendar", "working"]
Verdict = Literal["holds", "fails", "not_established"]

Reason = Literal["", "few", "waiting", "chance", "nobody", "gone", "no_clock"]
"""Why nothing is established: too few cases, cases that are open still, chance, nobody at the step, a step or a cut
that there is not (any more), or no clock of working time."""

Ending = Literal["closed", "withdrawn"]

KINDS, BOUNDS, CLOCKS, ENDINGS = (get_args(each) for each in (Kind, Bound, Clock, Ending))
WHOLE = 100.0
"""Percent."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which cases are meant: as in a question about journeys, with values of filters by id.

    Without a last day until today at each look, without days all time. `team` is the id of the team whose hypothesis
    it is, None where it is the company's.
    """

    pipeline: str = ""
    entity: str = "journey"
    axis: str = "created"
    first: date | None = None
    last: date | None = None
    team: str | None = None
    where: tuple[tuple[str, tuple[str | None, ...]], ...] = ()

    def period(self, today: date) -> Period | None:
        """Return the days meant as of today, None for all time."""
        if self.first is None:
            return None
        last = self.last or today
        return Period(self.first, max(last, self.first))


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is expected: of `time` at most or least so many seconds from `step` to `to` in the median, else percent.

    `reach`: of the cases at `step`, those that came to `to` later; `return`: of the cases at `step`, those at `to`
    afterwards; `skip`: of all cases, those that leave out `step`, a stage of the pipeline. Steps are named by key.
    """

    kind: Kind
    step: str
    to: str = ""
    bound: Bound
    value: float
    clock: Clock = "calendar"
    chosen: Chosen

    def __post_init__(self) -> None:
        """Refuse what could not be looked at: a step too few or too many, a share beyond the whole."""
        if (self.kind == "skip") != (not self.to):
            raise QuestionError(f"a hypothesis of {self.kind} names {'one step' if self.kind == 'skip' else 'two'}")
        if self.kind == "skip" and not self.chosen.pipeline:
            raise QuestionError("what is skipped is a stage of a pipeline", do="Name the pipeline")
        if self.kind == "time" and not 0 < self.value < float("inf"):
            raise QuestionError("a length of time is more than nothing", do="Write 2d or 36h")
        if self.kind != "time" and not 0 <= self.value <= WHOLE:
            raise QuestionError(f"a share is 0 to {WHOLE:g} percent, not {self.value:g}")
        if self.kind != "time" and self.clock != "calendar":
            raise QuestionError("working time is of a hypothesis of time")
        if self.chosen.first is None and self.chosen.last is not None:
            raise QuestionError("a period needs its first day")
        if self.chosen.first and self.chosen.last and self.chosen.last < self.chosen.first:
            raise QuestionError(f"the period ends before it begins: {self.chosen.first} to {self.chosen.last}")


@dataclass(frozen=True)
class Found:
    """What the data say of a claim: the measured value (seconds or percent) and its interval of 95 %.

    `cases` is how many stand behind it, `open_cases` how many of them may come to it yet; the interval holds whatever
    becomes of those. A missing end has no limit. `data_version` is that of the data it was read from.
    """

    verdict: Verdict
    reason: Reason
    value: float | None = None
    low: float | None = None
    high: float | None = None
    cases: int = 0
    open_cases: int = 0
    data_version: str = ""

    def plain(self) -> Mapping[str, object]:
        """Return what JSON keeps."""
        return dict(vars(self))
