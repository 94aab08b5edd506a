"""Every computed metric of the catalogue has the analysis that its definition names."""

from datetime import datetime

from voronka.analyses.computations import computations
from voronka.metrics.catalogue import Catalogue
from voronka.settings import Settings


def test_every_computed_metric_is_answered() -> None:
    known = computations(Settings(), lambda: datetime.fromisoformat("2026-03-31 12:00"))
    wanted = {metric.analysis for metric in Catalogue.load().metrics.values() if metric.verb == "computed"}
    assert wanted <= set(known)
    assert {"growth", "portfolio", "retention", "score", "first_response"} <= wanted
