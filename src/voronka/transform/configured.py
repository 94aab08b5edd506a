"""Tables of the core's build that come from the company's own files: calendar, ramp, roles, pipelines, regulations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import arro3.core as arrow

from voronka.settings import Settings
from voronka.transform.calendar import calendar_table
from voronka.transform.lead_settings import role_people
from voronka.transform.pipelines import Pipeline
from voronka.transform.quality_checks import check_rows
from voronka.transform.regulations import regulation_rows
from voronka.transform.staging import StreamLoads

CALENDAR = "cfg_calendar"
_version = cache(version)  # a file is read for it


@dataclass(frozen=True)
class BuildInputs:
    """All that a build depends on, beside the store."""

    settings: Settings
    streams: Sequence[StreamLoads]
    pipelines: Sequence[Pipeline]
    additive_metrics: Sequence[str]
    last_year: int


CONFIGURED: Mapping[str, Mapping[str, str]] = {
    CALENDAR: {
        "day": "DATE",
        "is_working": "BOOLEAN",
        "working_seconds": "BIGINT",
        "holiday": "VARCHAR",
        "opens_at": "TIMESTAMP",
        "closes_at": "TIMESTAMP",
        "worked_before_seconds": "BIGINT",
    },
    "cfg_additive_metrics": {"metric": "VARCHAR"},
    "cfg_ramp": {"months_worked": "INTEGER", "share": "DOUBLE"},
    "cfg_checks": {
        "check_name": "VARCHAR",
        "class": "VARCHAR",
        "entity": "VARCHAR",
        "severity": "VARCHAR",
        "title": "VARCHAR",
        "meaning": "VARCHAR",
        "action": "VARCHAR",
        "position": "INTEGER",
        "need": "VARCHAR",
    },
    "cfg_role_people": {"role": "VARCHAR", "employee": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE"},
    "cfg_pipelines": {
        "pipeline_id": "VARCHAR",
        "entity": "VARCHAR",
        "source": "VARCHAR",
        "source_pipeline": "VARCHAR",
        "rank": "INTEGER",
    },
    "cfg_stages": {
        "pipeline_id": "VARCHAR",
        "stage_id": "VARCHAR",
        "title": "VARCHAR",
        "position": "INTEGER",
        "outcome": "VARCHAR",
        "milestone": "VARCHAR",
        "probability": "DOUBLE",
        "forecast_category": "VARCHAR",
    },
    "cfg_regulations": {
        "regulation_id": "VARCHAR",
        "title": "VARCHAR",
        "entity": "VARCHAR",
        "pipeline_id": "VARCHAR",
        "start": "VARCHAR",
        "stop": "VARCHAR",
        "minutes": "DOUBLE",
        "clock": "VARCHAR",
        "owner": "VARCHAR",
        "version": "VARCHAR",
        "reviewed_on": "DATE",
        "position": "INTEGER",
    },
    "cfg_stage_names": {"pipeline_id": "VARCHAR", "stage_id": "VARCHAR", "name_key": "VARCHAR"},
}
"""Tables that come from the company's files, with their columns."""


def configured(name: str, inputs: BuildInputs) -> list[dict[str, Any]]:
    """Return the rows of a configured table; the calendar is told by what it is made of."""
    if name == CALENDAR:
        return _calendar_made(inputs)
    if name == "cfg_additive_metrics":
        return [{"metric": metric} for metric in sorted(inputs.additive_metrics)]
    if name == "cfg_ramp":
        months = enumerate(inputs.settings.ramp.months)
        return [{"months_worked": month, "share": percent / 100} for month, percent in months]
    if name == "cfg_checks":
        return check_rows(inputs.settings.quality, inputs.settings.language)
    if name == "cfg_role_people":
        return role_people(inputs.settings)
    return _pipeline_rows(inputs)[name]


def _pipeline_rows(inputs: BuildInputs) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {"cfg_pipelines": [], "cfg_stages": [], "cfg_stage_names": []}
    for rank, pipeline in enumerate(inputs.pipelines):
        _add_pipeline(rows, pipeline, rank, inputs.settings.language)
    return {**rows, "cfg_regulations": regulation_rows(inputs.settings, inputs.pipelines)}


def _calendar_made(inputs: BuildInputs) -> list[dict[str, Any]]:
    settings = inputs.settings
    made = {"made": settings.calendar.model_dump_json(), "to": inputs.last_year, "library": _version("holidays")}
    return [{**made, "language": settings.language, "zone": settings.time_zone}]


def calendar(inputs: BuildInputs) -> arrow.Table:
    """Return the days of the working calendar."""
    settings = inputs.settings
    return calendar_table(settings.calendar, inputs.last_year, settings.language, settings.zone())


def _add_pipeline(rows: dict[str, list[dict[str, Any]]], pipeline: Pipeline, rank: int, language: str) -> None:
    pipeline_id = pipeline.pipeline
    rows["cfg_pipelines"].append(
        {
            "pipeline_id": pipeline_id,
            "entity": pipeline.entity.removesuffix("s"),
            "source": pipeline.match.source,
            "source_pipeline": pipeline.match.pipeline,
            "rank": rank,
        },
    )
    for position, stage in enumerate(pipeline.stages, start=1):
        title = stage.title if isinstance(stage.title, str) or stage.title is None else stage.title.get(language)
        rows["cfg_stages"].append(
            {
                "pipeline_id": pipeline_id,
                "stage_id": stage.id,
                "title": title or stage.id,
                "position": position,
                "outcome": stage.outcome,
                "milestone": stage.milestone,
                "probability": stage.probability,
                "forecast_category": stage.forecast_category,
            },
        )
        rows["cfg_stage_names"] += [
            {"pipeline_id": pipeline_id, "stage_id": stage.id, "name_key": key} for key in sorted(stage.keys)
        ]
