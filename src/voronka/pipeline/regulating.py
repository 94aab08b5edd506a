"""Sets regulations in a company's files of pipelines as a person asks for on the page; what was before is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from voronka.domain.errors import QuestionError
from voronka.pipeline.chronicle import Chronicle, Made
from voronka.pipeline.file_changes import FileChange, put, undo_in
from voronka.pipeline.pipeline_file import PipelineFile, one_line, tells
from voronka.pipeline.replacing import turn_at_pipelines
from voronka.settings import Settings
from voronka.transform.pipelines import OWN_SPANS, Pipeline, Regulation, read_pipelines
from voronka.transform.proposal_yaml import scalar
from voronka.transform.regulation_yaml import (
    minutes_word,
    title_word,
    with_new_regulation,
    with_regulation,
    without_regulation,
)
from voronka.transform.regulations import regulation_rows, regulations_in_force, title_of

Action = Literal["set", "drop", "undo"]
_ORDER = ("id", "title", "entity", "start", "stop", "minutes", "clock", "owner", "version", "reviewed_on")


@dataclass(frozen=True)
class Place:
    """Where a regulation stands: the pipeline in whose file, what it binds, and its id, '' for a new one.

    `seen` is what `stamp` said of it when the person looked: what was changed meanwhile is not overwritten.
    """

    pipeline: str
    entity: str
    regulation: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a regulation is to be. `title` None: as it is; `reviewed_on` None: as it is; `owner` '': nobody's."""

    start: str
    stop: str
    minutes: float
    clock: str
    owner: str = ""
    title: str | None = None
    language: str = "en"
    reviewed_on: date | None = None


@dataclass(frozen=True)
class Change(FileChange):
    """One change of a regulation in the file of its pipeline."""

    action: Action
    entity: str
    regulation: str
    title: str


KEPT = Chronicle("regulation", lambda told: Change(**told))
"""Every change made here: who, when, and the file's text before and after it."""


@dataclass(frozen=True)
class Written:
    """A regulation in force as the files say now; `pipeline` is '' for one of the settings, `stamp` names its state.

    `binds` is the pipeline whose records alone it binds, None for all that no other one of its id binds.
    """

    regulation: Regulation
    title: str
    pipeline: str
    binds: str | None
    stamp: str

    def title_in(self, language: str) -> str:
        """Return what it is called in a language; `title` is in the company's."""
        return title_of(self.regulation, language)


def written(folder: Path, settings: Settings) -> list[Written]:
    """Return every regulation in force as the files say now; SettingsError where one is broken."""
    pipelines = read_pipelines(folder)
    places = {
        (each.id, pipeline.pipeline if each.entity == pipeline.entity else None): pipeline.pipeline
        for pipeline in pipelines
        for each in pipeline.regulations
    }
    return [
        Written(
            each.regulation,
            title_of(each.regulation, settings.language),
            places.get((each.regulation.id, each.pipeline), ""),
            each.pipeline,
            stamp(each.regulation),
        )
        for each in regulations_in_force(settings, pipelines)
    ]


def rows_in_force(folder: Path, settings: Settings) -> list[dict[str, object]]:
    """Return the regulations in force as the build reads them; SettingsError where a file is broken."""
    return regulation_rows(settings, read_pipelines(folder))


def stamp(regulation: Regulation | None) -> str:
    """Return a short text that is another one whenever the regulation is; '' for none."""
    return sha256(regulation.model_dump_json().encode()).hexdigest()[:16] if regulation else ""


def set_regulation(folder: Path, settings: Settings, place: Place, wanted: Wanted, made: Made) -> Change:
    """Write a regulation into its pipeline's file: a new one, or another limit of one that is there.

    Raises QuestionError where it is not there or was changed meanwhile, SettingsError for what cannot be: then the file
    stays as it was.
    """
    with turn_at_pipelines(folder):
        file = PipelineFile.of(folder, settings, place.pipeline)
        held = _held(file.pipeline, place)
        _check_seen(held, place)
        regulation = _regulation(file.pipeline, read_pipelines(folder), place, wanted, held)
        _check(file.pipeline, regulation, held)
        if held is None:
            text = with_new_regulation(file.text, _words(regulation))
            after = [*file.pipeline.regulations, regulation]
        else:
            number = file.pipeline.regulations.index(held)
            text = with_regulation(file.text, number, _differences(held, regulation))
            after = [*file.pipeline.regulations]
            after[number] = regulation
        return _keep(file, text, after, ("set", regulation), made)


def drop_regulation(folder: Path, settings: Settings, place: Place, made: Made) -> Change:
    """Take a regulation out of its pipeline's file; errors as of `set_regulation`."""
    with turn_at_pipelines(folder):
        file = PipelineFile.of(folder, settings, place.pipeline)
        held = _held(file.pipeline, place)
        if held is None:
            raise QuestionError(
                f"the regulation {place.regulation} is not in the file of the pipeline {place.pipeline}",
                do="Look at the page again",
            )
        _check_seen(held, place)
        text = without_regulation(file.text, file.pipeline.regulations.index(held))
        after = [each for each in file.pipeline.regulations if each is not held]
        return _keep(file, text, after, ("drop", held), made)


def undo(folder: Path, settings: Settings, number: int, made: Made) -> Change:
    """Bring back what a file said before a change; QuestionError where somebody has changed it since."""
    return undo_in(KEPT, folder, settings, number, made)


def changes(folder: Path) -> list[Change]:
    """Return every change made here, oldest first."""
    return KEPT.changes(folder)


def _held(pipeline: Pipeline, place: Place) -> Regulation | None:
    return next(
        (each for each in pipeline.regulations if (each.id, each.entity) == (place.regulation, place.entity)), None
    )


def _check_seen(held: Regulation | None, place: Place) -> None:
    if stamp(held) != place.seen:
        raise QuestionError(
            f"the regulation {place.regulation} was changed meanwhile", do="Look at the page again, then change it"
        )


def _regulation(
    pipeline: Pipeline, pipelines: Sequence[Pipeline], place: Place, wanted: Wanted, held: Regulation | None
) -> Regulation:
    """Return the regulation as it shall be: a limit that becomes another one is another version."""
    span = (place.entity, wanted.start, wanted.stop)
    known = {each.id for one in pipelines for each in one.regulations} | OWN_SPANS.keys()
    own = next((name for name, each in OWN_SPANS.items() if each == span), None)
    values = {
        "id": held.id if held else own or _new_id(pipeline.pipeline, wanted, known),
        "title": _title(held, wanted),
        "entity": place.entity,
        "start": wanted.start,
        "stop": wanted.stop,
        "minutes": wanted.minutes,
        "clock": wanted.clock,
        "owner": one_line(wanted.owner) or None,
        "version": _version(held, wanted),
        "reviewed_on": wanted.reviewed_on or (held.reviewed_on if held else None),
    }
    return Regulation.model_validate(values)


def _check(pipeline: Pipeline, regulation: Regulation, held: Regulation | None) -> None:
    """Raise QuestionError for one that stands there already, is as before, or has no name: ids tell nobody anything."""
    if held is None and any(
        (each.id, each.entity) == (regulation.id, regulation.entity) for each in pipeline.regulations
    ):
        raise QuestionError(
            f"the regulation {regulation.id} stands in the file of {pipeline.pipeline} already",
            do="Look at the page again, then change it",
        )
    if regulation == held:
        raise QuestionError("nothing of the regulation is otherwise than before", do="Change something, or leave it")
    if regulation.id not in OWN_SPANS and not regulation.title:
        raise QuestionError("the regulation has no name", do="Say what it is called")


def _title(held: Regulation | None, wanted: Wanted) -> str | Mapping[str, str] | None:
    before = held.title if held else None
    if wanted.title is None:
        return before
    said = one_line(wanted.title)
    if isinstance(before, Mapping):
        kept = {language: each for language, each in before.items() if language != wanted.language}
        return {**before, wanted.language: said} if said else kept or None
    return said or None


def _version(held: Regulation | None, wanted: Wanted) -> str | None:
    if held is None:
        return "1"
    same = (held.start, held.stop, held.minutes, held.clock)
    if same == (wanted.start, wanted.stop, wanted.minutes, wanted.clock):
        return held.version
    if held.version is None:
        return "2"
    return str(int(held.version) + 1) if held.version.isdecimal() else held.version


def _new_id(pipeline: str, wanted: Wanted, known: set[str]) -> str:
    """Return an id that no regulation has: by the stages that it speaks of, with its pipeline where that is taken."""
    parts = [each.rpartition(":")[2] for each in (wanted.start, wanted.stop)]
    name = "_".join(dict.fromkeys(parts))
    tried = [name, f"{pipeline}_{name}"]
    return next((each for each in tried if each not in known), None) or next(
        each for each in (f"{pipeline}_{name}_{number}" for number in range(2, len(known) + 3)) if each not in known
    )


def _words(regulation: Regulation) -> dict[str, str]:
    """Return the keys of a regulation with their values as YAML words, those that say nothing left out."""
    told = {
        "id": scalar(regulation.id),
        "title": title_word(regulation.title) if regulation.title else None,
        "entity": regulation.entity,
        "start": scalar(regulation.start),
        "stop": scalar(regulation.stop),
        "minutes": minutes_word(regulation.minutes),
        "clock": regulation.clock,
        "owner": scalar(regulation.owner) if regulation.owner else None,
        "version": _version_word(regulation.version),
        "reviewed_on": regulation.reviewed_on.isoformat() if regulation.reviewed_on else None,
    }
    return {key: value for key in _ORDER for value in [told[key]] if value is not None}


def _version_word(version: str | None) -> str | None:
    return version if version is None or version.isdecimal() else scalar(version)


def _differences(before: Regulation, after: Regulation) -> dict[str, str | None]:
    words = _words(after)
    return {key: words.get(key) for key in _ORDER if getattr(before, key) != getattr(after, key)}


def _keep(
    file: PipelineFile, text: str | None, after: Sequence[Regulation], what: tuple[Action, Regulation], made: Made
) -> Change:
    """Write a file's new text where it tells exactly what was meant and is valid; nothing is written otherwise."""
    meant = file.pipeline.model_copy(update={"regulations": tuple(after)})
    if text is None or not tells(text, meant, file.where):
        raise QuestionError(
            f"the regulations are written in {file.where} so that they cannot be changed here",
            do="Change them in that file",
        )
    action, regulation = what
    change = Change(
        number=KEPT.next_number(file.folder),
        at=made.at,
        by=made.by,
        action=action,
        pipeline=meant.pipeline,
        file=file.where,
        before=file.raw,
        after=file.as_it_was(text),
        entity=regulation.entity,
        regulation=regulation.id,
        title=title_of(regulation, file.settings.language),
    )
    return put(KEPT, file.folder, file.settings, change)
