"""What the routes of the customer's path answer with, for the API's description; the answers are written out ready."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from voronka.analyses.path_difference import Clock
from voronka.reports.path_against import Kind
from voronka.reports.path_hands import By
from voronka.web.shapes import PageShown, WordsShown


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TookShown(_Shape):
    """Seconds that something took: median, mean, and what nine of ten did not exceed."""

    median: float
    mean: float
    p90: float


class EffectShown(_Shape):
    """One figure minus another, the ends of its interval of 95 %, and whether it differs by more than chance."""

    value: float
    low: float | None
    high: float | None
    differs: bool


class KnownPipelineShown(_Shape):
    """A pipeline that may be chosen, and what goes through it."""

    id: str
    title: WordsShown
    entity: Literal["lead", "deal"]


class StepShown(_Shape):
    """A step: its role is a stage, an exit, a stage outside of the model, or what is no stage at all.

    `starts` and `ends` are the cases that it is the first and the last step of.
    """

    key: str
    title: WordsShown
    role: Literal["stage", "exit", "outside", "event"]
    pipeline: str | None
    position: int | None
    outcome: str | None
    count: int
    cases: int
    starts: int
    ends: int


class EdgeShown(_Shape):
    """One step directly followed by another, `(start)` and `(end)` among them, which take no time.

    `level` is the share (0-1) of detail above which it is shown; 0 always.
    """

    source: str
    target: str
    count: int
    cases: int
    level: float
    took: TookShown | None
    took_working: TookShown | None


class WayShown(_Shape):
    """One sequence of steps: its cases and their share in percent, how long it takes, what comes of it."""

    steps: list[str]
    cases: int
    share: float
    took: TookShown
    took_working: TookShown | None
    won: int
    lost: int
    win_rate: float | None
    win_rate_low: float | None
    win_rate_high: float | None
    amount: float | None


class DeviationShown(_Shape):
    """One kind of deviation at a step; days and points of win rate are cases with it against those without it."""

    kind: Literal["skipped", "repeated", "returned", "outside"]
    step: str
    count: int
    cases: int
    share: float
    days: EffectShown | None
    win_rate: EffectShown | None


class PathShown(_Shape):
    """The path of the cases asked for: the map, the ways, the deviations from the stages of a pipeline.

    `fitness` is percent; it, `conforming`, `stages` and `exits` are of the model, null and empty without one.
    Of `untold` cases it is not known through which stages they went: no model is held against them, and a path of
    stages is not of them. `without_events` are no part of it either, for nothing happened to them.
    """

    pipeline: str | None
    pipelines: list[KnownPipelineShown]
    entity: Literal["journey", "lead", "deal"]
    axis: Literal["created", "closed"]
    events: Literal["stages", "all"]
    cases: int
    event_count: int
    without_events: int
    untold: int
    variant_count: int
    took: TookShown | None
    took_working: TookShown | None
    fitness: float | None
    conforming: int | None
    stages: list[str]
    exits: list[str]
    steps: list[StepShown]
    edges: list[EdgeShown]
    ways: list[WayShown]
    deviations: list[DeviationShown]
    data_version: str


class ZoneShown(_Shape):
    """Time that no stage tells of: outside, before, between or after them; `now` is whoever stands there now."""

    kind: Literal["outside", "before", "between", "after"]
    step: str | None
    source: str | None
    target: str | None
    cases: int
    share: float
    share_hours: float | None
    median_seconds: float | None
    amount: float | None
    now_cases: int
    now_amount: float


class ProposedStageShown(_Shape):
    """What is often gone through between two stages, and could be a stage."""

    source: str | None
    target: str | None
    steps: list[str]
    share: float
    median_seconds: float | None


class GreyZonesShown(_Shape):
    """The grey zones of the cases of a path: their share of cases, hours and money, those of the most hours first.

    Of `untold` cases it is not known at which stages they were: they are no part of it.
    """

    cases: int
    untold: int
    grey_cases: int
    share_cases: float | None
    share_hours: float | None
    share_amount: float | None
    zones: list[ZoneShown]
    proposals: list[ProposedStageShown]
    titles: dict[str, WordsShown]
    data_version: str


class SideShown(_Shape):
    """One of two cuts compared: what it is called, its days, how many of its cases were compared."""

    title: WordsShown
    from_: str | None = Field(alias="from")
    to: str | None
    cases: int


class BestPersonShown(_Shape):
    """One of the best: the cases they closed, and their win rate (percent) or the money they won."""

    id: str
    name: str
    closed: int
    value: float


class _ComparedShown(_Shape):
    """A step (no source) or an edge that cases of either cut pass, and how they differ there.

    `chance` is that of a difference as large somewhere among all comparisons, by chance alone.
    """

    source: str | None
    target: str
    cases_one: int
    cases_other: int
    difference: float
    low: float | None
    high: float | None
    chance: float
    differs: bool


class ShareComparedShown(_ComparedShown):
    """The share of each cut's cases that passes it, in percent; the difference is in points."""

    share_one: float
    share_other: float


class TimeComparedShown(_ComparedShown):
    """The median time of an edge in each cut, in seconds of the clock asked for."""

    median_one: float
    median_other: float


class AgainstShown(_Shape):
    """Two cuts of the page's cases compared, the surest difference first.

    `refused` says why there is nothing to compare: both are the `same` cases, there are too few `people` to have best
    ones among them, the `day` is none of the period's.
    """

    kind: Kind
    whom: str | None
    clock: Clock
    refused: Literal["same", "people", "day"] | None
    one: SideShown | None
    other: SideShown | None
    best: list[BestPersonShown]
    without_ends: bool
    is_enough: bool
    fewest: int
    compared: int
    shares: list[ShareComparedShown]
    times: list[TimeComparedShown]
    titles: dict[str, WordsShown]
    data_version: str | None


class JointShown(_Shape):
    """What one person or role hands to another: hand-overs, their cases, what became of them; `now`: who waits now.

    `without_contact` is of the `watched`, `without_task` of those `of_task`; `emptied` is null where nobody tells of
    fields. Seconds are of working time. A name is null where the reader may not see who it is, or no role is known.
    """

    giver: str
    giver_name: str | None
    taker: str
    taker_name: str | None
    handed: int
    cases: int
    watched: int
    without_contact: int
    median_seconds: float | None
    emptied: int | None
    of_task: int
    without_task: int
    now_cases: int
    now_amount: float


class StuckShown(_Shape):
    """A record whose client waits for the new person longer than it may."""

    entity: Literal["deal", "lead"]
    id: str
    title: str | None
    giver_name: str | None
    taker_name: str | None
    since: str
    working_hours: float
    amount: float | None
    url: str | None


class WorstShown(_Shape):
    """The pair whose hand-overs lack a contact in time more often than those of all others, beyond chance."""

    giver: str
    taker: str


class HandsShown(_Shape):
    """Who hands the page's cases to whom, the most first; `stuck` are the first of those that wait too long now."""

    by: By
    within: float
    cases: int
    handed_cases: int
    rows: list[JointShown]
    worst: WorstShown | None
    stuck: list[StuckShown]
    stuck_count: int
    data_version: str


class PathPageShown(PageShown):
    """The page of the customer's path: a page without blocks, and the path."""

    path: PathShown
