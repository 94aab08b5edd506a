"""Every computed metric of the catalogue has the analysis that its definition names."""

from datetime import datetime

import pytest

from voronka.analyses.computations import computations, computations_of_example
from voronka.domain.errors import SettingsError
from voronka.metrics.catalogue import Catalogue
from voronka.settings import Settings


def test_every_computed_metric_is_answered() -> None:
    known = computations(Settings(), lambda: datetime.fromisoformat("2026-03-31 12:00"))
    wanted = {metric.analysis for metric in Catalogue.load().metrics.values() if metric.verb == "computed"}
    assert wanted <= set(known)
    assert {"growth", "portfolio", "retention", "score", "first_response"} <= wanted


def test_an_example_gives_settings_over_the_companys_and_is_told_what_cannot_be() -> None:
    known = computations_of_example(Settings(), {"score": {"cap": 110}}, lambda: datetime.fromisoformat("2026-03-31"))
    assert known.keys() == computations(Settings(), lambda: datetime.fromisoformat("2026-03-31")).keys()
    with pytest.raises(SettingsError, match=r"`settings\.score\.cap`"):
        computations_of_example(Settings(), {"score": {"cap": -1}}, lambda: datetime.fromisoformat("2026-03-31"))
