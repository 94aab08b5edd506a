from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import workplace
from voronka.domain.errors import RetryError
from voronka.lake.ledger import UNDONE
from voronka.pipeline.building import build_core, is_stale
from voronka.transform.runner import build_lock

DEALS: dict[str, Any] = {
    "into": "deals",
    "key": "no",
    "columns": {"deal_id": "no", "amount": "sum", "created_at": "made"},
}
FIRST = "no,sum,made\n1,100,2026-01-31\n2,250,2026-02-01\n"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "Компания «Ромашка»")
    company.stream("crm", "deals", FIRST, **DEALS)
    return company


def sums(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.table("fct_deals", "deal_id amount")


def stale(company: CompanyFolder) -> bool:
    with workplace(str(company.folder), lambda: company.now) as work:
        return is_stale(work, [])


def test_a_build_without_a_load_makes_empty_tables(company: CompanyFolder) -> None:
    company.build()
    assert sums(company) == []
    assert company.data_version() != ""


def test_only_active_loads_count_and_undo_and_redo_are_seen_by_the_next_build(company: CompanyFolder) -> None:
    (outcome,) = company.load()
    company.build()
    assert sums(company) == [("crm:1", 100), ("crm:2", 250)]
    company.set_state(outcome.load_id, UNDONE)
    assert sums(company) == [("crm:1", 100), ("crm:2", 250)]
    company.build()
    assert sums(company) == []
    company.set_state(outcome.load_id, "active")
    company.build()
    assert sums(company) == [("crm:1", 100), ("crm:2", 250)]


def test_a_repeated_build_rebuilds_nothing_and_keeps_the_data_version(company: CompanyFolder) -> None:
    company.load_and_build()
    before = company.data_version()
    assert company.rebuilt() == set()
    assert company.data_version() == before


def test_a_build_after_files_were_cleaned_away_rebuilds_nothing(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c", settings="[engine]\nkeep_hours = 0\n")
    company.stream("crm", "deals", FIRST, **DEALS)
    company.load_and_build()
    company.export("crm", "deals", "no,sum,made\n3,7,2026-02-02\n", suffix="-2")
    company.load()
    assert "fct_deals" in company.rebuilt()
    before = company.data_version()
    assert company.rebuilt() == set()
    assert company.data_version() == before
    assert len(sums(company)) == 3


def test_what_is_stale_is_told_without_building(company: CompanyFolder) -> None:
    assert stale(company)
    (outcome,) = company.load()
    company.build()
    assert not stale(company)
    company.set_state(outcome.load_id, UNDONE)
    assert stale(company)
    company.set_state(outcome.load_id, "active")
    assert not stale(company)
    company.stream("crm", "deals", **{**DEALS, "columns": {"deal_id": "no", "amount": "sum"}})
    assert stale(company)


def test_the_progress_names_every_table_once_in_order(company: CompanyFolder) -> None:
    said: list[tuple[int, int]] = []
    built = company.build(lambda _name, done, total: said.append((done, total)))
    assert said == [(number, len(built)) for number in range(len(built))]


def test_two_builds_at_once_are_refused_and_the_lock_is_given_back(company: CompanyFolder) -> None:
    with workplace(str(company.folder)) as work:
        with build_lock(work.store), pytest.raises(RetryError, match="another build is running"):
            build_core(work, [])
        assert build_core(work, [])


def test_a_stream_that_is_no_longer_in_the_sources_no_longer_counts(company: CompanyFolder) -> None:
    company.load_and_build()
    (company.folder / "sources/crm.yml").unlink()
    company.build()
    assert sums(company) == []


def test_figures_do_not_depend_on_the_order_of_loads(tmp_path: Path) -> None:
    texts = {"-a": "no,sum,made\n1,100,2026-01-31\n", "-b": "no,sum,made\n2,250,2026-02-01\n"}
    found = []
    for name, order in (("one", ["-a", "-b"]), ("two", ["-b", "-a"])):
        company = CompanyFolder(tmp_path / name)
        company.stream("crm", "deals", None, **DEALS)
        for suffix in order:
            company.export("crm", "deals", texts[suffix], suffix=suffix)
            company.load()
        company.build()
        found.append(sums(company))
    assert found[0] == found[1] == [("crm:1", 100), ("crm:2", 250)]
