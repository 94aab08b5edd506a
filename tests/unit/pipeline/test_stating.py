"""What somebody at this machine states is kept under their name."""

from datetime import date
from decimal import Decimal
from getpass import getuser
from pathlib import Path

import pytest

from tests.unit.operations.conftest import Clock, Operations, opened
from tests.unit.operations.test_hypotheses import CLAIM, NOW, THEN
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.operations.distinctions import Distinctions
from voronka.operations.hypotheses import Hypotheses
from voronka.operations.merges import Merges
from voronka.pipeline.stating import end_hypothesis, state_distinction, state_hypothesis, state_merge, state_plan


@pytest.fixture
def place(tmp_path: Path) -> Operations:
    return opened(tmp_path / "app.db", Clock())


def test_all_that_is_stated_bears_the_name_of_who_did(place: Operations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "Vera")
    merges, hypotheses = Merges(place.database, place.clock), Hypotheses(place.database, place.clock)
    days = Period(date(2026, 1, 1), date(2026, 1, 31))
    state_plan(place.plans, "revenue", ("team", "crm:1"), days, Decimal(5))
    (plan,) = place.plans.in_force()
    assert (plan.planned.scope_id, plan.planned.value, plan.entered_by) == ("crm:1", Decimal(5), getuser())
    state_merge(merges, "lead", "crm:2", "crm:1")
    assert [(each.entity_id, each.into_id, each.entered_by) for each in merges.in_force()] == [
        ("crm:2", "crm:1", "Vera")
    ]
    state_merge(merges, "lead", "crm:2", None)
    assert merges.in_force() == []
    distinctions = Distinctions(place.database, place.clock)
    state_distinction(distinctions, "lead", ("crm:2", "crm:1"))
    assert [(each.entity_id, each.other_id, each.entered_by) for each in distinctions.in_force()] == [
        ("crm:2", "crm:1", "Vera")
    ]
    state_distinction(distinctions, "lead", ("crm:1", "crm:2"), holds=False)
    assert distinctions.in_force() == []
    made = state_hypothesis(hypotheses, CLAIM, "why", THEN)
    ended = end_hypothesis(hypotheses, made.hypothesis_id, "closed", "so", NOW)
    assert (made.entered_by, ended.by, hypotheses.entered()[0].ended) == ("Vera", "Vera", ended)
    place.database.close()


def test_what_cannot_be_stated_is_refused(place: Operations) -> None:
    days = Period(date(2026, 1, 1), date(2026, 1, 31))
    with pytest.raises(QuestionError, match="a plan is of"):
        state_plan(place.plans, "revenue", ("country", "ru"), days, Decimal(5))
    with pytest.raises(QuestionError, match="what can be merged"):
        state_merge(Merges(place.database, place.clock), "deal", "crm:2", "crm:1")
    place.database.close()
