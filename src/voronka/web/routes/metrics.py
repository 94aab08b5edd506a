"""The metrics in force and what each means."""

from fastapi import APIRouter, Response

from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Metric
from voronka.reports.legend import meaning_of
from voronka.reports.plain import Plain, plain_words
from voronka.web.rendered import cached
from voronka.web.shapes import MetricShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["metrics"])


@router.get("/api/metrics", response_model=list[MetricShown])
def metrics(visitor: VisitorNow) -> Response:
    """Return every metric in force, with its meaning in the words of its file."""
    catalogue = visitor.company.metrics.catalogue
    return cached(visitor, lambda: [_shown(catalogue, metric) for metric in catalogue.listed()])


def _shown(catalogue: Catalogue, metric: Metric) -> Plain:
    target = metric.target
    return {
        "name": metric.name,
        "title": plain_words(metric.title),
        "question": plain_words(metric.question) if metric.question else None,
        "unit": metric.unit,
        "better": metric.better,
        "verb": metric.verb,
        "meaning": meaning_of(catalogue, metric.name),
        "fact": metric.subject.fact if metric.subject else None,
        "axis": metric.axis or None,
        "dimensions": list(catalogue.dimensions_of(metric.name)),
        "variant": metric.variant,
        "variants": list(metric.variants),
        "since": metric.since.isoformat() if metric.since else None,
        "target": {"per": target.per, "from": target.from_, "to": target.to} if target else None,
        "file": metric.path,
        "additive": catalogue.is_flow(metric.name),
    }
