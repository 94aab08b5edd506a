"""What pipelines and their stages are called in each language, as the files of pipelines/ say it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voronka.domain.errors import VoronkaError
from voronka.metrics.dimensions import Title
from voronka.transform.pipelines import read_pipelines

Given = str | Mapping[str, str] | None
"""A title as a file gives it: one for all languages, one for each, or none."""


@dataclass(frozen=True)
class ProcessTitles:
    """The titles of pipelines by their ids, and of stages by pipeline and id; '' where a language has none."""

    pipelines: Mapping[str, Title] = field(default_factory=dict)
    stages: Mapping[tuple[str, str], Title] = field(default_factory=dict)

    def pipeline(self, name: str) -> Title:
        """Return what a pipeline is called, by its id where nobody says it."""
        return self.pipelines.get(name, Title(name, name))


def title_of(name: str, given: Given) -> Title:
    """Return the title of what has this id, in both languages: the id where a language has none."""
    title = as_given(given)
    return Title(title.ru or name, title.en or name)


def titles_in(folder: Path) -> ProcessTitles:
    """Return the titles of a company's pipelines; none while a file of theirs is broken: `voronka check` tells that."""
    try:
        found = read_pipelines(folder)
    except VoronkaError:
        return ProcessTitles()
    stages = {(each.pipeline, stage.id): as_given(stage.title) for each in found for stage in each.stages}
    return ProcessTitles({each.pipeline: title_of(each.pipeline, each.title) for each in found}, stages)


def as_given(given: Given) -> Title:
    """Return what a file says in each language, '' where it says nothing."""
    if given is None or isinstance(given, str):
        return Title(given or "", given or "")
    return Title(given.get("ru") or "", given.get("en") or "")
