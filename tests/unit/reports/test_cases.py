"""Cases as records: what each is called, whose it is, what it is worth, how long it took; and a page in an order."""

from datetime import datetime

import numpy as np
import pytest

from tests.reports.paths import metrics_of_paths, path_of
from voronka.domain.errors import QuestionError
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records


def listed(*numbers: int, **asked: object) -> Records:
    page = path_of(events="all")
    chosen = np.array([int(case.partition(":")[2]) in numbers for case in page.found.path.log.cases])
    return case_records(metrics_of_paths(), page.query, page.found.journeys, chosen, CasesAsked(**asked))  # type: ignore[arg-type]


def test_a_case_is_its_deal_else_its_lead() -> None:
    rows = {row["id"]: row for row in listed(1, 2, 3).rows}
    assert {key: (row["entity"], row["title"], row["employee"], row["amount"]) for key, row in rows.items()} == {
        "d:1": ("deal", "First", "Анна", 100.5),
        "d:2": ("deal", "Second", "Анна", 40),
        "l:3": ("lead", "3", "Борис", 0),
    }
    assert rows["d:2"]["url"] == "https://crm.example/2"
    # from the first event to the last: two hours are 0.1 of a day
    assert rows["d:1"]["days"] == 0.1
    assert rows["d:1"]["closed_at"] == datetime.fromisoformat("2026-03-06 10:00")


def test_a_page_of_them_stands_in_the_order_asked() -> None:
    whole = listed(1, 2, 3, 4, sort="amount", order="asc")
    assert [row["id"] for row in whole.rows] == ["l:3", "d:4", "d:2", "d:1"]
    page = listed(1, 2, 3, 4, sort="amount", order="desc", limit=2, offset=1)
    assert [row["id"] for row in page.rows] == ["d:2", "d:4"]
    assert (page.total, page.limit, page.offset) == (4, 2, 1)
    assert [row["id"] for row in listed(1, 2, 4, sort="title", order="asc").rows] == ["d:1", "d:4", "d:2"]


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(QuestionError, match="no column: amoun"):
        listed(1, sort="amoun")
