"""What the routes of pipelines and their stages answer with and take, and what a setting would change."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from voronka.web.shapes import WordsShown


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


Outcome = Literal["open", "won", "lost"]
Entity = Literal["leads", "deals"]
Name = Annotated[str, Field(max_length=300)]
Share = Annotated[float, Field(allow_inf_nan=False)]


class Words(_Shape):
    """A title in both languages, '' where nothing is said."""

    ru: Name = ""
    en: Name = ""


class StageShown(_Shape):
    """A stage as its file says it; `id` is '' for one that is proposed. `records` stand in it as of the last build.

    `match` are the names by which the CRM calls it, beside its id.
    """

    id: str
    title: WordsShown
    outcome: Outcome
    milestone: str
    probability: float | None
    match: list[str]
    records: int


class StageMet(_Shape):
    """A stage of the data that the pipeline does not have: its records are open and outside the funnel."""

    text: str
    records: int


class PipelineShown(_Shape):
    """A pipeline with its stages in their order; without a file it is only met in the data: a proposal.

    `seen` names its state: it is given back with a change, so that nobody overwrites what another one wrote meanwhile.
    """

    pipeline: str
    title: WordsShown
    entity: Entity
    source: str
    source_pipeline: str
    has_file: bool
    seen: str
    stages: list[StageShown]
    met: list[StageMet]


class MilestoneShown(_Shape):
    """A milestone that figures know."""

    id: str
    title: WordsShown


class StageDifference(_Shape):
    """One thing that a change of a pipeline made otherwise; `stage` is '' where it is of the pipeline itself."""

    what: Literal["added", "dropped", "order", "title", "outcome", "milestone", "probability", "match"]
    stage: str
    before: str | float | None
    after: str | float | None


class StagesChangeShown(_Shape):
    """Who changed a pipeline, when (local), and what; `can_undo` while its file says the same."""

    number: int
    at: datetime
    by: str
    action: Literal["set", "undo"]
    pipeline: str
    differences: list[StageDifference]
    can_undo: bool


class PipelinesShown(_Shape):
    """The pipelines as the files say them now, then those that are only met in the data.

    `is_behind`: the figures were built with others. `fault` is what is wrong with a file, '' for nothing.
    """

    pipelines: list[PipelineShown]
    milestones: list[MilestoneShown]
    changes: list[StagesChangeShown]
    may_change: bool
    is_behind: bool
    fault: str


class StageGiven(_Shape):
    """What a stage is to be; `id` '' is a new one, `probability` of 0 to 1."""

    id: Name = ""
    title: Words = Words()
    outcome: Outcome = "open"
    milestone: Annotated[str, Field(max_length=60)] = ""
    probability: Share | None = None
    match: Annotated[list[Name], Field(max_length=200)] = []


class PipelineGiven(_Shape):
    """What a pipeline is to be: its stages in their order. `seen` as it was shown."""

    pipeline: Name
    seen: Name = ""
    title: Words = Words()
    stages: Annotated[list[StageGiven], Field(max_length=200)]


class StagesUndone(_Shape):
    """The change that is taken back."""

    number: Annotated[int, Field(ge=1, le=2**53)]


class FigureForeseen(_Shape):
    """A figure as it is by what is said now and as it would be; null: unknown. Days where it is of a span of them.

    `group` says what it is of, `name` which of them: an outcome, a milestone, a metric.
    """

    group: Literal["outcome", "outside", "milestone", "working_days", "working_hours", "metric"]
    name: str
    title: WordsShown | None
    unit: str
    first: date | None
    last: date | None
    before: float | None
    after: float | None


class Foreseen(_Shape):
    """What a change would make of figures, worked out before it is saved; `rebuilds`: figures are built anew for it.

    `unclear` are stages whose names are parted: what becomes of their records only the build can tell.
    """

    rebuilds: bool
    figures: list[FigureForeseen]
    unclear: list[str]


class SettingsTried(_Shape):
    """What settings would be, by their names; null: as by default."""

    values: Annotated[dict[Name, Any], Field(min_length=1, max_length=200)]
