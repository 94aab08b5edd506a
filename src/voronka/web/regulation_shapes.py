"""What the routes of regulations answer with and take, for the API's description."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from voronka.web.shapes import AnswerShown, TableShown, WordsShown


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnregulatedShown(_Shape):
    """The open steps of a pipeline that no regulation binds."""

    pipeline: str
    title: WordsShown
    steps: list[WordsShown]


class RegulationsShown(_Shape):
    """How each regulation is kept, what runs now (`open` of a row is its address in its own system), what is in force.

    `waiting` and `overdue` are how many run now; `live` lists the first of them.
    """

    kept: AnswerShown
    live: TableShown
    waiting: int
    overdue: int
    in_force: TableShown
    unregulated: list[UnregulatedShown]


Kind = Literal["leads", "deals", "calls"]
Clock = Literal["working", "calendar", "shift"]
Name = Annotated[str, Field(max_length=300)]


class RegulationPlaced(_Shape):
    """A regulation as a file has it, and what it may be changed with; `pipeline` '' is one of the settings alone.

    `binds` is the pipeline whose records alone it binds, null for all others. `seen` names its state: it is given back
    with a change, so that nobody overwrites what another one wrote meanwhile.
    """

    pipeline: str
    binds: str | None
    entity: Kind
    regulation: str
    title: str
    start: str
    stop: str
    minutes: float
    clock: Clock
    owner: str
    version: str
    reviewed_on: date | None
    seen: str


class RegulatedStage(_Shape):
    """A stage of a pipeline's file; `is_bare`: open, and bound by no regulation as of the last build."""

    id: str
    title: str
    is_bare: bool


class RegulatedPipeline(_Shape):
    """A pipeline in whose file regulations may stand."""

    pipeline: str
    title: str
    entity: Literal["leads", "deals"]
    stages: list[RegulatedStage]


class RegulationDifferenceShown(_Shape):
    """One thing that a change made otherwise: what was said of it and what is; null: nothing."""

    field: Literal["title", "minutes", "clock", "owner", "version", "reviewed_on"]
    before: str | float | None
    after: str | float | None


class RegulationChangeShown(_Shape):
    """Who set, dropped or brought back a regulation, and when (local); `can_undo` while its file says the same."""

    number: int
    at: datetime
    by: str
    action: Literal["set", "drop", "undo"]
    title: str
    file: str
    differences: list[RegulationDifferenceShown]
    can_undo: bool


class RegulationsWritten(_Shape):
    """The regulations as the files say now: `place` of a row of the table is its number among `placed`.

    `is_behind`: the figures were built with others. `fault` is what is wrong with a file, '' for nothing.
    """

    table: TableShown
    placed: list[RegulationPlaced]
    pipelines: list[RegulatedPipeline]
    changes: list[RegulationChangeShown]
    may_change: bool
    is_behind: bool
    fault: str


class RegulationNamed(_Shape):
    """Which regulation of which file is meant; `seen` as it was shown."""

    pipeline: Name
    entity: Kind
    regulation: Name
    seen: Name


class RegulationGiven(_Shape):
    """What a regulation is to be; without `regulation` a new one. `title` null: as it is."""

    pipeline: Name
    entity: Kind
    regulation: Name = ""
    seen: Name = ""
    start: Name
    stop: Name
    minutes: Annotated[float, Field(gt=0, le=5_256_000, allow_inf_nan=False)]
    clock: Clock
    owner: Name = ""
    title: Name | None = None
    is_reviewed: bool = False


class RegulationUndone(_Shape):
    """The change that is taken back."""

    number: Annotated[int, Field(ge=1, le=2**53)]
