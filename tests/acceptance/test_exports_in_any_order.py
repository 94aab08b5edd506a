"""Overlapping and repeated exports make the same tables in whatever order and however often they come."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.company import CompanyFolder

Version = tuple[int, int]
"""A deal's number and the day of March on which this version of it was made; the amount follows from both."""
DEALS: dict[str, Any] = {
    "into": "deals",
    "columns": {"deal_id": "no", "amount": "sum", "updated_at": "touched"},
}
VISITS: dict[str, Any] = {"into": "touches", "key": "auto", "columns": {"touched_at": "at", "visitor_id": "who"}}


def export(versions: Sequence[Version]) -> str:
    rows = "".join(f"{no},{100 * no + day},2026-03-{day:02}\n" for no, day in versions)
    return f"no,sum,touched\n{rows}"


@st.composite
def exports(draw: st.DrawFn) -> list[list[Version]]:
    """Return exports that overlap: each holds some versions of some deals, in any order, some of them twice."""
    version = st.tuples(st.integers(1, 4), st.integers(1, 9))
    return draw(st.lists(st.lists(version, min_size=1, max_size=5), min_size=1, max_size=4))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=exports(), order=st.randoms(use_true_random=False))
def test_the_newest_version_of_each_record_counts_whatever_the_order(
    files: list[list[Version]],
    order: Any,  # noqa: ANN401 - a random.Random
) -> None:
    newest: dict[int, int] = {}
    for no, day in (version for file in files for version in file):
        newest[no] = max(day, newest.get(no, 0))
    expected = [(f"crm:{no}", 100 * no + day) for no, day in sorted(newest.items())]
    coming = [*files, files[0]]
    order.shuffle(coming)
    with TemporaryDirectory() as folder:
        company = CompanyFolder(Path(folder))
        company.stream("crm", "deals", None, **DEALS)
        for number, file in enumerate(coming):
            company.export("crm", "deals", export(file), suffix=f"-{number}")
            if order.random() < 0.5 or number + 1 == len(coming):
                company.load()
        assert company.staged("stg_deals", "deal_id amount::INTEGER") == expected
        company.load()
        assert len(company.staged("stg_deals", "deal_id")) == len(expected)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    files=st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), min_size=1, max_size=3),
    order=st.randoms(use_true_random=False),
)
def test_rows_without_a_key_count_as_often_as_the_fullest_export_has_them(
    files: list[list[str]],
    order: Any,  # noqa: ANN401 - a random.Random
) -> None:
    expected = sorted(who for each in "abc" for who in [each] * max(file.count(each) for file in files))
    order.shuffle(files)
    with TemporaryDirectory() as folder:
        company = CompanyFolder(Path(folder))
        company.stream("web", "visits", None, **VISITS)
        for number, file in enumerate(files):
            company.export("web", "visits", "at,who\n" + "".join(f"2026-03-01,{who}\n" for who in file), f"-{number}")
            company.load()
        assert [row[0] for row in company.staged("stg_touches", "visitor_id")] == expected


def test_ad_spend_restated_for_past_days_replaces_those_days(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c")
    columns = {"day": "day", "campaign": "campaign", "cost": "cost"}
    company.stream("ads", "spend", None, into="ad_spend", columns=columns, key="auto")
    company.export("ads", "spend", "day,campaign,cost\n2026-03-01,A,100\n2026-03-02,A,50\n2026-03-02,B,7\n", "-1")
    company.load()
    company.export("ads", "spend", "day,campaign,cost\n2026-03-02,A,60\n2026-03-02,A,5\n2026-03-02,B,7\n", "-2")
    company.load_and_build()
    expected = [("2026-03-01", "A", 100), ("2026-03-02", "A", 65), ("2026-03-02", "B", 7)]
    found = company.ask(
        "SELECT CAST(day AS TEXT), c.name, CAST(sum(cost) AS INTEGER) FROM fct_ad_spend JOIN dim_campaign AS c "
        "USING (campaign_id) GROUP BY ALL ORDER BY ALL"
    )
    assert found == expected
