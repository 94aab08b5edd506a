"""Hypotheses that people enter."""

from datetime import date

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.domain.hypotheses import Chosen, Claim, Found
from voronka.operations.hypotheses import Hypotheses

CLAIM = Claim(
    kind="time",
    step="call_out",
    to="meeting",
    bound="most",
    value=2 * 86_400,
    clock="working",
    chosen=Chosen(pipeline="sales", first=date(2026, 1, 1), team="crm:1", where=(("channel", ("crm:web", None)),)),
)
THEN = Found("not_established", "chance", 90_000.0, 80_000.0, None, 12, 3, "v1")
NOW = Found("fails", "", 290_000.0, 180_000.0, 300_000.0, 40, 1, "v2")


@pytest.fixture
def hypotheses(operations: Operations) -> Hypotheses:
    """Return the hypotheses of a company where nobody has entered one."""
    return Hypotheses(operations.database, operations.clock)


def test_a_hypothesis_is_kept_as_entered_with_what_the_data_said(hypotheses: Hypotheses) -> None:
    made = hypotheses.enter(CLAIM, " calls are late ", THEN, "anna")
    assert hypotheses.entered() == [made]
    assert (made.claim, made.found, made.why, made.entered_by, made.ended) == (
        CLAIM,
        THEN,
        "calls are late",
        "anna",
        None,
    )


def test_it_is_closed_once_and_stays_with_both_verdicts(hypotheses: Hypotheses) -> None:
    made = hypotheses.enter(CLAIM, "why", THEN, "anna")
    newer = hypotheses.enter(CLAIM, "again", THEN, "boris")
    ended = hypotheses.end(made.hypothesis_id, "closed", "they are", NOW, "boris")
    assert (ended.ending, ended.words, ended.by, ended.found) == ("closed", "they are", "boris", NOW)
    assert [(each.hypothesis_id, each.ended) for each in hypotheses.entered()] == [
        (newer.hypothesis_id, None),
        (made.hypothesis_id, ended),
    ]
    assert hypotheses.of_id(made.hypothesis_id).found == THEN
    with pytest.raises(QuestionError, match="has ended already"):
        hypotheses.end(made.hypothesis_id, "withdrawn", "", NOW, "anna")
    assert hypotheses.of_id(made.hypothesis_id).ended == ended


def test_what_nobody_entered_has_no_end_and_none_is_without_a_reason(hypotheses: Hypotheses) -> None:
    with pytest.raises(QuestionError, match="no hypothesis has the number 7"):
        hypotheses.end(7, "closed", "", NOW, "anna")
    with pytest.raises(QuestionError, match="words of why"):
        hypotheses.enter(CLAIM, "  ", THEN, "anna")
