"""Every worked example of the definition files comes out as a person worked it out."""

import pytest

from tests.metrics.memory_engine import MemoryEngine
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Example
from voronka.metrics.examples import check_example


@pytest.mark.parametrize("example", Catalogue.load().examples, ids=lambda example: example.entry.name)
def test_the_answer_is_what_was_worked_out_by_hand(example: Example) -> None:
    assert check_example(example, lambda variants: Catalogue.load((), variants), MemoryEngine) == []
