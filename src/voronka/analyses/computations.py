"""Which analysis answers which computed metrics."""

from collections.abc import Callable, Mapping
from datetime import datetime

from voronka.analyses.first_response import first_response
from voronka.analyses.forecast import forecast
from voronka.analyses.growth import growth
from voronka.analyses.portfolio import portfolio
from voronka.analyses.regulation_median import regulation_median
from voronka.analyses.retention import retention
from voronka.analyses.score import score
from voronka.metrics.query import FORECAST, Computation
from voronka.settings import Settings


def computations(settings: Settings, clock: Callable[[], datetime]) -> Mapping[str, Computation]:
    """Return the analyses by the name that definitions call them; `clock` is UTC without a zone."""
    return {
        "first_response": first_response(settings.zone(), clock),
        "growth": growth,
        "portfolio": portfolio,
        "regulation_median": regulation_median(settings.zone(), clock),
        "retention": retention,
        "score": score(settings.score),
        FORECAST: forecast(settings.zone(), clock),
    }
