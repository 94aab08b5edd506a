from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.roles import Role
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker
from voronka.reports.page import Frame, PageAsked, Table
from voronka.reports.people import people_of
from voronka.reports.team_compared import ComparedRole
from voronka.settings import Settings

NOW = datetime(2026, 3, 13, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
WEEKS = Period(date(2026, 3, 2), date(2026, 3, 13))
WORKED = [day for day in range(2, 14) if day not in (7, 8)]
PEOPLE = {"a": "Anna", "b": "Boris", "c": "Clara"}
MEMBERS = {
    "dim_employee": "employee_id | name\n" + "\n".join(f"{key} | {name}" for key, name in PEOPLE.items()),
    "employee_team": "employee_id | team_id | role | valid_from | valid_to\n"
    + "\n".join(f"{key} | w | ae | 2025-01-01 | 9999-12-31" for key in PEOPLE),
    "dim_calendar": "day | is_working\n" + "\n".join(f"2026-03-{day:02} | {day in WORKED}" for day in range(2, 14)),
    "dim_channel": "channel_id | name\nsite | Site\nfair | Fair",
}
SETTINGS = Settings(roles={"ae": Role(metrics=("revenue", "win_rate", "deals_won"))})
WON = {"a": (18, 2), "b": (9, 12), "c": (8, 14)}
"""Of 20 hot and 40 cold deals of each, so many were won."""


def deals(each: dict[str, tuple[int, int]], sizes: dict[str, tuple[int, int]]) -> MemoryEngine:
    head = "deal_id|employee_id|team_id|closed_role|closed_at|outcome|amount_home|temperature|channel_id|handed_by"
    rows = [
        f"{who}{kind}{n}|{who}|w|ae|2026-03-{WORKED[n % 10]:02} 10:00|{'won' if n < won else 'lost'}|{100 + n}|{kind}||"
        for who in each
        for kind, won, size in zip(("hot", "cold"), each[who], sizes[who], strict=True)
        for n in range(size)
    ]
    return lake_of(fct_deals="\n".join([head, *rows]), **MEMBERS)


def made(engine: MemoryEngine, settings: Settings = SETTINGS) -> dict[str, Table]:
    frame = Frame(metrics_over(engine, date(2026, 3, 13)), PageAsked(period=WEEKS), Scope.everything(), NOW, settings)
    asker = Asker(frame.metrics, frame.scope, (Filter("role", ("ae",)),))
    shown = settings.roles["ae"].metrics
    return ComparedRole(frame, asker, "ae", shown, people_of(frame)).tables()


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return made(deals(WON, dict.fromkeys(PEOPLE, (20, 40))))


def test_a_role_is_compared_by_its_rates_means_and_money_a_day(tables: dict[str, Table]) -> None:
    # deals won are a count: a fact, not a rate; the average deal stands beside though the settings do not name it
    assert [row["metric"] for row in tables["rates:ae"].rows] == ["revenue", "win_rate", "average_deal"]
    assert {name for name in tables if name.startswith("compared:")} == {
        "compared:ae:revenue",
        "compared:ae:win_rate",
        "compared:ae:average_deal",
    }


def test_the_figures_are_those_of_the_metric(tables: dict[str, Table]) -> None:
    table = tables["compared:ae:win_rate"]
    rows = {row["employee"]: row for row in table.rows}
    assert rows["Anna"]["win_rate"] == pytest.approx(100 * 20 / 60)
    assert rows["Boris"]["among"] == 60
    assert table.totals["win_rate"] == pytest.approx(100 * 63 / 180)
    assert [column.unit for column in table.columns if column.name in {"win_rate", "expected", "adjusted"}] == [
        "percent"
    ] * 3


def test_money_a_day_is_the_whole_over_the_days_worked(tables: dict[str, Table]) -> None:
    rows = {row["employee"]: row for row in tables["compared:ae:revenue"].rows}
    # Anna won 18 hot deals of 100 to 117 and two cold ones of 100 and 101, on ten days
    assert rows["Anna"]["revenue"] == pytest.approx((sum(range(100, 118)) + 201) / 10)


def test_means_are_those_of_the_metric(tables: dict[str, Table]) -> None:
    rows = {row["employee"]: row for row in tables["compared:ae:average_deal"].rows}
    assert rows["Anna"]["average_deal"] == pytest.approx((sum(range(100, 118)) + 201) / 20)
    assert rows["Anna"]["among"] == 20


def test_equal_mixes_expect_the_roles_figure_of_everybody(tables: dict[str, Table]) -> None:
    rows = tables["compared:ae:win_rate"].rows
    assert [row["expected"] for row in rows] == pytest.approx([35.0] * 3)
    assert [row["adjusted"] for row in rows] == pytest.approx([row["win_rate"] for row in rows])
    rate = tables["rates:ae"].rows[1]
    assert (rate["test"], rate["factors"]) == ("drawn", "temperature,channel,handed_by")


def test_whose_leads_are_hot_is_judged_by_that() -> None:
    sizes = {"a": (50, 10), "b": (25, 35), "c": (25, 35)}
    rows = {
        row["employee"]: row
        for row in made(deals({"a": (40, 1), "b": (20, 7), "c": (20, 7)}, sizes))["compared:ae:win_rate"].rows
    }
    # of hot leads 80 of 100 are won, of cold ones 15 of 80
    assert rows["Anna"]["expected"] == pytest.approx(100 * (50 * 0.8 + 10 * 15 / 80) / 60)
    assert rows["Anna"]["win_rate"] > rows["Boris"]["win_rate"]  # type: ignore[operator]
    assert rows["Anna"]["adjusted"] < rows["Boris"]["adjusted"]  # type: ignore[operator]
    # a sixth of hers are cold, of all four ninths: further from the role's share than the hot ones are
    assert (rows["Anna"]["mix_of"], rows["Anna"]["mix_value"]) == ("temperature", "cold")
    assert (rows["Anna"]["mix_own"], rows["Anna"]["mix_whole"]) == pytest.approx((100 / 6, 400 / 9))
    assert rows["Anna"]["side"] == "alike"


def test_the_limits_reach_from_the_least_to_the_most_tried(tables: dict[str, Table]) -> None:
    rows = tables["limits:ae:win_rate"].rows
    assert rows[0]["among"] <= 60 <= rows[-1]["among"]  # type: ignore[operator]
    assert all(row["far_low"] <= row["near_low"] <= row["near_high"] <= row["far_high"] for row in rows)  # type: ignore[operator]


def test_two_people_are_not_compared() -> None:
    assert made(deals({"a": (5, 1), "b": (4, 2)}, {"a": (10, 5), "b": (10, 5)})).keys() <= {
        "rates:ae",
        "compared:ae:revenue",
        "limits:ae:revenue",
    }
