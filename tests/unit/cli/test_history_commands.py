"""Where the history of stages is known, on the command line."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka


@pytest.fixture
def copied(tmp_path: Path) -> CompanyFolder:
    """Return a built company that gave two copies of its deals, a day apart: one deal moved, one stood."""
    company = CompanyFolder(tmp_path / "Copied")
    columns = {"deal_id": "id", "stage": "stage"}
    company.stream("crm", "deals", "id,stage\n1,New\n2,New\n", into="deals", columns=columns)
    company.load()
    company.now += timedelta(hours=23)
    company.export("crm", "deals", "id,stage\n1,Won\n2,New\n", "_2")
    company.load_and_build()
    return company


def test_a_table_is_in_words_and_says_what_would_give_a_history(voronka: Voronka, copied: CompanyFolder) -> None:
    told = voronka("history", company=copied)
    head, _, row = told.stdout.splitlines()[:3]
    assert "по выгрузкам" in head
    assert row.split()[:3] == ["сделка", "crm", "crm"]
    assert "50" in row
    assert "1 д" in row
    assert "stage_dates" in told.stderr


def test_json_has_plain_numbers(voronka: Voronka, copied: CompanyFolder) -> None:
    (row,) = json.loads(voronka("history", "--format", "json", company=copied).stdout)
    assert row == {
        "entity": "deal", "pipeline": "crm", "source": "crm", "records": 2, "native": 0, "property": 0, "snapshot": 1,
        "without": 1, "entries": 1, "known": 50.0, "median_precision_seconds": 86400.0,
    }  # fmt: skip


def test_a_company_without_stages_has_none(voronka: Voronka, tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "Plain")
    company.stream("crm", "deals", "id\n1\n", into="deals", columns={"deal_id": "id"})
    company.load_and_build()
    assert voronka("history", company=company).stdout.strip() == "Записей с этапами нет."
