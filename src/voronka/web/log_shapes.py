"""What the routes of other processes' paths answer with, for the API's description."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from voronka.web.path_shapes import DeviationShown, EdgeShown, TookShown, WayShown
from voronka.web.shapes import WordsShown


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LogsShown(_Shape):
    """The sources that keep events of other processes."""

    logs: list[str]


class SaidShown(_Shape):
    """One sentence: its kind and figures; the words are the page's."""

    kind: str
    tone: Literal["good", "bad", "neutral"]
    values: dict[str, float | str | None]


class LogStepShown(_Shape):
    """A step of a process: one of those that were typed, an exit, one beside them, or any where none were typed.

    `position` is its place among those typed; `starts` and `ends` are the cases that it is the first and last step of.
    """

    key: str
    title: WordsShown
    role: Literal["stage", "exit", "outside", "step"]
    pipeline: None
    position: int | None
    outcome: None
    count: int
    cases: int
    starts: int
    ends: int


class StopShown(_Shape):
    """A step of the funnel: who came to it, who went no further, the shares in percent, the time from the one before.

    `overall` is of the cases of the first step, `step_conversion` of the step before with its interval of 95 %.
    """

    place: int
    step: str
    cases: int
    dropped: int
    overall: float | None
    step_conversion: float | None
    step_conversion_low: float | None
    step_conversion_high: float | None
    median_seconds: float | None


class LogPathShown(_Shape):
    """The path of another process: the map, the ways, and against steps that were typed the deviations and the funnel.

    `rows` are all that the source has, `without` those that are no event. `fitness` is percent; it, `conforming`,
    `stages` and `exits` are of the steps typed, null and empty without them.
    """

    log: str
    rows: int
    without: int
    headline: SaidShown
    findings: list[SaidShown]
    cases: int
    event_count: int
    repeated_events: int
    variant_count: int
    took: TookShown | None
    took_working: None
    fitness: float | None
    conforming: int | None
    stages: list[str]
    exits: list[str]
    may_stop: bool
    window: str
    steps: list[LogStepShown]
    edges: list[EdgeShown]
    ways: list[WayShown]
    deviations: list[DeviationShown]
    funnel: list[StopShown]
    data_version: str
