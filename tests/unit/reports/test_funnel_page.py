"""The page of the funnel over forty cases, worked out by hand."""

from datetime import date

import pytest

from tests.reports.framing import framed
from tests.reports.funnel_lake import funnel_lake
from tests.reports.untold_lake import untold_lake
from voronka.domain.period import Period
from voronka.metrics.answer import Row
from voronka.reports.funnel_asked import FunnelAsked
from voronka.reports.funnel_page import FunnelLook, funnel_look
from voronka.reports.page import PageAsked

MARCH = PageAsked()


def look(by: str = "", page: PageAsked = MARCH, **more: object) -> FunnelLook:
    return funnel_look(framed(funnel_lake(), page), FunnelAsked(entity="journey", by=by, **more))  # type: ignore[arg-type]


def rows(table: str, **more: object) -> list[Row]:
    return list(look(**more).tables()[table].rows)  # type: ignore[arg-type]


def column(table: str, name: str) -> list[object]:
    return [row[name] for row in rows(table)]


def test_what_went_on_was_lost_or_is_open_adds_up_to_those_who_reached_a_step() -> None:
    assert column("steps", "cases") == [20, 16, 10, 10]
    assert column("steps", "went_on") == [16, 10, 10, 10]
    assert column("steps", "lost") == [0, 6, 0, 0]
    assert column("steps", "open") == [4, 0, 0, 0]
    assert column("steps", "went_round") == [0, 0, 0, 0]


def test_money_is_what_the_cases_came_to() -> None:
    assert column("steps", "money") == [1340, 1300, 1000, 1000]
    assert column("steps", "lost_money") == [0, 300, 0, 0]
    assert column("steps", "open_money") == [40, 0, 0, 0]
    assert column("steps", "went_on_money") == [1300, 1000, 1000, 1000]
    assert column("steps", "went_round_money") == [0, 0, 0, 0]


def test_the_period_before_is_taken_as_it_stood_as_many_days_after() -> None:
    # on 16 February twelve of twenty had come to the talks, ten to the offer; eight more came on the 20th
    assert column("steps", "previous_conversion") == [None, 60, pytest.approx(100 * 10 / 12), 100]
    assert column("steps", "step_conversion") == [None, 80, 62.5, 100]
    assert column("steps", "change") == [None, 20, pytest.approx(62.5 - 100 * 10 / 12), 0]
    assert column("steps", "differs") == [False, False, False, False]


def test_medians_are_from_the_step_before_by_both_clocks() -> None:
    # to the talks: ten a day, six three days; the working clock of the lake goes an hour an event
    assert column("steps", "median_hours") == [None, 24, 24, 24]
    assert column("steps", "median_worked_hours") == [None, 1, 1, 1]


def test_without_a_comparison_nothing_is_known_of_before() -> None:
    found = look(page=PageAsked(compare=None))
    assert found.before is None
    assert {row["previous_conversion"] for row in found.tables()["steps"].rows} == {None}


def test_a_period_from_before_the_data_began_is_not_compared_with() -> None:
    # February against January: the first case began on 20 January, and nothing in the three months until the 1st
    february = PageAsked(period=Period(date(2026, 2, 1), date(2026, 2, 28)))
    assert look(page=february).before is None
    assert look().before is not None  # February: a case began in January


def test_losses_stand_the_dearest_first_and_add_up() -> None:
    table = look().tables()["losses"]
    told = [(row["reason"], row["place"], row["lost"], row["lost_money"]) for row in table.rows]
    assert told == [("dear", 1, 5, 250), (None, 1, 1, 50)]
    assert (table.totals["lost"], table.totals["lost_money"]) == (6, 300)
    assert [row["share"] for row in table.rows] == [pytest.approx(100 * 250 / 300), pytest.approx(100 * 50 / 300)]


def test_groups_are_told_apart_where_they_differ_beyond_chance() -> None:
    table = look("employee").tables()["groups"]
    told = [(row["employee"], row["employee_id"], row["cases"], row["finished"]) for row in table.rows]
    assert told == [("Anna", "name:anna", 10, 10), ("Boris", "name:boris", 10, 0)]
    assert [row["differs"] for row in table.rows] == [True, True]
    assert [row["step_1"] for row in table.rows] == [100, 60]
    assert (table.totals["cases"], table.totals["finished"], table.totals["overall"]) == (20, 10, 50)
    assert "groups" not in look().tables()


def test_filters_of_the_page_choose_the_cases() -> None:
    found = look(page=PageAsked(employees=("name:boris",)))
    assert [row["cases"] for row in found.tables()["steps"].rows] == [10, 6, 0, 0]


def test_chosen_steps_and_a_window_are_kept() -> None:
    # within two days of the start only Anna's ten came to the talks
    assert [step.now.cases for step in look(steps=("Start", "Talks"), window="2d").steps] == [20, 10]


BY_HAND = """
WITH firsts AS (
    SELECT e.number,
        min(happened_at) FILTER (step_number = 3) AS begun, min(happened_at) FILTER (step_number = 4) AS talked,
        min(happened_at) FILTER (step_number = 5) AS offered, min(happened_at) FILTER (step_number = 6) AS won
    FROM fct_events AS e GROUP BY e.number
)
SELECT count(begun) AS a, count(*) FILTER (talked >= begun) AS b, count(*) FILTER (offered >= talked) AS c,
    count(*) FILTER (won >= offered) AS d,
    sum(lost_amount_home) FILTER (talked >= begun AND offered IS NULL AND outcome = 'lost') AS lost
FROM fct_journeys JOIN firsts USING (number) WHERE created_at BETWEEN '2026-03-01' AND '2026-03-31'
"""


def test_sql_written_by_hand_counts_the_same() -> None:
    # each stage is entered once in this company: the first entries are the chain
    told = funnel_lake().execute(BY_HAND)
    counted = [told.column(name).to_pylist()[0] for name in ("a", "b", "c", "d")]
    assert column("steps", "cases") == counted
    assert sum(float(str(money)) for money in column("steps", "lost_money")) == float(
        told.column("lost").to_pylist()[0]
    )


def untold(entity: str = "", **asked: object) -> FunnelLook:
    frame = framed(untold_lake(), PageAsked(period=Period(date(2026, 3, 1), date(2026, 3, 31))))
    return funnel_look(frame, FunnelAsked(entity=entity, **asked))  # type: ignore[arg-type]


def test_where_no_stages_are_told_the_funnel_goes_from_the_beginning_to_the_win() -> None:
    look = untold(entity="journey", pipeline="sales")
    assert [row["step"] for row in look.tables()["steps"].rows] == ["deal_created", "deal_won"]
    assert [row["cases"] for row in look.tables()["steps"].rows] == [4, 2]
    assert [(row["reason"], row["lost_money"]) for row in look.tables()["losses"].rows] == [("dear", 40)]
    assert (look.now.untold, look.now.left_out) == (3, 0)


def test_of_stages_it_is_a_funnel_of_the_cases_of_which_they_are_told() -> None:
    look = untold(entity="journey", pipeline="sales", steps=("New", "Won"))
    # 3 alone went New, Won as far as is known; nobody says that 1 and 2 skipped New, or that 4 is nowhere
    assert [row["cases"] for row in look.tables()["steps"].rows] == [1, 1]
    assert look.tables()["losses"].rows == ()
    assert (look.now.untold, look.now.left_out) == (3, 3)


def test_where_of_no_case_the_stages_are_told_figures_are_unknown_and_not_zero() -> None:
    look = untold(entity="journey", pipeline="sales", steps=("Lost", "New"))
    [lost, new] = look.tables()["steps"].rows
    assert (lost["step"], new["place"]) == ("Lost", 1)
    assert {lost[name] for name in ("cases", "money", "lost", "open", "went_on", "overall")} == {None}
    assert look.now.walked.cases == 4


def test_a_lead_without_a_deal_is_worth_nothing_that_is_known() -> None:
    look = untold(entity="journey", pipeline="leads", steps=("lead_created", "Raw"))
    [begun, _] = look.tables()["steps"].rows
    assert (begun["open"], begun["open_money"]) == (1, None)
    assert (begun["money"], begun["went_on_money"], begun["went_round_money"]) == (None, None, None)
