from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import workplace
from voronka.pipeline.proposing import propose_mapping

HEAD = "Deal ID;Deal Name;Stage;Amount\n"
OURS = HEAD + "".join(f"{n};Deal {n};Won;100\n" for n in range(1, 11))
COLUMNS = {"deal_id": "Deal ID", "title": "Deal Name", "stage": "Stage", "amount": "Amount"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company that reads the deals 1 to 10."""
    made = CompanyFolder(tmp_path / "company")
    made.write("a.csv", OURS)
    made.stream("crm", "deals", path="a.csv", into="deals", columns=COLUMNS)
    return made


def warnings(company: CompanyFolder, path: str, text: str) -> list[str]:
    """Return what is said of counting twice when a file is mapped."""
    company.write(path, text)
    with workplace(str(company.folder)) as work:
        return [said for said in propose_mapping(work, path).warnings if "twice" in said]


def test_the_same_deals_from_another_system_are_told(company: CompanyFolder) -> None:
    others = HEAD + "".join(f"x{n};deal {n} ;Won;100\n" for n in range(6, 14))
    (said,) = warnings(company, "b.csv", others)
    assert said.startswith("5 of 8 values of «Deal Name» are in the stream crm.deals too")


def test_other_deals_with_the_same_numbers_are_others(company: CompanyFolder) -> None:
    assert warnings(company, "b.csv", HEAD + "".join(f"{n};Sale {n};Won;100\n" for n in range(1, 11))) == []


def test_two_titles_in_common_are_chance(company: CompanyFolder) -> None:
    text = HEAD + "1;Deal 1;Won;5\n2;Deal 2;Won;5\n3;Sale 3;Won;5\n4;Sale 4;Won;5\n"
    assert warnings(company, "b.csv", text) == []


def test_a_file_that_a_stream_reads_already_is_told(company: CompanyFolder) -> None:
    assert warnings(company, "a.csv", OURS) == [
        "the stream crm.deals reads this file already: its deals would count twice"
    ]


def test_files_of_other_tables_are_not_compared(company: CompanyFolder) -> None:
    assert warnings(company, "products.csv", "Product;Price\nDeal 1;5\nDeal 2;6\nDeal 3;7\n") == []
