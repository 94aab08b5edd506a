"""The metrics in force and what each means."""

from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.definition_words import formula_in_titles, source_in_words
from voronka.reports.legend import meaning_of
from voronka.reports.plain import Plain, plain_words
from voronka.web.asked import Compare, First, Last, Wheres, filters_of, period_of
from voronka.web.rendered import cached
from voronka.web.shapes import MetricShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["metrics"])
TEXT = "text/plain; charset=utf-8"


@router.get("/api/metrics", response_model=list[MetricShown])
def metrics(visitor: VisitorNow) -> Response:
    """Return every metric in force, in the variant that the data allow: in words, and as its file says it."""

    def made() -> list[Plain]:
        known = visitor.company.metrics
        catalogue = known.settled() if visitor.company.data_version() else known.catalogue
        return [_shown(catalogue, metric) for metric in catalogue.listed()]

    return cached(visitor, made)


@router.get("/api/metrics/{name}/sql", response_class=Response, responses={200: {"content": {TEXT: {}}}})
def sql(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    visitor: VisitorNow,
    name: str,
    by: Annotated[list[str], Parameter(default_factory=list, description="A cut; repeatable")],
    where: Wheres,
    first: First = None,
    last: Last = None,
    compare: Compare = None,
) -> Response:
    """Return the statement by which a figure of the visitor's rows is found; asked as `query` is."""
    known = visitor.company.metrics
    period = period_of(first, last, known.company.today())
    ask = Ask((name,), tuple(by), filters_of(where), period, compare)

    return cached(visitor, lambda: known.explain(ask.query(visitor.scope)).encode(), media_type=TEXT)


def _shown(catalogue: Catalogue, metric: Metric) -> Plain:
    target = metric.target
    return {
        "name": metric.name,
        "title": plain_words(metric.title),
        "question": plain_words(metric.question) if metric.question else None,
        "definition": plain_words(metric.definition) if metric.definition else None,
        "formula": _formula(catalogue, metric),
        "source": _source(metric),
        "unit": metric.unit,
        "better": metric.better,
        "verb": metric.verb,
        "meaning": meaning_of(catalogue, metric.name),
        "fact": metric.subject.fact if metric.subject else None,
        "axis": metric.axis or None,
        "dimensions": list(catalogue.dimensions_of(metric.name)),
        "variant": metric.variant,
        "variants": [
            {"name": v.name, "definition": plain_words(v.definition) if v.definition else None, "meaning": v.meaning}
            for v in metric.alternatives
        ],
        "since": metric.since.isoformat() if metric.since else None,
        "target": {"per": target.per, "from": target.from_, "to": target.to} if target else None,
        "file": metric.path,
        "additive": catalogue.is_flow(metric.name),
    }


def _formula(catalogue: Catalogue, metric: Metric) -> Plain | None:
    if metric.formula is None:
        return None
    ru, en = (formula_in_titles(catalogue, metric.name, language) for language in ("ru", "en"))
    return plain_words(Title(ru, en))


def _source(metric: Metric) -> Plain | None:
    if metric.source is None:
        return None
    return plain_words(Title(source_in_words(metric.source, "ru"), source_in_words(metric.source, "en")))
