"""Records that may be one and the same, and which kind of record ids mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import built_metrics
from voronka.domain.errors import QuestionError
from voronka.metrics.query import Metrics
from voronka.pipeline.merging import Stated, candidates, kind_of

NOTHING = Stated(frozenset(), frozenset())


@pytest.fixture(scope="module")
def metrics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Metrics]:
    """Return the figures of a company with two contacts of one number, and a lead with the id of one of them."""
    folder: Path = tmp_path_factory.mktemp("merging") / "company"
    company = CompanyFolder(folder)
    text = "id,phone,at\n1,+79031234567,2026-01-05\n2,8 903 123-45-67,2026-01-06\n"
    columns = {"contact_id": "id", "phone": "phone", "created_at": "at"}
    company.stream("crm", "contacts", text, into="contacts", columns=columns)
    company.stream("crm", "leads", "id\n2\n3\n", into="leads", columns={"lead_id": "id"})
    company.load_and_build()
    with built_metrics(str(folder), lambda: company.now) as opened:
        yield opened


def test_what_was_merged_since_the_build_is_no_candidate_any_more(metrics: Metrics) -> None:
    (found,) = candidates(metrics, NOTHING)
    assert (found["entity"], found["entity_id"], found["into_id"], found["reasons"]) == (
        "contact",
        "crm:2",
        "crm:1",
        "phone",
    )
    assert candidates(metrics, _merged("lead", "crm:2"), "contact") == [found]
    assert candidates(metrics, _merged("contact", "crm:2")) == []
    assert candidates(metrics, NOTHING, "lead") == []


def test_a_pair_said_to_be_two_is_no_candidate_whichever_was_named_first(metrics: Metrics) -> None:
    apart = frozenset({("contact", frozenset(("crm:1", "crm:2")))})
    assert candidates(metrics, Stated(frozenset(), apart)) == []
    others = frozenset({("contact", frozenset(("crm:1", "crm:3"))), ("lead", frozenset(("crm:1", "crm:2")))})
    assert len(candidates(metrics, Stated(frozenset(), others))) == 1


def test_the_kind_of_two_records_is_told_by_their_ids(metrics: Metrics) -> None:
    assert kind_of(metrics, ("crm:2", "crm:1")) == "contact"
    assert kind_of(metrics, ("crm:2", "crm:3")) == "lead"
    with pytest.raises(QuestionError, match="several kinds"):
        kind_of(metrics, ("crm:2",))
    assert kind_of(metrics, ("crm:2",), "lead") == "lead"
    with pytest.raises(QuestionError, match="no two records"):
        kind_of(metrics, ("crm:1", "crm:3"))


def _merged(kind: str, record_id: str) -> Stated:
    return Stated(frozenset({(kind, record_id)}), frozenset())
