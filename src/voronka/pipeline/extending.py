"""Finds the stages of a file that no pipeline knows, and adds them to the one that is there: its lines stay."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from voronka.domain.documents import parse_yaml
from voronka.domain.flags import Flag
from voronka.pipeline.replacing import replace_text, turn_at_pipelines
from voronka.pipeline.taking import VALUES, Incoming
from voronka.pipeline.workplace import Workplace
from voronka.settings import text_of
from voronka.transform.pipelines import Pipeline
from voronka.transform.proposal_yaml import stage_lines
from voronka.transform.stage_words import StageGuess, guess_stages

NEW_STAGES = "stages_new"
_SHOWN = 5
"""New stages that a flag names."""


def new_stages(work: Workplace, incoming: Incoming) -> tuple[StageGuess, ...]:
    """Return the stages of the rows in the session that no pipeline knows, with what they seem to be.

    Nothing where the stream reads no stage, or the company has no pipeline that its records could be in.
    """
    mapping = incoming.mapping
    into, cell = mapping.stream.into, mapping.cells.get("stage")
    known = [p for p in work.pipelines if p.entity == into and p.match.source in {None, mapping.source.source}]
    if cell is None or not known or into not in {"deals", "leads"}:
        return ()
    closing = mapping.cells.get("closed_at", "NULL")
    rows = work.session.rows(
        f"SELECT mode(x) AS x, count(*) AS n, count(y) AS closed "
        f"FROM (SELECT trim({cell}) AS x, {closing} AS y FROM {VALUES} WHERE _malformed IS NULL) "
        "WHERE x <> '' GROUP BY lower(x)"
    )
    found = guess_stages({row["x"]: row["n"] for row in rows}, into, {row["x"]: row["closed"] for row in rows})
    return tuple(stage for stage in found if not any(each.knows(stage.text) for each in known))


def stages_flag(stages: Sequence[StageGuess]) -> tuple[Flag, ...]:
    """Return a flag that names the stages which no pipeline knows; nothing for none."""
    if not stages:
        return ()
    shown = ", ".join(f"`{stage.text}` ({stage.outcome})" for stage in stages[:_SHOWN])
    more = f" and {len(stages) - _SHOWN} more" if len(stages) > _SHOWN else ""
    said = f"no pipeline knows these stages, so that their records would be open and outside the funnel: {shown}{more}"
    return (Flag(NEW_STAGES, said, sum(stage.rows for stage in stages)),)


def extend_pipeline(folder: Path, entity: str, stages: Sequence[StageGuess], source: str) -> list[str]:
    """Put the stages of leads or deals that no pipeline of a source knows into the one that fits; return their names.

    Open ones stand before the won and lost ones that end it: what is behind these comes after the sale.
    Nothing is added where the source has no pipeline for the table, where each is for one of its own pipelines only, or
    where the stages stand on one line. Raises SettingsError where the file is broken.
    """
    with turn_at_pipelines(folder):
        return _extend(folder, entity, stages, source)


def _extend(folder: Path, entity: str, stages: Sequence[StageGuess], source: str) -> list[str]:
    for path in sorted((folder / "pipelines").glob("*.y*ml")):
        where = path.relative_to(folder).as_posix()
        text = text_of(path, where)
        known = parse_yaml(text, Pipeline, where)
        if known.entity == entity and known.match.source in {None, source} and known.match.pipeline is None:
            missing = [stage for stage in stages if not known.knows(stage.text)]
            extended = _extended(text, missing) if missing else None
            if extended is None:
                return []
            parse_yaml(extended, Pipeline, where)
            replace_text(path, extended)
            return [stage.text for stage in missing]
    return []


def _extended(text: str, stages: Sequence[StageGuess]) -> str | None:
    """Return the file with more lines of stages, None where these are no lines of their own."""
    mapping = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)  # noqa: S101 - it was parsed as a mapping just now
    node = next(value for key, value in mapping.value if key.value == "stages")
    if node.flow_style or not node.value:
        return None
    lines = text.splitlines()
    end = node.value[-1].end_mark
    last = end.line + 1 if end.column else end.line  # the mark of a block stands at the start of the line behind it
    closing = _closing(node)
    middle = closing.start_mark.line if closing else last
    before, behind = (
        stage_lines([each for each in stages if (each.outcome == "open") is is_open], indent=node.start_mark.column)
        for is_open in (True, False)
    )
    return "\n".join([*lines[:middle], *before, *lines[middle:last], *behind, *lines[last:]]) + "\n"


def _closing(stages: yaml.Node) -> yaml.Node | None:
    """Return the first of the won and lost stages that a pipeline ends with, None where it ends with an open one."""
    first = None
    for stage in reversed(stages.value):
        told = {key.value: value.value for key, value in stage.value}
        if told.get("outcome", "open") == "open":
            break
        first = stage
    return first
