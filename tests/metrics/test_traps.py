"""What existing systems get wrong, each worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from tests.metrics.memory_engine import column, lake_of, march, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period

CLOSED = """deal_id | employee | created_at       | closed_at        | outcome | amount_home
            1       | Anna     | 2026-03-01 10:00 | 2026-03-11 10:00 | won     | 100.01
            2       | Anna     | 2026-03-01 10:00 | 2026-03-12 10:00 | won     | 100.02
            3       | Boris    | 2026-03-01 10:00 | 2026-03-03 10:00 | won     | 50
            4       | Boris    | 2026-03-01 10:00 | 2026-03-04 10:00 | lost    | 10
            5       | Boris    | 2026-03-01 10:00 | 2026-03-05 10:00 | lost    | 10
            6       | Boris    | 2026-03-01 10:00 | 2026-03-06 10:00 | lost    | 10
            7       |          | 2026-03-01 10:00 | 2026-03-06 10:00 | lost    | 10"""


def test_who_only_won_has_a_win_rate_of_100() -> None:
    answer = metrics_over(lake_of(fct_deals=CLOSED)).query(query("win_rate", by=["employee"]))
    assert column(answer, "employee", "win_rate") == {"Anna": 100, "Boris": 25, None: 0}


def test_a_total_is_taken_from_the_facts_and_keeps_those_with_one_side_empty() -> None:
    answer = metrics_over(lake_of(fct_deals=CLOSED)).query(query("deals_won", "deals_lost", by=["employee"]))
    assert answer.totals == {"deals_won": 3, "deals_lost": 4}


def test_a_percent_is_computed_from_sums_and_not_averaged_over_rows() -> None:
    answer = metrics_over(lake_of(fct_deals=CLOSED)).query(
        query("win_rate", by=["employee"], where=["employee=anna,boris"])
    )
    assert answer.totals["win_rate"] == 50


def test_the_same_number_comes_out_however_it_is_cut() -> None:
    metrics = metrics_over(lake_of(fct_deals=CLOSED))
    wholes = {
        metrics.query(query("win_rate", by=by)).totals["win_rate"] for by in ([], ["employee"], ["month", "team"])
    }
    assert len(wholes) == 1


def test_spend_is_not_multiplied_by_the_deals_it_brought() -> None:
    lake = lake_of(
        fct_ad_spend="day | channel | cost_home\n2026-03-01 | K | 100",
        fct_deals="""deal_id | channel | closed_at | outcome | amount_home
                     1 | K | 2026-03-02 10:00 | won | 10
                     2 | K | 2026-03-02 10:00 | won | 10
                     3 | K | 2026-03-02 10:00 | won | 10""",
    )
    answer = metrics_over(lake).query(query("ad_spend", "revenue", by=["channel"]))
    assert answer.rows == [{"channel": "K", "channel_id": "name:k", "ad_spend": Decimal(100), "revenue": Decimal(30)}]


def test_a_channel_with_revenue_and_no_spend_has_an_unknown_return_and_not_an_infinite_one() -> None:
    lake = lake_of(
        fct_ad_spend="day | channel | cost_home\n2026-03-01 | L | 100",
        fct_deals="deal_id | channel | closed_at | outcome | amount_home\n1 | M | 2026-03-02 10:00 | won | 40",
    )
    assert column(metrics_over(lake).query(query("roas", by=["channel"])), "channel", "roas") == {"L": 0, "M": None}


def test_a_channel_with_spend_and_no_payment_returns_minus_100_percent() -> None:
    lake = lake_of(
        fct_ad_spend="day | channel | cost_home\n2026-03-01 | K | 100\n2026-03-01 | L | 100",
        fct_payments="""payment_id | channel | paid_at | amount_home | margin_home
                        1 | K | 2026-03-02 10:00 | 20 | 10
                        2 | K | 2026-03-02 10:00 | 20 | 10
                        3 | K | 2026-03-02 10:00 | 20 | 10
                        4 | M | 2026-03-02 10:00 | 60 | 40""",
    )
    answer = metrics_over(lake).query(query("ad_spend", "margin", "romi", by=["channel"]))
    assert column(answer, "channel", "romi") == {"K": -70, "L": -100, "M": None}
    assert column(answer, "channel", "ad_spend") == {"K": 100, "L": 100, "M": 0}


def test_a_return_by_revenue_for_want_of_margin_is_named_so() -> None:
    spend = "day | channel | cost_home\n2026-03-01 | K | 100"
    deals = (
        "deal_id | channel | closed_at | outcome | amount_home | margin_home\n1 | K | 2026-03-02 10:00 | won | 250 |"
    )
    answer = metrics_over(lake_of(fct_ad_spend=spend, fct_deals=deals)).query(query("romi"))
    assert (answer.totals, answer.columns[0].variant) == ({"romi": 150}, "by_revenue")
    with_margin = lake_of(fct_ad_spend=spend, fct_deals=deals + " 80")
    answer = metrics_over(with_margin).query(query("romi", "margin"))
    assert answer.totals == {"romi": -20, "margin": 80}
    assert [each.variant for each in answer.columns] == ["by_margin", "by_deals"]


def test_an_unanswered_call_of_no_length_is_not_pulled_into_the_mean() -> None:
    lake = lake_of(
        fct_calls="""call_id | started_at | answered | talk_seconds
                     1 | 2026-03-02 10:00 | false | 0
                     2 | 2026-03-02 10:00 | true | 600
                     3 | 2026-03-02 10:00 | true | 1200""",
    )
    assert metrics_over(lake).query(query("average_call", "median_call")).totals == {
        "average_call": 15,
        "median_call": 15,
    }


def test_month_to_date_is_compared_with_the_same_days_of_the_month_before() -> None:
    lake = lake_of(
        fct_calls="""call_id | started_at
                     1 | 2026-02-10 23:00
                     2 | 2026-02-11 09:00
                     3 | 2026-03-10 10:00
                     4 | 2026-03-11 10:00""",
    )
    period = Period(date(2026, 3, 1), date(2026, 3, 10))
    answer = metrics_over(lake).query(query("calls", period=period, compare="previous"))
    assert answer.totals == {"calls": 1, "calls_previous": 1}


def test_the_previous_period_has_as_many_days_and_its_days_stand_against_this_ones() -> None:
    lake = lake_of(
        fct_calls="""call_id | started_at
                     1 | 2026-02-24 10:00
                     2 | 2026-03-02 10:00
                     3 | 2026-03-03 10:00
                     4 | 2026-03-03 10:00""",
    )
    # Tuesday to Thursday against the three days before; Monday to Wednesday against the Monday to Wednesday before
    period = Period(date(2026, 3, 3), date(2026, 3, 5))
    answer = metrics_over(lake).query(query("calls", by=["day"], period=period, compare="previous"))
    assert answer.rows == [
        {"day": "2026-03-03", "calls": 2, "calls_previous": 0},
        {"day": "2026-03-04", "calls": 0, "calls_previous": 0},
        {"day": "2026-03-05", "calls": 0, "calls_previous": 1},
    ]
    week = Period(date(2026, 3, 2), date(2026, 3, 4))
    answer = metrics_over(lake).query(query("calls", by=["day"], period=week, compare="previous"))
    assert answer.rows == [
        {"day": "2026-03-02", "calls": 1, "calls_previous": 0},
        {"day": "2026-03-03", "calls": 2, "calls_previous": 1},
        {"day": "2026-03-04", "calls": 0, "calls_previous": 0},
    ]


def test_whole_months_are_compared_month_by_month() -> None:
    lake = lake_of(
        fct_calls="""call_id | started_at
                     1 | 2026-01-31 10:00
                     2 | 2026-02-01 10:00
                     3 | 2026-02-28 10:00
                     4 | 2026-03-31 10:00""",
    )
    period = Period(date(2026, 2, 1), date(2026, 3, 31))
    answer = metrics_over(lake).query(query("calls", by=["month"], period=period, compare="previous"))
    assert column(answer, "month", "calls_previous") == {"2026-02": 0, "2026-03": 1}
    assert column(answer, "month", "calls") == {"2026-02": 2, "2026-03": 1}


def test_a_comparison_with_a_year_before_counts_a_row_in_both_of_two_overlapping_periods() -> None:
    lake = lake_of(fct_calls="call_id | started_at\n1 | 2025-06-01 10:00\n2 | 2024-06-01 10:00")
    period = Period(date(2025, 1, 1), date(2026, 2, 28))
    answer = metrics_over(lake).query(query("calls", by=["year"], period=period, compare="year"))
    assert answer.rows == [
        {"year": "2025", "calls": 1, "calls_previous": 1},
        {"year": "2026", "calls": 0, "calls_previous": 0},
    ]
    wide = Period(date(2024, 1, 1), date(2025, 12, 31))
    assert metrics_over(lake).query(query("calls", period=wide, compare="year")).totals == {
        "calls": 2,
        "calls_previous": 1,
    }


def test_days_are_the_companys_days_and_not_those_of_utc() -> None:
    lake = lake_of(fct_calls="call_id | started_at | started_day\n1 | 2026-02-28 22:30 | 2026-03-01")
    answer = metrics_over(lake).query(query("calls", by=["day"]))
    assert answer.rows == [{"day": "2026-03-01", "calls": 1}]


def test_people_who_share_a_name_stay_two_rows_and_the_dismissed_stay_in_the_total() -> None:
    lake = lake_of(
        dim_employee="employee_id | name | is_active\ncrm:1 | Anna | true\ncrm:2 | Anna | false",
        fct_calls="""call_id | employee_id | started_at
                     1 | crm:1 | 2026-03-02 10:00
                     2 | crm:2 | 2026-03-02 10:00
                     3 | crm:2 | 2026-03-02 10:00
                     4 | crm:9 | 2026-03-02 10:00""",
    )
    answer = metrics_over(lake).query(query("calls", by=["employee"]))
    assert answer.rows == [
        {"employee": "Anna", "employee_id": "crm:2", "calls": 2},
        {"employee": "Anna", "employee_id": "crm:1", "calls": 1},
        {"employee": "crm:9", "employee_id": "crm:9", "calls": 1},
    ]
    assert answer.totals == {"calls": 4}


def test_not_given_and_unknown_stay_two_rows() -> None:
    lake = lake_of(
        fct_deals="""deal_id | closed_at | outcome | loss_reason
                     1 | 2026-03-02 10:00 | lost |
                     2 | 2026-03-02 10:00 | lost | unknown""",
    )
    metrics = metrics_over(lake)
    answer = metrics.query(query("deals_lost", by=["loss_reason"]))
    assert column(answer, "loss_reason", "deals_lost") == {None: 1, "unknown": 1}
    assert metrics.query(query("deals_lost", where=["loss_reason="])).totals == {"deals_lost": 1}
    assert metrics.query(query("deals_lost", where=["loss_reason=unknown,"])).totals == {"deals_lost": 2}


def test_a_split_deal_is_credited_by_share_and_the_parts_sum_to_the_whole() -> None:
    lake = lake_of(
        dim_employee="employee_id | name\na | Anna\nb | Boris",
        fct_deals="""deal_id | employee_id | created_at | closed_at | outcome | amount_home
                     1 | a | 2026-03-01 10:00 | 2026-03-03 10:00 | won | 100
                     2 | a | 2026-03-01 10:00 | 2026-03-05 10:00 | won | 40""",
        split_credit="""entity | entity_id | axis | employee_id | share
                        deal | 1 | closed | a | 0.25
                        deal | 1 | closed | b | 0.75""",
    )
    metrics = metrics_over(lake)
    answer = metrics.query(query("deals_won", "revenue", "cycle_days", "deals_created", by=["employee"]))
    assert column(answer, "employee", "deals_won") == {"Anna": 1.25, "Boris": 0.75}
    assert column(answer, "employee", "revenue") == {"Anna": 65, "Boris": 75}
    assert column(answer, "employee", "deals_created") == {"Anna": 2, "Boris": 0}
    assert answer.totals == {"deals_won": 2, "revenue": 140, "cycle_days": 3, "deals_created": 2}
    assert column(answer, "employee", "cycle_days") == {"Anna": pytest.approx((2 * 0.25 + 4) / 1.25), "Boris": 2}


def test_a_mover_leaves_past_results_with_the_old_team_unless_asked_for_todays() -> None:
    lake = lake_of(
        dim_team="team_id | name\nw | West\ne | East",
        fct_deals="""deal_id | team_id | closed_at | outcome | amount_home | closed_team_id
                     1 | e | 2026-01-10 10:00 | won | 10 | w
                     2 | e | 2026-03-10 10:00 | won | 20 | e""",
    )
    metrics = metrics_over(lake)
    assert column(metrics.query(query("revenue", by=["team"])), "team", "revenue") == {"West": 10, "East": 20}
    assert column(metrics.query(query("revenue", by=["team"], owner="now")), "team", "revenue") == {"East": 30}


def test_roles_are_ranked_apart() -> None:
    lake = lake_of(
        fct_deals="""deal_id | employee | role | closed_at | outcome
                     1 | Anna | sdr | 2026-03-10 10:00 | won
                     2 | Boris | ae | 2026-03-10 10:00 | won""",
    )
    answer = metrics_over(lake).query(query("deals_won", by=["role", "employee"]))
    assert [(row["role"], row["employee"]) for row in answer.rows] == [("ae", "Boris"), ("sdr", "Anna")]


def test_a_median_of_money_keeps_half_a_kopeck() -> None:
    answer = metrics_over(lake_of(fct_deals=CLOSED)).query(query("median_deal", where=["employee=anna"]))
    assert answer.totals["median_deal"] == pytest.approx(100.015)


def test_a_record_without_its_time_is_in_the_all_time_answer_as_no_date() -> None:
    lake = lake_of(fct_calls="call_id | started_at\n1 | 2026-03-02 10:00\n2 |")
    metrics = metrics_over(lake)
    assert metrics.query(query("calls", by=["month"])).rows == [
        {"month": "2026-03", "calls": 1},
        {"month": None, "calls": 1},
    ]
    assert metrics.query(query("calls")).totals == {"calls": 2}
    assert metrics.query(query("calls", period=march())).totals == {"calls": 1}


def test_money_without_a_rate_is_left_out_and_said_so() -> None:
    lake = lake_of(
        fct_deals="""deal_id | closed_at | outcome | amount | amount_home | currency
                     1 | 2026-03-02 10:00 | won | 10 | 10 | RUB
                     2 | 2026-03-02 10:00 | won | 5 | | XAU
                     3 | 2026-03-02 10:00 | won | | | RUB""",
    )
    answer = metrics_over(lake).query(query("revenue", "deals_won", "average_deal"))
    assert answer.totals == {"revenue": 10, "deals_won": 3, "average_deal": 10}
    assert [(left.metric, left.rows) for left in answer.left_out] == [("revenue", 1), ("average_deal", 1)]


def test_a_sum_of_unknown_amounts_is_unknown_and_a_sum_of_nothing_is_0() -> None:
    lake = lake_of(
        fct_deals="""deal_id | employee | closed_at | outcome
                     1 | Anna | 2026-03-02 10:00 | won
                     2 | Boris | 2026-03-02 10:00 | lost"""
    )
    answer = metrics_over(lake).query(query("revenue", by=["employee"]))
    assert column(answer, "employee", "revenue") == {"Anna": None, "Boris": 0}


def test_every_bucket_of_the_period_stands_in_the_answer_clipped_to_it() -> None:
    calls = "call_id | started_at | answered\n1 | 2026-03-30 10:00 | false\n2 | 2026-04-01 10:00 | true"
    lake = lake_of(fct_calls=calls)
    period = Period(date(2026, 3, 18), date(2026, 3, 31))
    answer = metrics_over(lake).query(query("calls", "answer_rate", by=["week"], period=period))
    assert answer.rows == [
        {"week": "2026-W12", "calls": 0, "answer_rate": None},
        {"week": "2026-W13", "calls": 0, "answer_rate": None},
        {"week": "2026-W14", "calls": 1, "answer_rate": 0},
    ]


def test_what_was_never_loaded_is_unknown_and_what_did_not_happen_is_zero() -> None:
    calls = "call_id | employee | started_at | answered\n1 | Anna | 2026-01-10 10:00 | true"
    asked = query("calls", "answer_rate", "talk_time", "deals_open", "median_deal", period=march())
    answer = metrics_over(lake_of(fct_calls=calls)).query(asked)
    assert answer.rows == [{"calls": 0, "answer_rate": None, "talk_time": 0, "deals_open": None, "median_deal": None}]
    assert [(item.metric, item.reason) for item in answer.left_out] == [
        ("deals_open", "not loaded: deals"),
        ("median_deal", "not loaded: deals"),
    ]


def test_a_cut_that_one_metric_lacks_is_refused_and_says_which_have_it() -> None:
    with pytest.raises(QuestionError, match=r"ad_spend cannot be cut by employee. Of the metrics asked, revenue can\."):
        metrics_over(lake_of()).query(query("ad_spend", "revenue", by=["employee"]))
