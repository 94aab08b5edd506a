"""Next to nothing is found where nothing is planted."""

from pathlib import Path

import pytest

from tests.demo.making import EVERYTHING, SEEDS, made


@pytest.mark.slow
def test_a_company_without_stories_has_next_to_none_found(tmp_path: Path) -> None:
    looked, false = 0, []
    for seed in SEEDS:
        with made(tmp_path / str(seed), seed, stories=False) as (company, truth):
            assert truth.stories == ()
            called = {kind: find(company) for kind, find in EVERYTHING.items()}
        looked += len(called)
        false += [(seed, kind, found) for kind, found in called.items() if found]
    assert len(false) <= 0.05 * looked, false
