"""Writes the stages of a pipeline into the text of its file as a person would: every other line stays as it is."""

from collections.abc import Mapping, Sequence

from voronka.transform.pipelines import Pipeline, Stage
from voronka.transform.proposal_yaml import scalar
from voronka.transform.regulation_yaml import title_word
from voronka.transform.yaml_items import with_item, with_items_arranged, with_value

KEY = "stages"
_ORDER = ("id", "title", "outcome", "milestone", "probability", "forecast_category", "match")
_FIRST = "pipeline"


def with_stages(text: str, before: Pipeline, after: Pipeline) -> str | None:
    """Return the text of a file that tells of `before` so that its title and stages are those of `after`.

    A stage is known by its id. None where the lines are such that this cannot be done.
    """
    known = {stage.id: number for number, stage in enumerate(before.stages)}
    found: str | None = text
    for stage in after.stages:
        if found is not None and stage.id in known:
            found = _with_stage(found, known[stage.id], before.stages[known[stage.id]], stage)
    if found is None:
        return None
    order = [known[stage.id] if stage.id in known else _words(stage) for stage in after.stages]
    arranged = with_items_arranged(found, KEY, order)
    if arranged is None or after.title == before.title:
        return arranged
    return with_value(arranged, "title", title_word(after.title) if after.title else "null", _FIRST)


def new_pipeline_text(pipeline: Pipeline) -> str:
    """Return the whole file of a pipeline that has none yet."""
    match = {"source": pipeline.match.source, "pipeline": pipeline.match.pipeline}
    told = ", ".join(f"{name}: {scalar(value)}" for name, value in match.items() if value is not None)
    head = [f"pipeline: {scalar(pipeline.pipeline)}"]
    head += [f"title: {title_word(pipeline.title)}"] if pipeline.title else []
    head += [f"entity: {pipeline.entity}", *([f"match: {{ {told} }}"] if told else []), f"{KEY}:"]
    stages = [
        "  - { " + ", ".join(f"{key}: {word}" for key, word in _words(each).items()) + " }" for each in pipeline.stages
    ]
    return "\n".join([*head, *stages]) + "\n"


def _with_stage(text: str, number: int, before: Stage, after: Stage) -> str | None:
    words = _words(after)
    changed = {key: words.get(key) for key in _ORDER if getattr(before, key) != getattr(after, key)}
    return with_item(text, (KEY, number), changed) if changed else text


def _words(stage: Stage) -> Mapping[str, str]:
    """Return the keys of a stage with their values as YAML words, those that say nothing left out."""
    told = {
        "id": scalar(stage.id),
        "title": title_word(stage.title) if stage.title else None,
        "outcome": None if stage.outcome == "open" else stage.outcome,
        "milestone": scalar(stage.milestone) if stage.milestone else None,
        "probability": None if stage.probability is None else f"{stage.probability:g}",
        "forecast_category": scalar(stage.forecast_category) if stage.forecast_category else None,
        "match": _listed(stage.match) if stage.match else None,
    }
    return {key: word for key in _ORDER for word in [told[key]] if word is not None}


def _listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(scalar(name) for name in names) + "]"
