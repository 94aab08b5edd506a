"""What the routes of plans answer with and take."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from voronka.domain.plans import Action, PlanScope
from voronka.reports.plan_days import DayKind
from voronka.reports.plan_grid import Origin, PlanGrain
from voronka.web.asked import Day, iso_day

GivenDay = Annotated[date, BeforeValidator(iso_day)]
Name = Annotated[str, Field(max_length=300)]
MOST_CELLS = 5_000
"""Cells that one request states."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlanPeriodShown(_Shape):
    """The first and the last day of a column, both inside."""

    first: date
    last: date


class PlanStoodShown(_Shape):
    """A plan that stands: how much, of which days, and who says so: people on a page or in a command, or a file.

    `source` names the source of the file, `by` and `at` (local) who stated it and when.
    """

    period: PlanPeriodShown
    value: float
    origin: Origin
    source: str
    by: str
    at: datetime | None


class PlanCellShown(_Shape):
    """A plan of exactly one period, null where there is none; `filed` is what files say under what people state.

    `others` are plans of other periods that share days with it, `figure` what the figures show because of them.
    """

    stood: PlanStoodShown | None
    filed: float | None
    others: list[PlanStoodShown]
    figure: float | None
    may_edit: bool


class PlanRowShown(_Shape):
    """A line: the company (id null), a team or an employee; `below` are the sums of the plans one level below."""

    scope: PlanScope
    id: str | None
    name: str
    team_id: str | None
    cells: list[PlanCellShown]
    below: list[float | None]


class PlanChoice(_Shape):
    """A metric that may be planned; `is_planned`: somebody has a plan of it."""

    name: str
    title: str
    unit: str
    is_planned: bool


class PlanChangeShown(_Shape):
    """What one plan was and has become; null is none."""

    scope: PlanScope
    name: str
    first: date
    last: date
    before: float | None
    after: float | None


class PlanEditShown(_Shape):
    """Plans stated at once: how, by whom, when (local); `id` is null of what was stated by a command.

    `is_mine`: by who looks at it. `count` is how many were changed, of which the first are told.
    """

    id: int | None
    action: Action | Literal["command"]
    by: str
    at: datetime
    is_mine: bool
    can_undo: bool
    is_undone: bool
    count: int
    changes: list[PlanChangeShown]


class PlanGridShown(_Shape):
    """The plans of a metric by periods; `latest` is given back with an edit, so that nobody's is overwritten unseen.

    `is_behind`: the figures do not hold the latest edits yet; `is_building`: they are being built. `unit` is that of
    the metric, `is_flow` says whether plans are cut to days and added up.
    """

    metric: str
    title: str
    unit: str
    is_flow: bool
    grain: PlanGrain
    columns: list[PlanPeriodShown]
    rows: list[PlanRowShown]
    choices: list[PlanChoice]
    edits: list[PlanEditShown]
    latest: int
    may_edit: bool
    is_behind: bool
    is_building: bool


class PlanDayShown(_Shape):
    """A day of a plan: how much falls on it (null: nothing), what day it is, how far it counts (percent)."""

    day: date
    value: float | None
    kind: DayKind
    share: float


class PlanDaysShown(_Shape):
    """How a plan lies on the days of its period, as of the last build."""

    days: list[PlanDayShown]
    is_behind: bool


class PlanMisfitShown(_Shape):
    """A cell of what was pasted, counted from 1, why it does not fit, and what to do."""

    row: int
    column: int
    text: str
    what: str
    do_: str = Field(alias="do")


class PlanEdited(_Shape):
    """What became of an edit: its number, null where nothing differed; with a misfit nothing is stated."""

    edit: int | None
    changed: int
    misfits: list[PlanMisfitShown]


class PlanOwnerGiven(_Shape):
    """Whose plan; the company has no id."""

    scope: PlanScope
    id: Name | None = None


class _GridGiven(_Shape):
    """Which grid is edited: a metric's, by which periods, of which days, as it was when `latest` was the last edit."""

    metric: Name
    grain: PlanGrain
    first: GivenDay
    last: GivenDay
    latest: Annotated[int, Field(ge=0, le=2**53)]


class PlanCellGiven(PlanOwnerGiven):
    """What a cell is to say, as somebody wrote it: a number, or nothing to take back what people stated."""

    at: GivenDay
    text: Annotated[str, Field(max_length=100)]


class PlanCellsGiven(_GridGiven):
    """Cells that were written by hand."""

    cells: Annotated[list[PlanCellGiven], Field(min_length=1, max_length=MOST_CELLS)]


class PlanPasteGiven(_GridGiven):
    """A block as a spreadsheet copies it; `owners` are the lines from the chosen cell down, `at` its column."""

    text: Annotated[str, Field(max_length=500_000)]
    owners: Annotated[list[PlanOwnerGiven], Field(max_length=MOST_CELLS)] = []
    at: Day = None


class PlanCopyGiven(_GridGiven):
    """The column that is filled with the plans of the period before it, where it has none, of these lines."""

    owners: Annotated[list[PlanOwnerGiven], Field(min_length=1, max_length=MOST_CELLS)]
    at: GivenDay


class PlanUndone(_Shape):
    """The edit that is taken back."""

    edit: Annotated[int, Field(ge=1, le=2**53)]
