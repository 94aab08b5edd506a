"""The pipelines that a page of a process may be asked for: those of the files, and those only met in data."""

from voronka.metrics.answer import records
from voronka.metrics.dimensions import Title
from voronka.metrics.process_titles import Given, title_of
from voronka.reports.path_page import KnownPipeline
from voronka.web.visitor import Visitor


def pipelines_of(visitor: Visitor) -> list[KnownPipeline]:
    """Return the pipelines that may be chosen: those of the files by their titles, then those only met in data."""
    company = visitor.company
    told = ((each.pipeline, title_of(each.pipeline, each.title), each.entity) for each in company.pipelines())
    found = {name: KnownPipeline(name, title, entity) for name, title, entity in told}
    met = records(company.metrics.rows("dim_stage", visitor.scope, columns=("pipeline_id",)))
    for name in sorted({str(row["pipeline_id"]) for row in met} - found.keys()):
        found[name] = KnownPipeline(name, Title(name, name))
    return list(found.values())


def title_in(language: str, name: str, given: Given) -> str:
    """Return what a pipeline or a stage is called in a language, its name where nothing is said."""
    title = title_of(name, given)
    return title.ru if language == "ru" else title.en
