"""A proposed mapping as a value."""

from voronka.transform.proposal import ColumnProposal, Proposal


def test_the_mapping_of_a_proposal_is_ours_to_theirs_in_the_order_proposed() -> None:
    columns = (ColumnProposal("deal_id", "Номер", "a known name"), ColumnProposal("amount", "Сумма", "a known name"))
    proposal = Proposal("deals", "deals", "its headers", "", 2, columns, (), ("Номер",), "unique")
    assert list(proposal.mapping.items()) == [("deal_id", "Номер"), ("amount", "Сумма")]
