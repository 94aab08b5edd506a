"""Ids of another source's records: told before and when a file is loaded, and the source that they are of proposed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import reread, workplace
from voronka.pipeline.foreign_ids import IDS_OF_ANOTHER
from voronka.pipeline.uploading import Wish, look_at
from voronka.pipeline.workplace import Workplace

DEAL = {"deal_id": "id", "title": "name"}
PAID = {"payment_id": "no", "deal_id": "deal", "amount": "sum"}
PAYMENTS = "№ платежа;Дата оплаты;ID сделки;Сумма\n1;01.09.2026;1001;100\n2;02.09.2026;1004;200\n3;;;5\n"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company with the deals 1001 to 1004 of its CRM."""
    made = CompanyFolder(tmp_path / "company")
    deals = "id,name\n1001,a\n1002,b\n1003,c\n1004,d\n"
    made.stream("crm", "deals", deals, into="deals", columns=DEAL)
    made.load()
    return made


@pytest.fixture
def work(company: CompanyFolder) -> Iterator[Workplace]:
    with workplace(str(company.folder), lambda: company.now) as opened:
        yield opened


def told(company: CompanyFolder, text: str) -> list[tuple[str, int, tuple[int, ...]]]:
    """Load payments of the accounts; return what is said of their ids."""
    company.stream("accounting", "payments", text, into="payments", columns=PAID)
    outcomes = [each for each in company.load() if each.stream == "accounting.payments"]
    flags = [flag for each in outcomes for flag in each.flags if flag.code == IDS_OF_ANOTHER]
    return [(flag.message, flag.rows, flag.first_rows) for flag in flags]


def test_ids_that_are_all_known_as_another_sources_are_told(company: CompanyFolder) -> None:
    ((message, rows, first),) = told(company, "no,deal,sum\n1,1001,10\n2,1004,20\n3,1004,30\n4,,5\n")
    assert (rows, first) == (3, (2, 3, 4))
    assert message == (
        "none of the 2 ids in `deal` is known in `accounting`, and 2 of them are deals of `crm`: these rows join "
        "nothing. If they are the same, load the file as a table of crm, or write `id_space: crm` into "
        "sources/accounting.yml"
    )


@pytest.mark.parametrize(
    "text",
    [
        "no,deal,sum\n1,1001,10\n",  # one alone may be so by chance
        "no,deal,sum\n1,1001,10\n2,1002,20\n3,7,1\n4,8,1\n",  # half of them
        "no,deal,sum\n1,7,10\n2,8,20\n",  # of nobody
    ],
)
def test_few_ids_that_meet_say_nothing(company: CompanyFolder, text: str) -> None:
    assert told(company, text) == []


def test_ids_that_their_own_space_knows_are_its_own(company: CompanyFolder) -> None:
    own = "id,name\n1001,x\n1004,y\n"
    company.stream("accounting", "deals", own, into="deals", columns=DEAL)
    company.load()
    assert told(company, "no,deal,sum\n1,1001,10\n2,1004,20\n") == []


def look(company: CompanyFolder, work: Workplace, text: str, wish: Wish | None = None) -> dict[str, Any]:
    file = company.write("uploads/new/payments.csv", text)
    return look_at(reread(work), file, "payments.csv", wish or Wish())


def test_a_new_table_is_proposed_to_the_source_whose_deals_it_names(company: CompanyFolder, work: Workplace) -> None:
    found = look(company, work, PAYMENTS)
    assert (found["into"], found["source"]) == ("payments", "crm")
    assert found["named"] == [{"column": "ID сделки", "into": "deals", "ids": 2, "known": 2, "sources": ["crm"]}]
    changed = look(company, work, PAYMENTS, Wish(columns=found["columns"], into="payments"))
    assert changed["source"] == "crm"
    strange = look(company, work, PAYMENTS.replace("1001", "7").replace("1004", "8"))
    assert (strange["source"], strange["named"]) == ("accounting", [])


def test_where_the_files_own_ids_are_taken_there_it_stays_beside(company: CompanyFolder, work: Workplace) -> None:
    paid = "no,deal,sum\n1,1002,10\n9,1003,20\n"
    company.stream("crm", "payments", paid, into="payments", columns=PAID)
    company.load()
    assert look(company, work, PAYMENTS, Wish(stream="-"))["source"] == "accounting"


def test_a_further_file_of_such_a_table_is_told_before_it_is_loaded(company: CompanyFolder, work: Workplace) -> None:
    columns = {"payment_id": "№ платежа", "paid_at": "Дата оплаты", "deal_id": "ID сделки", "amount": "Сумма"}
    company.write(
        "sources/accounting.yml",
        "source: accounting\nstreams:\n  payments:\n    path: uploads/accounting.payments/*\n    into: payments\n"
        f"    columns: {{ {', '.join(f'{ours}: {theirs}' for ours, theirs in columns.items())} }}\n",
    )
    found = look(company, work, PAYMENTS)
    assert found["stream"] == "accounting.payments"
    assert [flag["rows"] for flag in found["flags"] if flag["code"] == IDS_OF_ANOTHER] == [2]
