from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import workplace
from voronka.domain.errors import InputError, SettingsError
from voronka.pipeline.importing import import_source
from voronka.pipeline.proposing import describe, propose_mapping, write_proposal
from voronka.transform.proposal import Proposal

DEALS = """\
    Deal ID;Deal Stage;Amount;Product;Deal Owner
    1;Won;100;GTXPro;Ann Lee
    2;Lost;200;GTX Basic;Bob Ray
    """
PRODUCTS = """\
    Product;Price
    GTX Pro;100
    GTX Basic;50
    """
CALLS = """\
    Call Id;Direction;Talk Time;Call Date
    a1;Inbound;12;2025-03-01
    """


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "company")


def mapped(company: CompanyFolder, path: str, source: str | None = None) -> tuple[Proposal, list[str]]:
    with workplace(str(company.folder)) as work:
        proposal = propose_mapping(work, path)
        written = write_proposal(work, proposal, path, source)
    return proposal, [file.relative_to(company.folder).as_posix() for file in written]


def test_a_written_proposal_can_be_imported(company: CompanyFolder) -> None:
    path = company.write("exports/deals.csv", DEALS)
    _, written = mapped(company, str(path))
    assert written == ["sources/crm.yml", "pipelines/sales.yml"]
    with workplace(str(company.folder)) as work:
        assert work.sources["crm"].streams["deals"].path == "exports/deals.csv"
        assert [stage.id for stage in work.pipelines[0].stages] == ["Won", "Lost"]
        (outcome,) = import_source(work, work.sources["crm"])
    assert (outcome.rows_good, outcome.rows_quarantined) == (2, 0)


def test_a_stream_is_put_after_the_others_and_no_line_is_changed(company: CompanyFolder) -> None:
    company.write("exports/calls.csv", CALLS)
    before = (
        "# ours\nsource: crm\nstreams:\n    old:   # kept\n        path: a.csv\n        into: rates\n"
        "        columns: { day: d }\n\n# the end\nid_space: crm\n"
    )
    company.write("sources/mine.yml", before)
    _, written = mapped(company, "exports/calls.csv")
    after = (company.folder / "sources/mine.yml").read_text(encoding="utf-8")
    assert written == ["sources/mine.yml"]
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
    with workplace(str(company.folder)) as work:
        assert list(work.sources["crm"].streams) == ["old", "calls"]
        assert work.sources["crm"].id_space == "crm"


def test_a_taken_name_is_refused_with_what_to_do_and_nothing_is_written(company: CompanyFolder) -> None:
    company.write("exports/deals_01.csv", DEALS)
    mapped(company, "exports/deals_01.csv")
    before = (company.folder / "sources/crm.yml").read_text(encoding="utf-8")
    with pytest.raises(SettingsError, match=r"exports/deals\*\.csv.*remove it from sources/crm\.yml first.*--source"):
        mapped(company, "exports/deals_01.csv")
    assert (company.folder / "sources/crm.yml").read_text(encoding="utf-8") == before


def test_another_source_gets_its_own_file_and_pipeline(company: CompanyFolder) -> None:
    company.write("exports/deals.csv", DEALS)
    mapped(company, "exports/deals.csv")
    _, written = mapped(company, "exports/deals.csv", "second")
    assert written == ["sources/second.yml", "pipelines/sales_second.yml"]


def test_a_pipeline_that_is_there_is_left_alone(company: CompanyFolder) -> None:
    company.write("exports/deals.csv", DEALS)
    company.write("pipelines/own.yml", "pipeline: own\nstages:\n  - { id: Won, outcome: won }\n")
    assert mapped(company, "exports/deals.csv")[1] == ["sources/crm.yml"]


def test_a_file_outside_the_company_has_its_whole_path(company: CompanyFolder, tmp_path: Path) -> None:
    outside = tmp_path / "deals.csv"
    outside.write_text("Deal ID;Stage\n1;Won\n", encoding="utf-8")
    mapped(company, str(outside))
    with workplace(str(company.folder)) as work:
        assert work.sources["crm"].streams["deals"].path == outside.resolve().as_posix()


def test_another_spelling_of_a_product_that_is_mapped_becomes_a_value(company: CompanyFolder) -> None:
    company.write("exports/products.csv", PRODUCTS)
    company.write("exports/deals.csv", DEALS)
    mapped(company, "exports/products.csv")
    found, _ = mapped(company, "exports/deals.csv")
    assert [(value.ours, value.meanings) for value in found.values] == [("product", {"GTXPro": "GTX Pro"})]


def test_rows_that_would_be_put_aside_are_told(company: CompanyFolder) -> None:
    rows = "".join(f"{number};Won;{number}\n" for number in range(1, 20))
    company.write("exports/deals.csv", f"Deal ID;Stage;Amount\n{rows}20;Won;many\n")
    with workplace(str(company.folder)) as work:
        found = propose_mapping(work, "exports/deals.csv")
    assert "1 of 20 rows would be put aside: Amount: not an amount of money: many" in found.warnings


def test_a_description_names_each_column_with_its_reason(company: CompanyFolder) -> None:
    company.write("exports/calls.csv", CALLS)
    with workplace(str(company.folder)) as work:
        lines = describe(propose_mapping(work, "exports/calls.csv"))
    assert lines[0].startswith("into calls: «calls» in the file's name")
    assert any(line.split()[:3] == ["talk_seconds", "Talk", "Time"] for line in lines)


def test_a_file_without_rows_is_refused(company: CompanyFolder) -> None:
    company.write("exports/deals.csv", "Deal ID;Stage\n")
    with workplace(str(company.folder)) as work, pytest.raises(InputError, match="no rows"):
        propose_mapping(work, "exports/deals.csv")
