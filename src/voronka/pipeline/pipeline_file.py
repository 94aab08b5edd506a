"""A file of pipelines/ as pages change it: what it says, what it tells, and whether a new text tells what is meant."""

from dataclasses import dataclass
from pathlib import Path

from voronka.domain.documents import parse_yaml
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.pipeline.replacing import as_it_was, plain_text, raw_text
from voronka.settings import Settings, text_of
from voronka.transform.pipelines import Pipeline, Stage, pipeline_of, read_pipelines

__all__ = ["Pipeline", "PipelineFile", "Stage", "one_line", "read_pipelines", "tells"]


@dataclass(frozen=True)
class PipelineFile:
    """A file of pipelines/: its bytes as text, and what they tell; ends of lines are those of Unix in `text`."""

    folder: Path
    settings: Settings
    path: Path
    where: str
    raw: str
    text: str
    pipeline: Pipeline

    @classmethod
    def of(cls, folder: Path, settings: Settings, name: str) -> "PipelineFile":
        """Read the file that tells of a pipeline; QuestionError where none does, SettingsError for a broken one."""
        known = []
        for path in sorted((folder / "pipelines").glob("*.y*ml")):
            where = path.relative_to(folder).as_posix()
            pipeline = pipeline_of(text_of(path, where), where)
            if pipeline.pipeline == name:
                raw = raw_text(path)
                return cls(folder, settings, path, where, raw, plain_text(raw), pipeline)
            known.append(pipeline.pipeline)
        raise QuestionError(f"no file tells of the pipeline {name}", do=did_you_mean(name, known))

    def as_it_was(self, text: str) -> str:
        """Return a text with the ends of lines and the mark that the file has."""
        return as_it_was(text, self.raw)


def tells(text: str, meant: Pipeline, where: str) -> bool:
    """Say whether a text tells what is meant and nothing else; a text of ours that is no YAML does not."""
    try:
        return parse_yaml(text, Pipeline, where, QuestionError) == meant
    except QuestionError:
        return False


def one_line(text: str) -> str:
    """Return what somebody typed as one line that can be shown."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
