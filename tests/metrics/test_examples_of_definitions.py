"""Every worked example of the definition files comes out as a person worked it out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from tests.metrics.memory_engine import MemoryEngine
from voronka.analyses.computations import computations
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice, Example
from voronka.metrics.examples import check_example
from voronka.metrics.query import Computation
from voronka.settings import Settings


@pytest.mark.parametrize("example", Catalogue.load().examples, ids=lambda example: example.entry.name)
def test_the_answer_is_what_was_worked_out_by_hand(example: Example) -> None:
    assert check_example(example, _loaded, MemoryEngine, analyses) == []


OF_DAYS = [each for each in Catalogue.load().examples if each.entry.period]


@pytest.mark.parametrize("example", OF_DAYS, ids=lambda example: example.entry.name)
def test_it_is_the_same_of_sums_by_day(example: Example) -> None:
    assert check_example(example, _loaded, MemoryEngine, analyses, often=0) == []


def _loaded(variants: Mapping[str, Choice]) -> Catalogue:
    return Catalogue.load((), variants)


def analyses(settings: Mapping[str, Any], clock: Callable[[], datetime]) -> Mapping[str, Computation]:
    """Return the analyses of a company of these settings."""
    return computations(Settings.model_validate({"time_zone": "UTC", **settings}), clock)
