import pytest

from tests.reports.framing import framed
from tests.reports.funnel_lake import funnel_lake
from voronka.reports.funnel_asked import FunnelAsked
from voronka.reports.funnel_cohorts import cohorts_table


def test_a_month_is_what_the_page_of_that_month_shows() -> None:
    table, version = cohorts_table(framed(funnel_lake()), FunnelAsked(entity="journey"))
    told = [(row["month"], row["cases"], row["finished"], row["finished_money"]) for row in table.rows]
    assert told == [("2026-01", 1, 0, 0), ("2026-02", 20, 10, 1000), ("2026-03", 20, 10, 1000)]
    # February as it is known now: the eight who came to the talks on the 20th are in it
    assert [[row[f"overall_{place}"] for place in (1, 2, 3)] for row in table.rows] == [
        [0, 0, 0], [100, 50, 50], [80, 50, 50]
    ]  # fmt: skip
    assert (table.totals["cases"], table.totals["overall_1"]) == (41, pytest.approx(100 * 36 / 41))
    assert [column.title.en for column in table.columns[-3:]] == ["Talks", "Offer", "Won"]
    assert version == "1"


def test_a_month_is_over_when_nine_of_ten_would_have_got_to_the_end() -> None:
    # three days from the first step to the last; 16 March is not after the end of March
    table, _ = cohorts_table(framed(funnel_lake()), FunnelAsked(entity="journey"))
    assert [row["ripe"] for row in table.rows] == [True, True, False]
    longer, _ = cohorts_table(framed(funnel_lake()), FunnelAsked(entity="journey", window="20d"))
    assert [row["ripe"] for row in longer.rows] == [True, False, False]


def test_where_nobody_got_to_the_end_no_month_waits_for_longer() -> None:
    asked = FunnelAsked(entity="journey", steps=("Start", "deal_won"))
    table, _ = cohorts_table(framed(funnel_lake()), asked)
    assert [(row["finished"], row["ripe"]) for row in table.rows] == [(0, True), (0, True), (0, False)]
    assert table.rows[0]["overall_1"] == pytest.approx(0)
