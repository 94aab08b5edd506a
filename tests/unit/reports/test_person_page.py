"""The page of one person, worked out by hand: three sellers of 60 deals each, two win 30 of them and Clara 10."""

from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.roles import Role
from voronka.domain.scope import Scope
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.reports.person_page import person_page
from voronka.settings import Settings

NOW = datetime.fromisoformat("2026-03-13 18:00")
WEEKS = Period(date(2026, 3, 2), date(2026, 3, 13))
WORKED = [day for day in range(2, 14) if day not in (7, 8)]
WON = {"a": 30, "b": 30, "c": 10}
NAMES = {"a": "Anna", "b": "Boris", "c": "Clara"}
SETTINGS = Settings(roles={"ae": Role(metrics=("deals_won", "win_rate"))})


def engine(won: dict[str, int] = WON, **more: str) -> MemoryEngine:
    head = "deal_id|title|employee_id|team_id|closed_role|closed_at|outcome|amount_home|account_id"
    deals = [
        f"{who}{n}|Deal {n}|{who}|w|ae|2026-03-{WORKED[n % 10]:02} 10:00|{'won' if n < count else 'lost'}|100|acc{who}{n}"  # noqa: E501
        for who, count in won.items()
        for n in range(60)
    ]
    calls = ["activity_id|employee_id|team_id|role|started_at|direction|answered|talk_seconds|account_id|deal_id"]
    for number, (deal, seconds) in enumerate(((5, 900), (40, 300), (41, 600), (42, 60), (43, 30))):
        calls.append(f"k{number}|c|w|ae|2026-03-05 1{number}:00|out|true|{seconds}|accc{deal}|c{deal}")
    return lake_of(
        fct_deals="\n".join([head, *deals]),
        fct_calls="\n".join(calls),
        dim_account="account_id | name\n" + "\n".join(f"acc{who}{n} | Firm {n}" for who in won for n in range(60)),
        dim_employee="employee_id | name\n" + "\n".join(f"{key} | {NAMES.get(key, key)}" for key in won),
        employee_team="employee_id | team_id | role | valid_from | valid_to\n"
        + "\n".join(f"{key} | w | ae | 2025-01-01 | 9999-12-31" for key in won),
        dim_calendar="day | is_working\n" + "\n".join(f"2026-03-{day:02} | {day in WORKED}" for day in range(2, 14)),
        **more,
    )


def made(scope: Scope, *employees: str, lake: MemoryEngine | None = None) -> Contents:
    asked = PageAsked(period=WEEKS, employees=employees)
    return person_page(Frame(metrics_over(lake or engine(), date(2026, 3, 13)), asked, scope, NOW, SETTINGS))


@pytest.fixture(scope="module")
def clara() -> Contents:
    return made(Scope.everything(), "c")


def test_the_weakest_step_is_named_with_its_price(clara: Contents) -> None:
    told = clara.headline
    assert (told.kind, told.tone, told.values["metric"]) == ("weakest", "bad", "win_rate")
    assert told.values["own_percent"] == pytest.approx(100 * 10 / 60)
    assert told.values["level_percent"] == pytest.approx(50)
    # Wilson's interval of 10 of 60 is 9.3132 % to 28.0320 %; a deal won brings 100 in the role
    assert told.values["money_high"] == pytest.approx((0.5 - 0.093132) * 60 * 100, rel=1e-4)
    assert told.values["money_low"] == pytest.approx((0.5 - 0.280320) * 60 * 100, rel=1e-4)
    (step,) = clara.tables["steps"].rows
    # the point is of the estimate that chance is taken out of, between the own figure and the role's
    assert 100 * 10 / 60 < float(str(step["estimate"])) < 100 * 70 / 180
    assert told.values["money"] == pytest.approx((50 - float(str(step["estimate"]))) / 100 * 60 * 100)


def test_what_is_planned_stands_beside_what_was_done_day_by_day() -> None:
    head = "metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value\n"
    days = "\n".join(f"deals_won | employee | c | w | true | true | 2026-03-{day:02} | 2" for day in WORKED)
    whole = "metric | scope | scope_id | starts_on | ends_on | value\n"
    plans = whole + "deals_won | employee | c | 2026-03-02 | 2026-03-13 | 20"
    page = made(Scope.everything(), "c", lake=engine(fct_plan_days=head + days, fct_plans=plans))
    assert page.blocks["plans"].total("deals_won_attainment") == pytest.approx(50)  # 10 of 20
    rows = page.blocks["plan_days"].answer.rows
    told = {str(row["day"]): (row["deals_won"], row["deals_won_plan"], row["deals_won_attainment"]) for row in rows}
    free = {f"2026-03-{day:02}": (0, None, None) for day in (7, 8)}
    assert told == {f"2026-03-{day:02}": (1, 2, 50) for day in WORKED} | free


def test_without_a_plan_no_days_are_shown(clara: Contents) -> None:
    assert set(clara.blocks) == {"own"}


def test_its_proof_are_three_calls_about_what_was_lost_the_longest_first(clara: Contents) -> None:
    assert clara.lists["proof"].entity == "call"
    # the call of 900 seconds was with a client who bought
    assert [row["id"] for row in clara.lists["proof"].rows] == ["k2", "k1", "k3"]
    assert len(clara.lists["behind"].rows) == 3


def test_the_period_stands_beside_the_medians_of_the_role(clara: Contents) -> None:
    assert clara.blocks["own"].total("deals_won") == 10
    assert clara.blocks["own"].ask.compare == "previous"
    # 30 won on ten worked days are 3 a day, and Clara worked ten days too
    assert clara.tables["medians"].rows == ({"deals_won": 30, "win_rate": 50},)


def test_who_is_level_with_the_role_lacks_nothing() -> None:
    anna = made(Scope.everything(), "a")
    assert (anna.headline.kind, anna.headline.tone) == ("none_weaker", "good")
    assert "proof" not in anna.lists


def test_a_manager_comes_to_their_own_page_and_is_told_of_others_by_medians_of_five() -> None:
    own = made(Scope.of("c"))
    assert [row["employee"] for row in own.tables["person"].rows] == ["Clara"]
    assert (own.headline.kind, own.tables["steps"].rows, own.tables["medians"].rows) == ("no_peers", (), ())
    five = made(Scope.of("c"), lake=engine({"a": 30, "b": 30, "c": 10, "d": 31, "e": 20}))
    assert five.tables["medians"].rows == ({"deals_won": 30, "win_rate": 50},)
    assert {row["people"] for row in five.tables["steps"].rows} == {5}


def test_nobody_is_shown_another_though_they_ask() -> None:
    foreign = made(Scope.of("c"), "a")
    assert (foreign.headline.kind, foreign.blocks, foreign.lists) == ("nobody", {}, {})


def test_a_head_chooses_whom_the_page_is_about() -> None:
    choice = made(Scope.everything())
    assert (choice.headline.kind, choice.headline.values) == ("choose", {"count": 3})
    assert [row["employee"] for row in choice.tables["people"].rows] == ["Anna", "Boris", "Clara"]
