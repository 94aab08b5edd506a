from dataclasses import replace

import pytest

from voronka.domain.errors import SettingsError
from voronka.pipeline.amending import CHOSEN, Amendments, amended
from voronka.transform.proposal import ColumnProposal, IgnoredHeader, Proposal, ValueProposal
from voronka.transform.stage_words import StageGuess

PROPOSAL = Proposal(
    stream="deals",
    into="deals",
    into_reason="",
    runner_up="",
    rows=2,
    columns=(
        ColumnProposal("deal_id", "No", "known"),
        ColumnProposal("stage", "Step", "known"),
        ColumnProposal("title", "= 'deal ' || No", "made"),
    ),
    ignored=(IgnoredHeader("Sum", ("1",), "would be amount"),),
    key=("No",),
    key_reason="unique",
    values=(ValueProposal("stage", {"x": "y"}, "known words"),),
    stages=(
        StageGuess("Talks", 1, "open", None, is_known=True),
        StageGuess("Done", 1, "open", None, is_known=False),
    ),
)


def columns(proposal: Proposal) -> dict[str, tuple[str, str]]:
    return {column.ours: (column.theirs, column.reason) for column in proposal.columns}


def test_without_a_choice_nothing_changes() -> None:
    assert amended(PROPOSAL, Amendments()) == PROPOSAL


def test_what_is_chosen_as_proposed_keeps_its_reason_and_its_values() -> None:
    same = {"No": "deal_id", "Step": "stage", "= 'deal ' || No": "title"}
    found = amended(PROPOSAL, Amendments(same))
    assert columns(found) == columns(PROPOSAL)
    assert found.values == PROPOSAL.values
    assert found.stages == PROPOSAL.stages


def test_a_column_chosen_anew_is_no_longer_left_out() -> None:
    found = amended(PROPOSAL, Amendments({"No": "deal_id", "Sum": "amount"}))
    assert columns(found) == {"deal_id": ("No", "known"), "amount": ("Sum", CHOSEN)}
    assert found.ignored == ()


def test_meanings_and_stages_of_a_column_go_with_it() -> None:
    found = amended(PROPOSAL, Amendments({"No": "deal_id", "Sum": "stage"}))
    assert (found.values, found.stages) == ((), ())


def test_rows_are_known_by_the_id_that_is_chosen() -> None:
    by_content = replace(PROPOSAL, key=())
    assert amended(by_content, Amendments({"No": "deal_id"})).key is None


def test_rows_without_a_chosen_id_are_known_by_their_content() -> None:
    by_id = replace(PROPOSAL, key=None)
    assert amended(by_id, Amendments({"Step": "stage"})).key == ()
    assert amended(PROPOSAL, Amendments({"Step": "stage"})).key == ("No",)


def test_what_a_stage_comes_to_is_what_a_person_says() -> None:
    found = amended(PROPOSAL, Amendments(outcomes={"Done": "won"}))
    assert [(stage.text, stage.outcome, stage.is_known) for stage in found.stages] == [
        ("Talks", "open", True),
        ("Done", "won", True),
    ]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Amendments({"No": "deal"}), "deals has no column deal"),
        (Amendments({"No": "title", "Sum": "title"}), "made of two columns"),
        (Amendments({"= read_text('x')": "title"}), "not an expression"),
        (Amendments({"= 'deal ' || No": "stage"}), "not an expression"),
        (Amendments({}), "no column is chosen"),
        (Amendments(outcomes={"Done": "finished"}), "open, won or lost"),
    ],
)
def test_a_choice_that_cannot_be_is_told(chosen: Amendments, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        amended(PROPOSAL, chosen)
