"""What the routes of candidates for merging and of differences between two places answer with and take."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CandidateShown(_Shape):
    """A record that may be another one: both, what they have in common, the values.

    `reasons`: phone, email, tax_number, name; of channels spelling (read the same), other_name (of one channel).
    """

    entity: str
    entity_id: str
    name: str | None
    into_id: str
    into_name: str | None
    reasons: str
    detail: str


class MergeShown(_Shape):
    """A merge that stands, by whom and when (local)."""

    entity: str
    entity_id: str
    into_id: str
    by: str
    at: datetime


class DistinctionShown(_Shape):
    """Two records that somebody said are two, by whom and when (local)."""

    entity: str
    entity_id: str
    other_id: str
    by: str
    at: datetime


class CandidatesShown(_Shape):
    """A page of candidates, and all that people have said: merges, and pairs that are two."""

    rows: list[CandidateShown]
    total: int
    limit: int
    offset: int
    merges: list[MergeShown]
    apart: list[DistinctionShown]


class MergeGiven(_Shape):
    """Which record is which; without `into_id` it is its own again."""

    entity: Literal["lead", "contact", "account", "employee", "channel"]
    entity_id: str = Field(max_length=200)
    into_id: str | None = Field(None, max_length=200)


class DistinctionGiven(_Shape):
    """Which two records are two or, where that no longer `holds`, may be one again."""

    entity: Literal["lead", "contact", "account", "employee", "channel"]
    entity_id: str = Field(max_length=200)
    other_id: str = Field(max_length=200)
    holds: bool = True


class SumShown(_Shape):
    """The records of one state (both, differs, here, there; all) and their sums; `difference` is here less there."""

    state: str
    records: int
    here_value: float | None
    there_value: float | None
    difference: float | None


class DifferenceShown(_Shape):
    """A pair that differs, or a record of one place; times are local, `detail` says in a word why."""

    state: str
    here_id: str | None
    there_id: str | None
    here_at: str | None
    there_at: str | None
    employee_id: str | None
    name: str | None
    here_value: float | None
    there_value: float | None
    difference: float | None
    detail: str | None
    url: str | None


class ReconciledShown(_Shape):
    """What two places say of the same: their names, the sums, a page of what is not alike.

    `lacks` says why there is nothing to be held against each other, '' where there is.
    """

    kind: str
    lacks: str
    here: str
    there: str
    summary: list[SumShown]
    rows: list[DifferenceShown]
    total: int
    limit: int
    offset: int
