"""The files pipelines/*.yml: configured funnels, their stages in order, milestones, outcomes and regulations."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from voronka.domain.documents import Document, line_of, parse_yaml
from voronka.domain.errors import SettingsError, did_you_mean
from voronka.settings import text_of

STARTS: Mapping[str, tuple[str, ...]] = {
    "leads": ("created", "handed", "accepted", "stage:", "milestone:"),
    "deals": ("created", "no_next_task", "stage:", "milestone:"),
    "calls": ("missed_call",),
}
"""What a regulation of each kind of record begins with; after a colon stands the id of a stage or a milestone."""

STOPS: Mapping[str, tuple[str, ...]] = {
    "leads": ("first_outgoing", "handed", "accepted", "stage:", "left:", "milestone:"),
    "deals": ("first_outgoing", "next_task", "stage:", "left:", "milestone:"),
    "calls": ("called_back",),
}
"""What it ends with: `stage:` is the entry of a stage or of one after it, `left:` the end of a stay."""

OWN_SPANS: Mapping[str, tuple[str, str, str]] = {
    "first_response": ("leads", "created", "first_outgoing"),
    "acceptance": ("leads", "handed", "accepted"),
    "call_back": ("calls", "missed_call", "called_back"),
    "next_task": ("deals", "no_next_task", "next_task"),
}
"""The regulations that every company has, with what each runs from and to: figures of other pages stand on them."""


def stage_key(name: str) -> str:
    """Return that by which names of stages are compared: their case and the space around them tell nothing."""
    return name.strip().lower()


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

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of all names that it answers to, that of its id first, each once."""
        return tuple(dict.fromkeys(stage_key(name) for name in (self.id, *self.match)))


class Regulation(Document):
    """A time limit from a start to a stop, in minutes of working or calendar time, or of the time of one's shifts."""

    id: str
    title: str | Mapping[str, str] | None = None
    entity: Literal["leads", "deals", "calls"] = "leads"
    start: str
    stop: str
    minutes: float = Field(gt=0)
    clock: Literal["working", "calendar", "shift"] = "working"
    owner: str | None = None
    version: str | None = None
    reviewed_on: date | None = None

    @field_validator("version", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | float) else value


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
        names = [name for stage in stages for name in stage.keys]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            message = f"two stages answer to the same name: {', '.join(sorted(twice))}"
            raise ValueError(message)
        return stages

    def knows(self, name: str) -> bool:
        """Say whether one of its stages answers to a name."""
        return any(stage_key(name) in stage.keys for stage in self.stages)


def read_pipelines(folder: Path) -> list[Pipeline]:
    """Return the pipelines of a company's folder, in the order of their files' names."""
    found: dict[str, Pipeline] = {}
    for path in sorted((folder / "pipelines").glob("*.y*ml")):
        where = str(path.relative_to(folder))
        pipeline = pipeline_of(text_of(path, where), where)
        if pipeline.pipeline in found:
            raise SettingsError(f"the pipeline {pipeline.pipeline} stands in two files", where=where)
        found[pipeline.pipeline] = pipeline
    return list(found.values())


def pipeline_of(text: str, where: str) -> Pipeline:
    """Return the pipeline that a file's text tells; SettingsError with the line where it says what cannot be."""
    pipeline = parse_yaml(text, Pipeline, where)
    _check_regulations(pipeline, text, where)
    return pipeline


def _check_regulations(pipeline: Pipeline, text: str, where: str) -> None:
    """Raise SettingsError, with the line, where a regulation begins or ends with what is not there."""
    seen: set[tuple[str, str]] = set()
    for number, regulation in enumerate(pipeline.regulations):
        for key, known in (("start", STARTS), ("stop", STOPS)):
            fault = _fault(pipeline, regulation, getattr(regulation, key), known[regulation.entity])
            if fault:
                raise SettingsError(
                    f"`{key}` of the regulation {regulation.id}: {fault[0]}",
                    where=_place(text, where, number, key),
                    do=fault[1],
                )
        if regulation.entity == "calls" and regulation.clock == "shift":
            raise SettingsError(
                f"the regulation {regulation.id} runs by shifts, and a missed call is in nobody's",
                where=_place(text, where, number, "clock"),
                do="Its clock is working or calendar",
            )
        own = OWN_SPANS.get(regulation.id)
        if own and own != (regulation.entity, regulation.start, regulation.stop):
            raise SettingsError(
                f"the regulation {regulation.id} is of {own[0]}, from {own[1]} to {own[2]}",
                where=_place(text, where, number, "id"),
                do="Give one from and to something else another id",
            )
        if (regulation.id, regulation.entity) in seen:
            raise SettingsError(f"the regulation {regulation.id} stands twice", where=_place(text, where, number, "id"))
        seen.add((regulation.id, regulation.entity))


def _fault(pipeline: Pipeline, regulation: Regulation, said: str, known: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what is wrong with a start or a stop, and what to do; None where nothing is."""
    kind, colon, name = said.partition(":")
    if kind + colon not in known:
        return f"{regulation.entity} know no {said}", did_you_mean(kind + colon, known)
    if not colon:
        return None
    if regulation.entity != pipeline.entity:
        return f"the stages of this file are of {pipeline.entity}, not of {regulation.entity}", ""
    names = [s.milestone for s in pipeline.stages if s.milestone] if kind == "milestone" else _ids(pipeline)
    what = "milestone" if kind == "milestone" else "stage"
    return None if name in names else (f"no {what} here is {name}", did_you_mean(name, names))


def _ids(pipeline: Pipeline) -> list[str]:
    return [stage.id for stage in pipeline.stages]


def _place(text: str, where: str, number: int, key: str) -> str:
    line = line_of(text, ("regulations", number, key))
    return where if line is None else f"{where}, line {line}"
