"""What two places say of the same, on the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

DEALS = "no,name,state,sum\n1,Sawmill,won,100\n2,Bakery,won,50\n3,Dairy,won,70\n"
PAID = "id,deal,sum,at\n1,1,100,2026-01-06\n2,2,20,2026-01-06\n"


@pytest.fixture
def paid(tmp_path: Path) -> CompanyFolder:
    """Return a built company: one deal paid, one paid in part, one not."""
    company = CompanyFolder(tmp_path / "Paid")
    columns = {"deal_id": "no", "title": "name", "outcome": "state", "amount": "sum"}
    company.stream("crm", "deals", DEALS, into="deals", columns=columns)
    columns = {"payment_id": "id", "deal_id": "deal", "amount": "sum", "paid_at": "at"}
    company.stream("crm", "payments", PAID, into="payments", columns=columns)
    company.load_and_build()
    return company


def test_the_differences_and_their_sums_are_told(voronka: Voronka, paid: CompanyFolder) -> None:
    told = json.loads(voronka("reconcile", "payments", "--format", "json", company=paid).stdout)
    assert (told["here"], told["there"]) == ("deals", "payments")
    assert {(row["here_id"], row["difference"], row["detail"]) for row in told["records"]} == {
        ("crm:2", 30, "amount"),
        ("crm:3", 70, "not_paid"),
    }
    assert [(row["state"], row["records"], row["difference"]) for row in told["summary"]] == [
        ("both", 1, 0),
        ("differs", 1, 30),
        ("here", 1, 70),
        ("all", 3, 100),
    ]
    rows = list(
        csv.DictReader(io.StringIO(voronka("reconcile", "payments", "--all", "--format", "csv", company=paid).stdout))
    )
    assert len(rows) == 3


def test_the_table_is_in_the_companys_language_and_says_how_many_are_left(
    voronka: Voronka, paid: CompanyFolder
) -> None:
    shown = voronka("reconcile", "payments", "--limit", "1", company=paid)
    assert "только сделки" in shown.stdout
    assert "Показано 1 из 2" in shown.stderr


def test_where_nothing_can_be_compared_it_is_said(voronka: Voronka, paid: CompanyFolder) -> None:
    refused = voronka("reconcile", "calls", company=paid)
    assert refused.exit_code == 2
    assert "no source has calls" in refused.stderr
    assert voronka("reconcile", "totals", company=paid).stdout.endswith("Расхождений нет.\n")
