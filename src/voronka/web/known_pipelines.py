"""The pipelines that a page of a process may be asked for: those of the files, and those only met in data."""

from voronka.domain.errors import VoronkaError
from voronka.metrics.answer import records
from voronka.metrics.dimensions import Title
from voronka.reports.path_page import KnownPipeline
from voronka.transform.pipelines import Pipeline, read_pipelines
from voronka.web.visitor import Visitor


def pipelines_of(visitor: Visitor) -> list[KnownPipeline]:
    """Return the pipelines that may be chosen: those of the files by their titles, then those only met in data."""
    found = {each.pipeline: KnownPipeline(each.pipeline, _title(each), each.entity) for each in _configured(visitor)}
    met = records(visitor.company.metrics.rows("dim_stage", visitor.scope, columns=("pipeline_id",)))
    for name in sorted({str(row["pipeline_id"]) for row in met} - found.keys()):
        found[name] = KnownPipeline(name, Title(name, name))
    return list(found.values())


def _configured(visitor: Visitor) -> list[Pipeline]:
    try:
        return read_pipelines(visitor.company.folder)
    except VoronkaError:  # `voronka check` tells it; the page must not go out while a file is edited
        return []


def _title(pipeline: Pipeline) -> Title:
    given = pipeline.title or pipeline.pipeline
    if isinstance(given, str):
        return Title(given, given)
    return Title(given.get("ru") or pipeline.pipeline, given.get("en") or pipeline.pipeline)
