from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.bootstrap import workplace
from voronka.domain.errors import SettingsError
from voronka.lake.ledger import UNDONE
from voronka.pipeline.examining import Finding, check_roles, examine, installed
from voronka.settings import load_settings

DEALS: dict[str, Any] = {"into": "deals", "columns": {"deal_id": "no"}}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "c")


def found(company: CompanyFolder) -> dict[str, Finding]:
    with workplace(str(company.folder), lambda: company.now) as work:
        return {finding.what: finding for finding in examine(work, [])}


def test_a_new_company_is_noted_to_hold_nothing_yet(company: CompanyFolder) -> None:
    told = found(company)
    assert {what: finding.state for what, finding in told.items()} == {
        "company": "ok",
        "sources": "note",
        "pipelines": "note",
        "loads": "note",
        "core": "note",
    }
    assert told["core"].detail == "never built"


def test_a_company_that_is_loaded_and_built_is_well(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "no\n1\n", **DEALS)
    company.pipeline("pipeline: sales\nstages:\n  - { id: Won, outcome: won }\n")
    company.load_and_build()
    told = found(company)
    assert {finding.state for finding in told.values()} == {"ok"}
    assert told["sources"].detail == "1 source, 1 stream"
    assert told["loads"].detail == "1 active of 1"
    assert told["core"].detail.startswith("built 2026-03-02 ")


def test_a_core_that_a_build_would_change_is_noted(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "no\n1\n", **DEALS)
    company.load_and_build()
    company.set_state(company.loads()[0].load_id, UNDONE)
    assert "run voronka build" in found(company)["core"].detail
    company.set_state(company.loads()[0].load_id, "active")
    assert found(company)["core"].state == "ok"


def test_a_mapping_that_no_longer_fits_what_is_loaded_is_wrong_and_its_file_named(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "no\n1\n", **DEALS)
    company.load_and_build()
    company.stream("crm", "deals", into="deals", columns={"deal_id": "no", "kind": "sort"})
    finding = found(company)["crm.deals"]
    assert finding.state == "wrong"
    assert finding.detail.startswith("sources/crm.yml: ")
    assert "`sort`" in finding.detail


def test_a_path_that_matches_no_file_is_noted(company: CompanyFolder) -> None:
    company.stream("crm", "deals", None, **DEALS)
    assert found(company)["crm.deals"] == Finding(
        "crm.deals", "note", "no file matches the path exports/crm/deals*.csv"
    )


def test_times_are_the_companys(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "no\n1\n", **DEALS)
    company.load_and_build()
    assert found(company)["core"].detail.startswith("built 2026-03-02 13:00")


def test_the_roles_are_shown_metrics_that_there_are(company: CompanyFolder) -> None:
    check_roles(load_settings(company.folder), bootstrap.catalogue_of(None))
    company.write("voronka.toml", '[roles.sdr]\nmetrics = ["leeds"]\n')
    with pytest.raises(SettingsError, match=r"`roles.sdr.metrics`: no metric is named leeds. Did you mean leads"):
        check_roles(load_settings(company.folder), bootstrap.catalogue_of(None))


def test_packages_are_told_with_their_version_and_what_is_not_installed_as_a_note() -> None:
    there, nowhere = installed("duckdb", "no-such-package")
    assert (there.what, there.state, nowhere.state) == ("duckdb", "ok", "note")
