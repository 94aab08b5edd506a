"""Adds the stages that a new export brings to the pipeline that is there; no line of its file is changed."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from voronka.domain.documents import parse_yaml
from voronka.settings import text_of
from voronka.transform.pipelines import Pipeline
from voronka.transform.proposal import Proposal
from voronka.transform.proposal_yaml import stage_lines
from voronka.transform.stage_words import StageGuess


def extend_pipeline(folder: Path, proposal: Proposal, source: str) -> list[str]:
    """Put the stages of a proposal that no pipeline of its source knows behind the others; return their names.

    Nothing is added where the source has no pipeline for the table, where each is for one of its own pipelines only, or
    where the stages stand on one line. Raises SettingsError where the file is broken.
    """
    for path in sorted((folder / "pipelines").glob("*.y*ml")):
        where = path.relative_to(folder).as_posix()
        text = text_of(path, where)
        known = parse_yaml(text, Pipeline, where)
        if known.entity == proposal.into and known.match.source in {None, source} and known.match.pipeline is None:
            missing = _missing(known, proposal.stages)
            extended = _extended(text, missing) if missing else None
            if extended is None:
                return []
            parse_yaml(extended, Pipeline, where)
            path.write_text(extended, encoding="utf-8")
            return [stage.text for stage in missing]
    return []


def _missing(known: Pipeline, stages: Sequence[StageGuess]) -> list[StageGuess]:
    names = {_folded(name) for stage in known.stages for name in (stage.id, *stage.match)}
    return [stage for stage in stages if _folded(stage.text) not in names]


def _folded(name: str) -> str:
    return name.strip().lower()


def _extended(text: str, stages: Sequence[StageGuess]) -> str | None:
    """Return the file with lines behind those of its stages, None where these are no lines of their own."""
    mapping = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)  # noqa: S101 - it was parsed as a mapping just now
    node = next(value for key, value in mapping.value if key.value == "stages")
    if node.flow_style or not node.value:
        return None
    lines = text.splitlines()
    end = node.value[-1].end_mark
    last = end.line + 1 if end.column else end.line  # the mark of a block stands at the start of the line behind it
    added = stage_lines(stages, indent=node.start_mark.column)
    return "\n".join([*lines[:last], *added, *lines[last:]]) + "\n"
