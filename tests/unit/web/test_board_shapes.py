from datetime import date

import pytest

from voronka.domain.contests import Wished
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.web.board_shapes import ContestGiven

GIVEN = {"title": "Марафон", "metric": "calls", "from": "2026-03-02", "to": "2026-03-13"}


def test_a_contest_is_read_as_it_is_asked_for() -> None:
    period = Period(date(2026, 3, 2), date(2026, 3, 13))
    found = ContestGiven.model_validate(GIVEN | {"between": "team", "members": ["n", "s"]}).wished()
    assert found == Wished("Марафон", "", "calls", period, "team", ("n", "s"))


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(QuestionError, match="ends before it begins"):
        ContestGiven.model_validate(GIVEN | {"to": "2026-03-01"}).wished()
    with pytest.raises(QuestionError, match="a first and a last day"):
        ContestGiven.model_validate(GIVEN | {"from": None}).wished()
