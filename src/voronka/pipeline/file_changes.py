"""Changes that pages make of the files of pipelines/: only what can be in force is written, and can be taken back."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from voronka.domain.errors import QuestionError
from voronka.pipeline.chronicle import Chronicle, Line, Made
from voronka.pipeline.replacing import plain_text, raw_text, replace_text, turn_at_pipelines
from voronka.settings import Settings
from voronka.transform.pipelines import pipeline_of, read_pipelines
from voronka.transform.regulations import regulations_in_force


@dataclass(frozen=True)
class FileChange(Line):
    """A change of the file of a pipeline: its texts before and after it, '' for no file."""

    action: str
    pipeline: str
    file: str
    before: str
    after: str


Kept = TypeVar("Kept", bound=FileChange)


def can_undo(folder: Path, change: FileChange) -> bool:
    """Say whether the file still says what a change made it say."""
    path = folder / change.file
    return (raw_text(path) if path.is_file() else "") == change.after


def undo_in(chronicle: Chronicle[Kept], folder: Path, settings: Settings, number: int, made: Made) -> Kept:
    """Bring back what a file said before a change; QuestionError where somebody has changed it since."""
    with turn_at_pipelines(folder):
        done = chronicle.numbered(folder, number)
        if not can_undo(folder, done):
            raise QuestionError(
                f"{done.file} was changed after this: what it said before cannot be brought back",
                do="Set it as it is to be",
            )
        back = replace(
            done,
            number=chronicle.next_number(folder),
            at=made.at,
            by=made.by,
            action="undo",
            before=done.after,
            after=done.before,
        )
        return put(chronicle, folder, settings, back)


def put(chronicle: Chronicle[Kept], folder: Path, settings: Settings, change: Kept) -> Kept:
    """Keep a change, then make its file say so; SettingsError where that cannot be in force: then nothing is done."""
    others = [each for each in read_pipelines(folder) if each.pipeline != change.pipeline]
    told = [pipeline_of(plain_text(change.after), change.file)] if change.after else []
    regulations_in_force(settings, [*others, *told])
    chronicle.keep(folder, change)
    path = folder / change.file
    if change.after:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, change.after)
    else:
        path.unlink()
    return change
