"""The board of a small company: two roles, two teams, somebody who left and somebody who came."""

from datetime import date, datetime

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.roles import Role
from voronka.domain.scope import Scope, Span
from voronka.reports.board import TEAMS, BoardAsked, board_page, can_be_shown, that_can_be_shown
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.settings import Settings

FRIDAY = date(2026, 3, 13)
NOW = datetime(2026, 3, 13, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
WEEKS = Period(date(2026, 3, 2), FRIDAY)
ROLES = {
    "sdr": Role(metrics=("calls", "reach_rate")),
    "ae": Role(metrics=("deals_won", "revenue", "win_rate")),
    "lead": Role(metrics=("deals_won",)),
}
SETTINGS = Settings(roles=ROLES)
MEMBERS = {
    "dim_employee": """employee_id | name | hired_on | left_on
                       a | Anna  |            |
                       b | Boris |            |
                       c | Clara |            |
                       d | Dina  | 2026-03-10 |
                       e | Egor  |            | 2026-02-27
                       l | Lena  |            |""",
    "dim_team": "team_id | name\nw | West\ne | East",
    "employee_team": """employee_id | team_id | role | valid_from | valid_to
                        a | w | ae   | 2025-01-01 | 9999-12-31
                        b | w | ae   | 2025-01-01 | 9999-12-31
                        c | e | ae   | 2025-01-01 | 9999-12-31
                        d | e | sdr  | 2026-03-10 | 9999-12-31
                        e | e | ae   | 2025-01-01 | 9999-12-31
                        l | w | lead | 2025-01-01 | 9999-12-31""",
    "dim_calendar": "day | is_working\n"
    + "\n".join(f"2026-03-{day:02} | {day not in (7, 8)}" for day in range(2, 14))
    + "\n"
    + "\n".join(f"2026-02-{day:02} | {day not in (21, 22, 28)}" for day in range(16, 29)),
}
WON = """deal_id | title | employee_id | team_id | closed_role | closed_at | outcome | amount_home
         1 | Secret | a | w | ae | 2026-03-03 10:00 | won | 100
         2 | Secret | a | w | ae | 2026-03-04 10:00 | won | 200
         3 | Secret | b | w | ae | 2026-03-05 10:00 | won | 900
         4 | Secret | c | e | ae | 2026-03-05 10:00 | won | 50
         5 | Secret | e | e | ae | 2026-03-06 10:00 | won | 70
         6 | Secret | c | e | ae | 2026-02-20 10:00 | won | 10
         7 | Secret | b | w | ae | 2026-03-06 10:00 | lost | 999"""
CALLS = """call_id | employee_id | team_id | started_role | started_at | direction | answered | talk_seconds
           1 | d | e | sdr | 2026-03-11 10:00 | out | true | 60"""
PLANS = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
           deals_won | employee | a | w | true | true | 2026-03-03 | 4"""


def lake(**tables: str) -> MemoryEngine:
    return lake_of(**{"fct_deals": WON, "fct_calls": CALLS, **MEMBERS, **tables})


def made(
    engine: MemoryEngine | None = None,
    asked: BoardAsked | None = None,
    period: Period = WEEKS,
    settings: Settings = SETTINGS,
) -> Contents:
    metrics = metrics_over(engine or lake(), FRIDAY)
    frame = Frame(metrics, PageAsked(period=period), Scope.everything(), NOW, settings)
    return board_page(frame, asked or BoardAsked(sight=Scope.everything()))


def stands(contents: Contents, name: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in contents.tables[f"places:{name}"].rows]


def test_each_stands_among_the_own_role_by_what_the_role_is_measured_by() -> None:
    page = made()
    lists = {row["board"]: row["metrics"] for row in page.tables["boards"].rows}
    assert lists == {"sdr": "calls", "ae": "deals_won,revenue", TEAMS: "deals_won,revenue,calls"}
    assert stands(page, "ae:deals_won", "place", "is_shared", "employee", "beside", "deals_won") == [
        (1, False, "Anna", "West", 2),
        (2, True, "Boris", "West", 1),
        (2, True, "Clara", "East", 1),
    ]
    assert stands(page, "ae:revenue", "place", "employee") == [(1, "Boris"), (2, "Anna"), (3, "Clara")]


def test_who_came_has_a_place_and_who_left_before_counts_in_the_total_alone() -> None:
    page = made()
    assert stands(page, "sdr:calls", "place", "employee", "calls") == [(1, "Dina", 1)]
    totals = page.tables["places:ae:deals_won"].totals
    assert (totals["deals_won"], totals["without_place"]) == (5, 1)  # Egor's deal of 6 March


def test_the_place_before_is_told_of_who_was_there_before() -> None:
    before = {row["employee"]: row["place_previous"] for row in made().tables["places:ae:deals_won"].rows}
    assert before == {"Anna": 2, "Boris": 2, "Clara": 1}
    assert [row["place_previous"] for row in made().tables["places:sdr:calls"].rows] == [None]


def test_plans_stand_beside_the_facts_of_whoever_has_one() -> None:
    page = made(lake(fct_plan_days=PLANS))
    shown = stands(page, "ae:deals_won", "employee", "deals_won_plan", "deals_won_attainment")
    # the plan is of 3 March alone, on which Anna won one
    assert shown == [("Anna", 4, 25), ("Boris", None, None), ("Clara", None, None)]
    assert "revenue_plan" not in page.tables["places:ae:revenue"].rows[0]


def test_teams_have_places_by_all_that_was_done_in_them() -> None:
    page = made()
    assert stands(page, f"{TEAMS}:deals_won", "place", "team", "deals_won", "beside") == [
        (1, "West", 3, 2),  # Lena leads: she is not counted among the people
        (2, "East", 2, 2),
    ]


def test_parts_and_whoever_has_no_place_sum_to_the_whole() -> None:
    for name, table in made().tables.items():
        if name.startswith("places:"):
            metric = name.rpartition(":")[2]
            parts = sum(float(str(row[metric])) for row in table.rows) + float(str(table.totals["without_place"]))
            assert parts == float(str(table.totals[metric])), name


def test_nothing_but_people_teams_and_totals_is_told() -> None:
    page = made()
    assert "Secret" not in repr([page.tables, page.blocks, page.findings])
    assert page.lists == {}
    assert [block.answer.rows for block in page.blocks.values()] == [[], [], []]


def test_what_may_be_opened_is_what_the_visitor_sees_whole() -> None:
    def opened(sight: Scope) -> dict[object, object]:
        rows = made(asked=BoardAsked(sight=sight)).tables["places:ae:deals_won"].rows
        return {row["employee"]: row["opens"] for row in rows}

    assert opened(Scope.of("b")) == {"Anna": False, "Boris": True, "Clara": False}
    # of a person who was in the team for a part of the days the records would not add up to the figure
    part = Scope(spans=(Span("a", date(2026, 3, 5)), Span("c", date(2026, 1, 1), date(2026, 3, 14))))
    assert opened(part) == {"Anna": False, "Boris": False, "Clara": True}
    teams = made(asked=BoardAsked(sight=Scope.of("b"))).tables[f"places:{TEAMS}:deals_won"].rows
    assert {row["opens"] for row in teams} == {False}


def test_the_chosen_metrics_are_shown_in_their_order() -> None:
    page = made(asked=BoardAsked(("revenue", "calls"), Scope.everything()))
    lists = {row["board"]: row["metrics"] for row in page.tables["boards"].rows}
    assert lists["ae"] == "revenue"
    # of a role none of whose own metrics was chosen all are shown, those with anything in them first
    only = made(asked=BoardAsked(("revenue", "deals_won"), Scope.everything()))
    assert {row["board"]: row["metrics"] for row in only.tables["boards"].rows}["sdr"] == "revenue,deals_won"


def test_who_is_first_is_said_with_how_much_ahead() -> None:
    said = {(each.values["board"], each.values["metric"]): each for each in made().findings}
    leader = said[("ae", "deals_won")]
    assert (leader.kind, leader.values["names"], leader.values["value"], leader.values["lead"]) == (
        "leader",
        "Anna",
        2,
        1,
    )
    assert said[("sdr", "calls")].kind == "alone"


def test_where_nobody_has_a_role_all_stand_in_one_list() -> None:
    spans = "\n".join(
        line.replace("| ae ", "|    ").replace("| sdr ", "|     ").replace("| lead ", "|      ")
        for line in MEMBERS["employee_team"].splitlines()
    )
    page = made(lake(employee_team=spans))
    assert [row["board"] for row in page.tables["boards"].rows] == ["", TEAMS]
    assert {row["employee"] for row in page.tables["places::deals_won"].rows} >= {"Anna", "Boris", "Clara", "Dina"}


def test_days_without_any_data_are_said_to_be_so() -> None:
    page = made(lake_of(**MEMBERS))
    assert page.headline.kind == "not_loaded"
    assert list(page.tables) == ["boards"]


def test_rates_and_what_is_better_less_have_no_places() -> None:
    metrics = metrics_over(lake(), FRIDAY)
    assert can_be_shown(metrics, "deals_won")
    assert not any(
        can_be_shown(metrics, name) for name in ("win_rate", "deals_lost", "average_deal", "clicks", "nothing")
    )
    assert {"calls", "revenue"} <= set(that_can_be_shown(metrics))
