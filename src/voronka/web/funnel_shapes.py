"""What the routes of the funnel answer with, for the API's description; the answers are written out ready."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from voronka.web.shapes import PageShown, TableShown, WordsShown


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FunnelPipelineShown(_Shape):
    """A pipeline that has a funnel, or `*` for the milestones of all of them; what goes through it."""

    id: str
    title: WordsShown
    entity: Literal["journey", "lead", "deal"]


class FunnelStepShown(_Shape):
    """A step by what it is asked by; `group` is its sort: milestone, stage, activity ..."""

    key: str
    title: WordsShown
    group: str
    pipeline: str | None


class FunnelCutShown(_Shape):
    """A dimension by which the cases may be cut."""

    id: str
    title: WordsShown


class FunnelShown(_Shape):
    """The funnel as it was asked for and what else may be asked; `cases` are all, `began` reached the first step.

    Of `untold` cases it is not known through which stages they went; `left_out` of them are no part of the funnel.
    """

    pipeline: str
    entity: Literal["journey", "lead", "deal"]
    order: Literal["ordered", "strict", "any"]
    window: str
    by: str
    steps: list[FunnelStepShown]
    cases: int
    began: int
    untold: int
    left_out: int
    pipelines: list[FunnelPipelineShown]
    offered: list[FunnelStepShown]
    cuts: list[FunnelCutShown]


class FunnelPageShown(PageShown):
    """The page of the funnel: a page whose tables are `steps`, `losses` and, with a cut, `groups`."""

    funnel: FunnelShown


class FunnelCohortsShown(_Shape):
    """Months of beginning with the share of each step."""

    cohorts: TableShown
    data_version: str
