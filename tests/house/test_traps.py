"""Every trap that existing systems fall into, and the tests by whose names it is kept."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

TRAPS: dict[str, tuple[str, ...]] = {
    "1: who only won shows 0 or nothing": ("test_who_only_won_has_a_win_rate_of_100",),
    "2: a total drops rows with an empty side": (
        "test_a_total_is_taken_from_the_facts_and_keeps_those_with_one_side_empty",
    ),
    "3: spend joined to deals multiplies": ("test_spend_is_not_multiplied_by_the_deals_it_brought",),
    "4: spend and no payment is empty, payment and no spend infinite": (
        "test_a_channel_with_spend_and_no_payment_returns_minus_100_percent",
        "test_a_channel_with_revenue_and_no_spend_has_an_unknown_return_and_not_an_infinite_one",
    ),
    "5: zeros that stand for missing": ("test_an_unanswered_call_of_no_length_is_not_pulled_into_the_mean",),
    "6: a previous period of another length": (
        "test_the_previous_period_has_as_many_days_and_its_days_stand_against_this_ones",
        "test_month_to_date_is_compared_with_the_same_days_of_the_month_before",
    ),
    "7: days of UTC, days of 23 and 25 hours": (
        "test_days_are_the_companys_days_and_not_those_of_utc",
        "test_the_hours_of_a_day_are_those_of_the_companys_clocks",
    ),
    "8: the lost vanish from the steps they passed, transitions are counted": (
        "test_a_lead_lost_later_stays_among_the_qualified_and_one_that_came_back_counts_once",
    ),
    "9: first response over the answered only": ("test_leads_never_answered_hold_the_median_up",),
    "10: a probability of 20 taken as 20 times": ("test_a_probability_of_20_is_a_fifth_however_it_is_written",),
    "11: the merged and dismissed vanish, namesakes are one": (
        "test_people_who_share_a_name_stay_two_rows_and_the_dismissed_stay_in_the_total",
    ),
    "12: NULL and unknown in one row": ("test_not_given_and_unknown_stay_two_rows",),
    "13: percents averaged over rows": ("test_a_percent_is_computed_from_sums_and_not_averaged_over_rows",),
    "14: a half split credited whole to both": (
        "test_a_split_deal_is_credited_by_share_and_the_parts_sum_to_the_whole",
        "test_splits_credit_each_record_once",
    ),
    "15: one definition, two numbers": ("test_the_same_number_comes_out_however_it_is_cut",),
    "16: SDR and AE in one ranking": ("test_roles_are_ranked_apart",),
    "17: a mover takes results along": (
        "test_a_mover_leaves_past_results_with_the_old_team_unless_asked_for_todays",
        "test_a_movers_past_stays_with_the_old_team",
    ),
    "18: the median of two decimals is cut": ("test_a_median_of_money_keeps_half_a_kopeck",),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_is_kept_by_a_test_of_this_name(trap: str) -> None:
    text = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    assert [name for name in TRAPS[trap] if not re.search(rf"^def {name}\(", text, re.MULTILINE)] == []
