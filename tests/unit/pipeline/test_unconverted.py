"""Money without an exchange rate."""

from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import trial_place
from voronka.domain.flags import Flag
from voronka.pipeline.previewing import Wish, preview

DEALS = "no,sum,cur,made\n1,5,USD,2026-01-31\n2,6,RUB,2026-02-01\n3,7,usd,2026-02-01\n"
COLUMNS = {"deal_id": "no", "amount": "sum", "currency": "cur", "created_at": "made"}
RATES = "day,cur,rate\n2026-01-01,USD,90\n"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    found = CompanyFolder(tmp_path / "company")
    found.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    return found


def told(flags: tuple[Flag, ...]) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(flag.message.partition(":")[0], flag.rows, flag.first_rows) for flag in flags if "rate" in flag.code]


def test_money_in_a_currency_without_a_rate_is_told_when_it_is_loaded(company: CompanyFolder) -> None:
    (outcome,) = company.load()
    assert told(outcome.flags) == [("no exchange rate is loaded for USD", 2, (2, 4))]


def test_money_with_a_rate_is_not(company: CompanyFolder) -> None:
    columns = {"day": "day", "currency": "cur", "rate": "rate"}
    company.stream("bank", "rates", RATES, into="rates", columns=columns)
    outcomes = company.load()
    assert [told(outcome.flags) for outcome in outcomes] == [[], []]


def test_a_first_file_is_tried_without_it(company: CompanyFolder) -> None:
    file = company.write("exports/other.csv", DEALS)
    wish = Wish(file, "deals", {"no": "deal_id", "sum": "amount", "cur": "currency"})
    with trial_place(str(company.folder)) as work:
        assert told(preview(work, wish).flags) == []
    company.load()
    with trial_place(str(company.folder)) as work:
        assert told(preview(work, wish).flags) == [("no exchange rate is loaded for USD", 2, (2, 4))]
