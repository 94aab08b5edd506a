"""A folder opened to try files on."""

from pathlib import Path

from tests.company import NOW, CompanyFolder
from voronka.pipeline.trying import trial
from voronka.settings import load_settings


def test_a_folder_that_is_no_company_has_no_sources_and_nothing_is_written(tmp_path: Path) -> None:
    with trial(tmp_path, None, "lake", lambda: NOW) as work:
        assert (work.sources, work.pipelines, work.ledger.loads()) == ({}, [], [])
        assert work.session.value("SELECT 1") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_company_is_seen_as_it_is(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c", zone="Asia/Omsk")
    company.stream("crm", "deals", "no\n1\n", into="deals", columns={"deal_id": "no"})
    company.load()
    with trial(company.folder, load_settings(company.folder), "lake", lambda: NOW) as work:
        assert [*work.sources] == ["crm"]
        assert work.settings.time_zone == "Asia/Omsk"
        assert [load.rows_good for load in work.ledger.loads()] == [1]
