"""Which analysis answers which computed metrics."""

from collections.abc import Callable, Mapping
from datetime import datetime

from pydantic import ValidationError

from voronka.analyses.first_response import first_response
from voronka.analyses.forecast import forecast
from voronka.analyses.growth import growth
from voronka.analyses.portfolio import portfolio
from voronka.analyses.regulation_median import regulation_median
from voronka.analyses.retention import retention
from voronka.analyses.score import score
from voronka.domain.errors import SettingsError
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


def computations_of_example(
    settings: Settings, given: Mapping[str, object], moment: Callable[[], datetime]
) -> Mapping[str, Computation]:
    """Return the analyses of a worked example: under the company's settings, those that the example gives over these.

    Raises SettingsError where the example gives what cannot be.
    """
    try:
        said = Settings.model_validate({"time_zone": "UTC", **given})  # the rows' times are local ones
    except ValidationError as fault:
        wrong = fault.errors()[0]
        name = ".".join(str(part) for part in wrong["loc"])
        raise SettingsError(f"`settings.{name}`: {wrong['msg']}") from fault
    own = {name: getattr(said, name) for name in ("time_zone", *given)}
    return computations(settings.model_copy(update=own), moment)
