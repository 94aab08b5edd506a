"""Records that may be one and the same, merged and taken apart on the command line."""

import json
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

CONTACTS = "id,name,phone,deal\n1,Ann,+79031234567,7\n2,Ann B.,8 903 123-45-67,8\n3,Bob,+79160000001,9\n"


@pytest.fixture
def doubled(tmp_path: Path) -> CompanyFolder:
    """Return a built company that knows one client twice."""
    company = CompanyFolder(tmp_path / "Doubled")
    columns = {"contact_id": "id", "name": "name", "phone": "phone"}
    company.stream("crm", "contacts", CONTACTS, into="contacts", columns=columns)
    deals = {"deal_id": "deal", "contact_id": "id"}
    company.stream("crm", "deals", CONTACTS, into="deals", key="deal", columns=deals)
    company.load_and_build()
    return company


def test_candidates_are_merged_built_and_taken_apart_again(voronka: Voronka, doubled: CompanyFolder) -> None:
    listed = json.loads(voronka("identity", "candidates", "--format", "json", company=doubled).stdout)
    assert [(row["entity_id"], row["into_id"], row["reasons"], row["detail"]) for row in listed] == [
        ("crm:2", "crm:1", "phone", "+79031234567")
    ]
    said = voronka("identity", "merge", "crm:2", "crm:1", company=doubled)
    assert (said.exit_code, said.stdout) == (0, "контакт crm:2 — это crm:1\n")
    assert json.loads(voronka("identity", "candidates", "--format", "json", company=doubled).stdout) == []
    assert voronka("build", company=doubled).exit_code == 0
    assert doubled.table("fct_deals", "deal_id contact_id") == [
        ("crm:7", "crm:1"),
        ("crm:8", "crm:1"),
        ("crm:9", "crm:3"),
    ]
    assert voronka("identity", "undo", "crm:2", company=doubled).stdout == "контакт crm:2 — снова отдельная запись\n"
    assert voronka("build", company=doubled).exit_code == 0
    assert ("crm:8", "crm:2") in doubled.table("fct_deals", "deal_id contact_id")
    told = json.loads(voronka("identity", "list", "--all", "--format", "json", company=doubled).stdout)
    assert [(row["entity"], row["entity_id"], row["into_id"]) for row in told] == [
        ("contact", "crm:2", "crm:1"),
        ("contact", "crm:2", None),
    ]
    assert json.loads(voronka("identity", "list", "--format", "json", company=doubled).stdout) == []


def test_a_pair_that_is_two_is_proposed_no_more_until_that_is_undone(voronka: Voronka, doubled: CompanyFolder) -> None:
    def proposed() -> int:
        return len(json.loads(voronka("identity", "candidates", "--format", "json", company=doubled).stdout))

    said = voronka("identity", "apart", "crm:1", "crm:2", company=doubled)
    assert said.stdout == "контакт crm:1 и crm:2 — не одно и то же, больше не предлагаются\n"
    assert proposed() == 0
    listed = json.loads(voronka("identity", "list", "--apart", "--format", "json", company=doubled).stdout)
    assert [(row["entity"], row["entity_id"], row["other_id"]) for row in listed] == [("contact", "crm:1", "crm:2")]
    said = voronka("identity", "apart", "crm:2", "crm:1", "--undo", company=doubled)
    assert said.stdout == "контакт crm:2 и crm:1 могут быть одним и тем же\n"
    assert proposed() == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("merge", "crm:2", "crm:99"), "there are no two records"),
        (("merge", "crm:2", "crm:2"), "crm:2 is crm:2 already"),
        (("merge", "crm:2", "crm:1", "--of", "lead"), "there are no two records (lead)"),
        (("undo", "crm:2"), "nobody has merged the record crm:2"),
    ],
)
def test_what_cannot_be_merged_is_refused(
    voronka: Voronka, doubled: CompanyFolder, arguments: tuple[str, ...], said: str
) -> None:
    refused = voronka("identity", *arguments, company=doubled)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_the_table_is_in_the_companys_language(voronka: Voronka, doubled: CompanyFolder) -> None:
    shown = voronka("identity", "candidates", company=doubled)
    assert "контакт" in shown.stdout
    assert "телефон" in shown.stdout
    assert "voronka identity merge" in shown.stderr
