"""What a new hypothesis may say."""

import pytest
from pydantic import ValidationError

from voronka.web.workshop_shapes import EndGiven, HypothesisGiven

USUAL = {"kind": "reach", "step": "a", "to": "b", "value": 5, "why": "so"}


def test_what_is_not_said_is_of_the_company_and_of_all_time() -> None:
    given = HypothesisGiven.model_validate(USUAL)
    assert (given.bound, given.clock, given.entity, given.axis) == ("most", "calendar", "journey", "created")
    assert (given.first, given.last, given.team, given.channel, given.pipeline) == (None, None, None, [], "")


@pytest.mark.parametrize("more", [{"axis": "lost"}, {"value": "nan"}, {"step": "x" * 301}, {"by": "me"}])
def test_what_is_no_hypothesis_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        HypothesisGiven.model_validate(USUAL | more)


def test_an_end_is_one_of_two() -> None:
    assert EndGiven.model_validate({"ending": "withdrawn"}).words == ""
    with pytest.raises(ValidationError):
        EndGiven.model_validate({"ending": "lost"})
