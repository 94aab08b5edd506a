"""The files pipelines/*.yml: configured funnels, their stages in order, milestones, outcomes and regulations."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from voronka.domain.documents import Document, parse_yaml
from voronka.domain.errors import SettingsError
from voronka.settings import text_of


class Stage(Document):
    """One step of a pipeline; `match` lists the texts or ids by which the source calls it."""

    id: str
    title: str | Mapping[str, str] | None = None
    outcome: Literal["open", "won", "lost"] = "open"
    milestone: str | None = None
    probability: float | None = Field(None, ge=0, le=1)
    forecast_category: str | None = None
    match: tuple[str, ...] = ()

    @field_validator("id", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @field_validator("match", mode="before")
    @classmethod
    def _texts(cls, match: object) -> object:
        return tuple(str(item) for item in match) if isinstance(match, list) else match


class Regulation(Document):
    """A time limit from a start to a stop, in minutes of working or calendar time."""

    id: str
    entity: Literal["leads", "deals"] = "leads"
    start: str
    stop: str
    minutes: float = Field(gt=0)
    clock: Literal["working", "calendar"] = "working"
    owner: str | None = None
    version: str | None = None
    reviewed_on: str | None = None


class Match(Document):
    """Which records the pipeline is for: those of a source, of one of its pipelines."""

    source: str | None = None
    pipeline: str | None = None

    @field_validator("pipeline", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return None if value is None else str(value)


class Pipeline(Document):
    """One file of pipelines/."""

    pipeline: str
    title: str | Mapping[str, str] | None = None
    entity: Literal["deals", "leads"] = "deals"
    match: Match = Match()
    stages: tuple[Stage, ...]
    regulations: tuple[Regulation, ...] = ()

    @field_validator("stages")
    @classmethod
    def _unlike(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        names = [name for stage in stages for name in {n.strip().lower() for n in (stage.id, *stage.match)}]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            message = f"two stages answer to the same name: {', '.join(sorted(twice))}"
            raise ValueError(message)
        return stages


def read_pipelines(folder: Path) -> list[Pipeline]:
    """Return the pipelines of a company's folder, in the order of their files' names."""
    found: dict[str, Pipeline] = {}
    for path in sorted((folder / "pipelines").glob("*.y*ml")):
        where = str(path.relative_to(folder))
        pipeline = parse_yaml(text_of(path, where), Pipeline, where)
        if pipeline.pipeline in found:
            raise SettingsError(f"the pipeline {pipeline.pipeline} stands in two files", where=where)
        found[pipeline.pipeline] = pipeline
    return list(found.values())
