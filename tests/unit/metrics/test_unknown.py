from tests.metrics.memory_engine import lake_of, metrics_over, query
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.unknown import unknown_values

DEALS = """deal_id | employee | created_at | closed_at  | outcome | amount_home
           1       | Anna     | 2026-03-01 | 2026-03-02 | won     | 100
           2       | Anna     | 2026-03-01 | 2026-03-03 | lost    | 50
           3       | Boris    | 2026-03-01 |            | open    | 70"""


def test_a_share_of_nothing_says_what_it_would_be_divided_by() -> None:
    metrics = metrics_over(lake_of(fct_deals=DEALS))
    answer = metrics.query(query("deals_won", "deals_lost", "deals_created", "win_rate", by=["employee"]))
    assert [row["win_rate"] for row in answer.rows] == [50, None]
    assert unknown_values(metrics, answer) == {
        "win_rate": "there is nothing to divide by, or a part of it is unknown:"
        " 100 * deals_won / (deals_won + deals_lost)"
    }


def test_what_was_never_told_is_named() -> None:
    chosen = Catalogue.load((), {"win_rate": Choice("from_accepted")})
    metrics = metrics_over(lake_of(fct_deals=DEALS), catalogue=chosen)
    answer = metrics.query(query("win_rate"))
    assert (answer.totals["win_rate"], answer.left_out) == (None, ())
    (why,) = unknown_values(metrics, answer).values()
    assert why.startswith("nothing that was loaded tells won of the accepted (accepted_won, sum: CASE WHEN reached_")
    assert "; lost of the accepted (accepted_lost, sum: " in why
    assert why.endswith("where outcome = 'lost')")


def test_a_middle_of_no_records_says_that_there_are_none() -> None:
    metrics = metrics_over(lake_of(fct_deals=DEALS))
    answer = metrics.query(query("deals_created", "median_deal", by=["employee"]))
    assert unknown_values(metrics, answer) == {"median_deal": "no record there has a value to take"}


def test_what_is_known_or_left_out_is_not_told_again() -> None:
    metrics = metrics_over(lake_of(fct_deals=DEALS))
    assert unknown_values(metrics, metrics.query(query("deals_won"))) == {}
    answer = metrics.query(query("calls"))
    assert answer.totals["calls"] is None
    assert [left.metric for left in answer.left_out] == ["calls"]
    assert unknown_values(metrics, answer) == {}
