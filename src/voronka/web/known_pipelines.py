"""The pipelines that a page of a process may be asked for: those of the files, and those only met in data."""

from collections.abc import Mapping

from voronka.metrics.answer import records
from voronka.metrics.dimensions import Title
from voronka.reports.path_page import KnownPipeline
from voronka.web.visitor import Visitor


def pipelines_of(visitor: Visitor) -> list[KnownPipeline]:
    """Return the pipelines that may be chosen: those of the files by their titles, then those only met in data."""
    company = visitor.company
    told = ((each.pipeline, _title(each.pipeline, each.title), each.entity) for each in company.pipelines())
    found = {name: KnownPipeline(name, title, entity) for name, title, entity in told}
    met = records(company.metrics.rows("dim_stage", visitor.scope, columns=("pipeline_id",)))
    for name in sorted({str(row["pipeline_id"]) for row in met} - found.keys()):
        found[name] = KnownPipeline(name, Title(name, name))
    return list(found.values())


def _title(name: str, given: str | Mapping[str, str] | None) -> Title:
    if given is None or isinstance(given, str):
        return Title(given or name, given or name)
    return Title(given.get("ru") or name, given.get("en") or name)


def title_in(language: str, name: str, given: str | Mapping[str, str] | None) -> str:
    """Return what a pipeline or a stage is called in a language, its name where nothing is said."""
    title = _title(name, given)
    return title.ru if language == "ru" else title.en
