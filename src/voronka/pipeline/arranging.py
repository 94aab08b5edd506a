"""Sets the stages of a company's pipelines in their files as a person asks for on the page; what was before is kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from voronka.domain.errors import QuestionError, SettingsError
from voronka.metrics.dimensions import Title
from voronka.metrics.process_titles import Given, as_given
from voronka.pipeline.chronicle import Chronicle, Made
from voronka.pipeline.file_changes import FileChange, put, undo_in
from voronka.pipeline.pipeline_file import PipelineFile, one_line, tells
from voronka.pipeline.replacing import plain_text, turn_at_pipelines
from voronka.settings import Settings
from voronka.transform.pipelines import Match, Pipeline, Stage, pipeline_of, read_pipelines
from voronka.transform.regulations import title_of
from voronka.transform.stage_words import StageGuess, guess_stages
from voronka.transform.stage_yaml import new_pipeline_text, with_stages

Outcome = Literal["open", "won", "lost"]
Entity = Literal["leads", "deals"]


@dataclass(frozen=True)
class WantedStage:
    """What a stage is to be: `stage` is the id of one that stands there, '' for a new one; '' and None: not said."""

    stage: str
    title: Title
    outcome: Outcome = "open"
    milestone: str = ""
    probability: float | None = None
    match: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What a pipeline is to be: its stages in their order. `seen` is what `stamp` said of it when the person looked."""

    pipeline: str
    title: Title
    stages: tuple[WantedStage, ...]
    seen: str = ""


@dataclass(frozen=True)
class Birth:
    """Whose records a pipeline is for that no file tells of yet."""

    entity: Entity
    source: str
    source_pipeline: str | None = None


@dataclass(frozen=True)
class Change(FileChange):
    """One change of a pipeline."""

    action: Literal["set", "undo"]


KEPT = Chronicle("pipeline", lambda told: Change(**told))
"""Every change made here: who, when, and the file's text before and after it."""


def stamp(pipeline: Pipeline) -> str:
    """Return a short text that is another one whenever the title or the stages of a pipeline are."""
    told = pipeline.model_dump_json(include={"pipeline", "title", "stages"})
    return sha256(told.encode()).hexdigest()[:16]


def set_stages(folder: Path, settings: Settings, wanted: Wanted, made: Made) -> Change:
    """Write the stages of a pipeline into its file.

    Raises SettingsError where they were changed meanwhile and QuestionError for what cannot be: then the file stays as
    it was.
    """
    with turn_at_pipelines(folder):
        file = PipelineFile.of(folder, settings, wanted.pipeline)
        if stamp(file.pipeline) != wanted.seen:
            raise SettingsError(
                f"the stages of {wanted.pipeline} were changed meanwhile", do="Look at the page again, then change them"
            )
        after = _arranged(file, wanted)
        if after == file.pipeline:
            raise QuestionError("nothing of the stages is otherwise than before", do="Change something, or leave it")
        text = with_stages(file.text, file.pipeline, after)
        if text is None or not tells(text, after, file.where):
            raise QuestionError(
                f"the stages are written in {file.where} so that they cannot be changed here",
                do="Change them in that file",
            )
        texts = (file.raw, file.as_it_was(text))
        change = Change(KEPT.next_number(folder), made.at, made.by, "set", after.pipeline, file.where, *texts)
        return put(KEPT, folder, settings, change)


def found_pipeline(folder: Path, settings: Settings, wanted: Wanted, birth: Birth, made: Made) -> Change:
    """Write a file for a pipeline that is only met in the data; errors as of `set_stages`."""
    with turn_at_pipelines(folder):
        known = read_pipelines(folder)
        if any(_is_for(each, birth) or each.pipeline == wanted.pipeline for each in known):
            raise SettingsError(
                f"a file tells of the pipeline {wanted.pipeline} by now", do="Look at the page again, then change it"
            )
        pipeline = begun(wanted, birth)
        text = new_pipeline_text(pipeline)
        where = _free_place(folder, wanted.pipeline)
        assert tells(text, pipeline, where)  # noqa: S101 - the text is ours
        change = Change(KEPT.next_number(folder), made.at, made.by, "set", pipeline.pipeline, where, "", text)
        return put(KEPT, folder, settings, change)


def tried(folder: Path, settings: Settings, wanted: Wanted, birth: Birth | None) -> Pipeline:
    """Return the pipeline as it would be; QuestionError for what cannot be. Nothing is written."""
    return begun(wanted, birth) if birth else _arranged(PipelineFile.of(folder, settings, wanted.pipeline), wanted)


def proposed(met: Mapping[str, int], entity: Entity) -> tuple[StageGuess, ...]:
    """Return the stages of a pipeline that is only met in the data: their names with how many records stand there."""
    return guess_stages(met, entity)


def begun(wanted: Wanted, birth: Birth) -> Pipeline:
    """Return a new pipeline as it is asked for; QuestionError for what cannot be."""
    match = Match(source=birth.source, pipeline=birth.source_pipeline)
    title = _title(None, wanted.title)
    stages = tuple(_stage(None, each) for each in wanted.stages)
    _check(stages)
    return Pipeline(pipeline=wanted.pipeline, title=title, entity=birth.entity, match=match, stages=stages)


def undo(folder: Path, settings: Settings, number: int, made: Made) -> Change:
    """Bring back what a file said before a change; QuestionError where somebody has changed it since."""
    return undo_in(KEPT, folder, settings, number, made)


def changes(folder: Path) -> list[Change]:
    """Return every change made here, oldest first."""
    return KEPT.changes(folder)


def pipeline_said(change: Change, text: str) -> Pipeline | None:
    """Return the pipeline that a text of a change tells, None for no file or one that can be read no more."""
    if not text:
        return None
    with suppress(SettingsError):
        return pipeline_of(plain_text(text), change.file)
    return None


def _arranged(file: PipelineFile, wanted: Wanted) -> Pipeline:
    """Return the pipeline as it is asked for; QuestionError for what cannot be."""
    held = {stage.id: stage for stage in file.pipeline.stages}
    unknown = next((each.stage for each in wanted.stages if each.stage and each.stage not in held), None)
    if unknown is not None:
        raise QuestionError(f"no stage of {wanted.pipeline} is {unknown}", do="Look at the page again")
    stages = tuple(_stage(held.get(each.stage), each) for each in wanted.stages)
    _check(stages)
    _check_regulations(file, stages)
    title = _title(file.pipeline.title, wanted.title)
    return file.pipeline.model_copy(update={"title": title, "stages": stages})


def _stage(held: Stage | None, wanted: WantedStage) -> Stage:
    names = tuple(dict.fromkeys(name for each in wanted.match if (name := one_line(each))))
    title = _title(held.title if held else None, wanted.title)
    said = as_given(title)
    called = held.id if held else next(iter(names), said.ru or said.en)
    if not called:
        raise QuestionError("a stage has no name", do="Say what it is called, here or in the CRM")
    milestone = wanted.milestone.strip()
    if milestone and not milestone.isidentifier() and (held is None or milestone != held.milestone):
        raise QuestionError(f"a milestone cannot be called {milestone}", do="Write it with letters, digits and _")
    if wanted.probability is not None and not 0 <= wanted.probability <= 1:
        raise QuestionError(f"the probability of the stage {said.ru or said.en or called} is not between 0 and 100 %")
    return Stage(
        id=called,
        title=title,
        outcome=wanted.outcome,
        milestone=milestone or None,
        probability=None if wanted.probability is None else round(wanted.probability, 6),
        forecast_category=held.forecast_category if held else None,
        match=names if held else names[1:],
    )


def _title(before: Given, wanted: Title) -> str | Mapping[str, str] | None:
    ru, en = one_line(wanted.ru), one_line(wanted.en)
    if as_given(before) == Title(ru, en):
        return before
    others = (
        {language: said for language, said in before.items() if language not in {"ru", "en"}}
        if isinstance(before, Mapping)
        else {}
    )
    if ru == en and not others and not isinstance(before, Mapping):
        return ru or None
    return {**({"ru": ru} if ru else {}), **({"en": en} if en else {}), **others} or None


def _check(stages: Sequence[Stage]) -> None:
    """Raise QuestionError for no stage at all, and for two of one name: which of them is meant nobody could tell."""
    if not stages:
        raise QuestionError("a pipeline has at least one stage", do="Add a stage")
    names = Counter(name for stage in stages for name in stage.keys)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise QuestionError(f"two stages answer to the name {twice}", do="Leave it to one of them")


def _check_regulations(file: PipelineFile, stages: Sequence[Stage]) -> None:
    """Raise QuestionError where a regulation stands on a stage or a milestone that would be gone."""
    kept = {"stage": {each.id for each in stages}, "milestone": {each.milestone for each in stages if each.milestone}}
    kept["left"] = kept["stage"]
    for each in file.pipeline.regulations:
        for kind, name in _places((each.start, each.stop)):
            if kind in kept and name not in kept[kind]:
                title = title_of(each, file.settings.language)
                called = _called(file.pipeline, name) if kind != "milestone" else name
                what = "milestone" if kind == "milestone" else "stage"
                raise QuestionError(
                    f"the regulation {title} begins or ends at the {what} {called}",
                    do=f"Keep the {what}, or drop the regulation first",
                )


def _places(said: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((kind, name) for kind, _, name in (each.partition(":") for each in said))


def _called(pipeline: Pipeline, stage_id: str) -> str:
    title = next(as_given(each.title) for each in pipeline.stages if each.id == stage_id)
    return title.ru or title.en or stage_id


def _is_for(pipeline: Pipeline, birth: Birth) -> bool:
    match = (birth.source, birth.source_pipeline)
    return pipeline.entity == birth.entity and (pipeline.match.source, pipeline.match.pipeline) == match


def _free_place(folder: Path, pipeline: str) -> str:
    """Return where the file of a pipeline may stand, seen from the company's folder: no other one is there."""
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in pipeline).strip("_") or "pipeline"
    places = (f"pipelines/{plain}{number}.yml" for number in ("", *range(2, 1000)))
    return next(place for place in places if not (folder / place).exists())
