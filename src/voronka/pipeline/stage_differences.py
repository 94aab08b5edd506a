"""What a change of a pipeline made otherwise: which stages came and went, and what is said of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voronka.metrics.process_titles import Given, as_given
from voronka.transform.pipelines import Pipeline, Stage

What = Literal["added", "dropped", "order", "title", "outcome", "milestone", "probability", "match"]
_SAID: tuple[What, ...] = ("title", "outcome", "milestone", "probability", "match")


@dataclass(frozen=True)
class Difference:
    """One thing that is said otherwise of a stage, '' for the pipeline itself; None: nothing is said of it."""

    what: What
    stage: str
    before: str | float | None = None
    after: str | float | None = None


def differences(before: Pipeline | None, after: Pipeline | None, language: str) -> tuple[Difference, ...]:
    """Return what became otherwise from one state of a pipeline to another, None for no file; titles in a language."""
    return tuple(_all(before, after, language))


def _all(before: Pipeline | None, after: Pipeline | None, language: str) -> Iterator[Difference]:
    old = {stage.id: stage for stage in before.stages} if before else {}
    new = {stage.id: stage for stage in after.stages} if after else {}
    if before and after and before.title != after.title:
        yield Difference("title", "", _title(before.title, language), _title(after.title, language))
    yield from (Difference("dropped", _name(old[each], language)) for each in old if each not in new)
    yield from (Difference("added", _name(new[each], language)) for each in new if each not in old)
    both = [each for each in new if each in old]
    for each in both:
        yield from _of_stage(old[each], new[each], language)
    if both != [each for each in old if each in new]:
        yield Difference("order", "", _order(old, both, language), _order(new, both, language))


def _of_stage(old: Stage, new: Stage, language: str) -> Iterator[Difference]:
    for what in _SAID:
        if getattr(old, what) != getattr(new, what):
            yield Difference(what, _name(new, language), _said(old, what, language), _said(new, what, language))


def _said(stage: Stage, what: What, language: str) -> str | float | None:
    if what == "title":
        return _title(stage.title, language)
    found = getattr(stage, what)
    if isinstance(found, tuple):
        return ", ".join(found) or None
    return found if isinstance(found, str | float) else None


def _order(stages: dict[str, Stage], kept: list[str], language: str) -> str:
    return ", ".join(_name(stage, language) for name, stage in stages.items() if name in kept)


def _name(stage: Stage, language: str) -> str:
    return _title(stage.title, language) or stage.id


def _title(given: Given, language: str) -> str | None:
    title = as_given(given)
    first, second = (title.ru, title.en) if language == "ru" else (title.en, title.ru)
    return first or second or None
