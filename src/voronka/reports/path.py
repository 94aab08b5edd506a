"""The path that cases really go, put together for whoever looks: map, variants, and deviations from the stages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voronka.analyses.alignment import Model
from voronka.analyses.conformance import Conformance, Deviation, Truths, conformance
from voronka.analyses.difference import Difference
from voronka.analyses.event_log import EventLog
from voronka.analyses.path_map import Edge, PathMap, at_detail, path_map
from voronka.analyses.spread import MICROSECONDS, Took
from voronka.analyses.variants import Outcomes, Variant, Variants, variants

Row = dict[str, Any]
DAY_SECONDS = 86_400
DAYS_DIGITS = 3
"""Digits behind the point of days: a thousandth is a minute and a half."""


@dataclass(frozen=True, eq=False)
class Path:
    """A log looked at: its map at the level of detail asked for, its variants, and how far it goes by the stages."""

    log: EventLog
    map: PathMap
    variants: Variants
    conformance: Conformance | None = None


@dataclass(frozen=True, eq=False)
class Stages:
    """What a path is held against: a model, which cases may stop at any stage, and which steps the model speaks of.

    `may_stop` is beside the log's cases (None: none may), `spoken_of` beside its steps: the others are no deviations,
    however often they happen (None: it speaks of all). `told` says of which cases it is known how they went: the others
    are held against nothing (None: of all).
    """

    model: Model
    may_stop: Truths | None = None
    spoken_of: Truths | None = None
    told: Truths | None = None


def look_at(
    log: EventLog,
    stages: Stages | None = None,
    *,
    detail: float = 1.0,
    outcomes: Outcomes | None = None,
    most: int | None = None,
) -> Path:
    """Return what there is to see of a log.

    `detail` is the share (0-1) of what cases pass that the map holds, `most` how many variants are told (None: all).
    """
    whole = path_map(log)
    return Path(
        log,
        whole if detail >= 1 else at_detail(whole, detail),
        variants(log, outcomes, most),
        None if stages is None else _held_against(log, stages, outcomes),
    )


def _held_against(log: EventLog, stages: Stages, outcomes: Outcomes | None) -> Conformance:
    aligned = log if stages.spoken_of is None else log.only(stages.spoken_of)
    aligned = aligned if stages.told is None else aligned.among(stages.told)
    return conformance(aligned, stages.model, outcomes, stages.may_stop)


def named(path: Path, names: Mapping[str, str]) -> Path:
    """Return the path with its steps called by other names, those of `names` by their own."""
    found = path.conformance
    if found is not None:
        model = Model(*(tuple(names.get(step, step) for step in steps) for steps in vars(found.model).values()))
        called = tuple(replace(each, step=names.get(each.step, each.step)) for each in found.deviations)
        found = replace(found, model=model, deviations=called)
    steps = tuple(names.get(step, step) for step in path.log.steps)
    log, shown = replace(path.log, steps=steps), replace(path.map, steps=steps)
    return Path(log, shown, path.variants, found)


def plain_path(path: Path) -> Row:
    """Return the path for JSON: shares in percent, seconds not rounded, days to the thousandth."""
    found, took = path.map, path.variants.took
    told: Row = {
        "cases": found.cases,
        "events": found.events,
        "repeated_events": path.log.repeated,
        "activities": len(found.nodes),
        "variant_count": path.variants.count,
        "median_days": _days(took.median) if took else None,
        "mean_days": _days(took.mean) if took else None,
        "steps": step_rows(path),
        "variants": variant_rows(path),
        "edges": edge_rows(path),
        "starts": [found.steps[step] for step in found.starts],
        "ends": [found.steps[step] for step in found.ends],
        "edges_left_out": found.left_out,
    }
    if path.conformance is not None:
        told |= _plain_conformance(path.conformance)
    return told


def step_rows(path: Path) -> list[Row]:
    """Return the steps that happened, the most frequent first; `starts` and `ends` are cases."""
    return [
        {
            "step": path.map.steps[node.step],
            "count": node.count,
            "cases": node.cases,
            "starts": node.starts,
            "ends": node.ends,
        }
        for node in path.map.nodes
    ]


def edge_rows(path: Path) -> list[Row]:
    """Return the edges that are shown, the most frequent first."""
    return [_edge(path.map.steps, edge) for edge in path.map.edges]


def variant_rows(path: Path) -> list[Row]:
    """Return the variants, the most frequent first."""
    return [_variant(path.log.steps, variant) for variant in path.variants.variants]


def deviation_rows(found: Conformance) -> list[Row]:
    """Return the deviations, those of most cases first; effects are cases with it against cases without it."""
    return [_deviation(deviation) for deviation in found.deviations]


def _plain_conformance(found: Conformance) -> Row:
    return {
        "model": list(found.model.stages),
        "exits": list(found.model.exits),
        "fitness": found.mean_fitness,
        "log_fitness": found.log_fitness,
        "conforming": found.conforming,
        "deviations": deviation_rows(found),
    }


def _edge(steps: Sequence[str], edge: Edge) -> Row:
    return {
        "from": steps[edge.source],
        "to": steps[edge.target],
        "count": edge.count,
        "cases": edge.cases,
        **dict(_seconds("", edge.calendar)),
        **dict(_seconds("working_", edge.working)),
    }


def _seconds(clock: str, took: Took | None) -> Iterator[tuple[str, float]]:
    if took is not None:
        for name, value in vars(took).items():
            yield f"{name}_{clock}seconds", value


def _variant(steps: Sequence[str], variant: Variant) -> Row:
    told: Row = {
        "cases": variant.cases,
        "share": variant.share,
        "steps": [steps[step] for step in variant.steps],
        "median_days": _days(variant.took.median),
        "mean_days": _days(variant.took.mean),
    }
    if variant.won is None:
        return told
    return told | {
        "won": variant.won,
        "lost": variant.lost,
        "win_rate": variant.win_rate,
        "amount": variant.amount,
    }


def _deviation(deviation: Deviation) -> Row:
    return {
        "kind": deviation.kind,
        "step": deviation.step,
        "count": deviation.count,
        "cases": deviation.cases,
        "share": deviation.share,
        **_effect("days_effect", deviation.time, MICROSECONDS * DAY_SECONDS),
        **_effect("win_rate_effect", deviation.win_rate, 1),
    }


def _effect(name: str, found: Difference | None, unit: int) -> Row:
    values = (None, None, None) if found is None else (found.value, found.low, found.high)
    ends = zip(("", "_low", "_high"), values, strict=True)
    return {f"{name}{end}": None if value is None else value / unit for end, value in ends}


def _days(seconds: float) -> float:
    return round(seconds / DAY_SECONDS, DAYS_DIGITS)
