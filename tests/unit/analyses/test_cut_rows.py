"""The rows that an analysis looks at, and each one's place in the cuts."""

from datetime import date

import pytest

from tests.metrics.memory_engine import built_in, lake_of, query
from voronka.analyses.cut_rows import CutRows
from voronka.domain.errors import QuestionError
from voronka.metrics.query import Metrics, MetricsCompany

LEADS = CutRows("some_metric", "fct_leads", "created", {"deleted_at": [None]})
ROWS = """lead_id | employee | channel | is_target | created_at       | deleted_at
          1       | Anna     | Site    | true      | 2026-03-02 07:00 |
          2       | Boris    | Calls   | false     | 2026-03-03 08:00 |
          3       | Anna     |         |           | 2026-04-04 08:30 |
          4       | Anna     | Site    | true      | 2026-03-02 07:00 | 2026-03-03 07:00"""


def metrics() -> Metrics:
    return Metrics(lake_of(fct_leads=ROWS), built_in(), MetricsCompany("RUB", lambda: date(2026, 5, 1)))


def found(by: list[str], *where: str) -> dict[object, tuple[object, ...]]:
    asked = query("leads", by=by, where=list(where))
    rows = LEADS.rows(asked, metrics(), ("lead_id",))
    return dict(zip(rows["lead_id"], LEADS.keys(asked, rows), strict=True))


def test_a_row_stands_where_its_members_values_and_time_are() -> None:
    assert found(["employee", "month", "is_target", "hour", "weekday"]) == {
        "1": ("name:anna", "2026-03", True, 7, 1),
        "2": ("name:boris", "2026-03", False, 8, 2),
        "3": ("name:anna", "2026-04", None, 8, 6),
    }


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("employee=anna", {"1", "3"}),
        ("channel=Site,", {"1", "3"}),
        ("is_target=no", {"2"}),
        ("hour=8", {"2", "3"}),
        ("weekday=1,2", {"1", "2"}),
    ],
)
def test_filters_are_those_of_any_figure(where: str, kept: set[str]) -> None:
    assert set(found(["employee"], where)) == kept


def test_what_the_fact_does_not_know_is_no_cut() -> None:
    with pytest.raises(QuestionError, match="some_metric cannot be cut by loss_reason"):
        found(["loss_reason"])
    with pytest.raises(QuestionError, match=r"cannot be cut by emploee\. Did you mean employee\?"):
        found(["emploee"])
