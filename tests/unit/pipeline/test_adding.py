"""To which stream a further export belongs."""

from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.domain.errors import QuestionError
from voronka.pipeline.adding import added_to

COLUMNS = {"deal_id": "no", "amount": "sum"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    made = CompanyFolder(tmp_path / "company")
    made.stream("crm", "deals", "no,sum,note\n1,5,x\n", into="deals", columns=COLUMNS)
    made.load()
    return made


def added(company: CompanyFolder, text: str, into: str | None, *named: str) -> str | None:
    file = company.write("new.csv", text)
    with bootstrap.workplace(str(company.folder)) as work:
        found = added_to(work, file, into, named)
        return (
            found
            and f"{found[1].source}.{found[2]} {[*found[0].sources]} {found[1].streams[found[2]].path == str(file)}"
        )


def test_a_file_with_all_columns_that_a_stream_reads_is_its_own(company: CompanyFolder) -> None:
    assert added(company, "sum,no\n5,2\n", "deals") == "crm.deals ['crm'] True"
    assert added(company, "sum,id\n5,2\n", "deals") is None
    assert added(company, "sum,no\n5,2\n", "leads") is None


def test_with_no_table_asked_for_the_columns_are_those_of_the_last_load(company: CompanyFolder) -> None:
    assert added(company, "note,no,sum\ny,2,5\n", None) == "crm.deals ['crm'] True"
    assert added(company, "no,sum\n2,5\n", None) is None


def test_of_several_streams_one_is_to_be_named(company: CompanyFolder) -> None:
    company.stream("shop", "orders", "no,sum\n1,5\n", into="deals", columns=COLUMNS)
    with pytest.raises(QuestionError, match=r"fits several streams: crm\.deals, shop\.orders"):
        added(company, "no,sum\n2,5\n", "deals")
    assert added(company, "no,sum\n2,5\n", "deals", "orders") == "shop.orders ['shop'] True"
