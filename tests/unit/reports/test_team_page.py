from collections.abc import Iterable
from datetime import date, datetime

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from tests.reports.companies import company
from voronka.analyses.growth import growth
from voronka.analyses.score import score
from voronka.domain.period import Period
from voronka.domain.roles import Role
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.reports.team_page import WITHOUT_ROLE, team_page
from voronka.settings import Settings

FRIDAY = date(2026, 3, 13)
NOW = datetime(2026, 3, 13, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
WEEKS = Period(date(2026, 3, 2), FRIDAY)
WORKED = [day for day in range(2, 14) if day not in (7, 8)]
ROLES = {
    "sdr": Role(metrics=("calls", "reach_rate")),
    "ae": Role(metrics=("win_rate", "deals_won", "deals_lost")),
    "lead": Role(metrics=("deals_won",)),
}
SETTINGS = Settings(roles=ROLES)
MEMBERS = {
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara\nd | Dina\ne | Egor",
    "employee_team": """employee_id | team_id | role | valid_from | valid_to
                        a | w | sdr | 2025-01-01 | 9999-12-31
                        b | w | sdr | 2025-01-01 | 9999-12-31
                        c | w | sdr | 2025-01-01 | 9999-12-31
                        d | w | sdr | 2025-01-01 | 9999-12-31
                        e | e | ae  | 2025-01-01 | 9999-12-31""",
    "dim_calendar": "day | is_working\n" + "\n".join(f"2026-03-{day:02} | {day in WORKED}" for day in range(2, 14)),
}


def calls(person: str, *a_day: int) -> str:
    """Return so many calls a day of a person, the numbers taken in turn over the worked days."""
    return "\n".join(
        f"{person}{day}.{n} | {person} | w | sdr | 2026-03-{day:02} 10:00 | out | true | 60"
        for at, day in enumerate(WORKED)
        for n in range(a_day[at % len(a_day)])
    )


def lake(*rows: str, **tables: str) -> MemoryEngine:
    head = "call_id | employee_id | team_id | started_role | started_at | direction | answered | talk_seconds"
    deals = "deal_id | employee_id | team_id | closed_role | closed_at | outcome | amount_home"
    won = "1 | e | e | ae | 2026-03-03 10:00 | won | 100\n2 | a | w | sdr | 2026-03-04 10:00 | won | 50"
    given = {"fct_calls": "\n".join([head, *rows]), "fct_deals": f"{deals}\n{won}", **MEMBERS, **tables}
    return lake_of(**given)


def made(engine: MemoryEngine, asked: PageAsked | None = None, settings: Settings = SETTINGS) -> Contents:
    return team_page(framed(metrics_over(engine, FRIDAY), asked or PageAsked(period=WEEKS), settings))


def framed(metrics: Metrics, asked: PageAsked, settings: Settings = SETTINGS) -> Frame:
    return Frame(metrics, asked, Scope.everything(), NOW, settings)


APART = (calls("a", 11, 9), calls("b", 5), calls("c", 4, 6), calls("d", 5))


def test_people_of_two_roles_never_stand_in_one_list() -> None:
    blocks = made(lake(*APART)).blocks
    assert [name for name in blocks if name.startswith("role:")] == ["role:sdr", "role:ae"]
    assert blocks["role:sdr"].ask.metrics == ("calls", "reach_rate")
    assert {row["employee"] for row in blocks["role:sdr"].answer.rows} == {"Anna", "Boris", "Clara", "Dina"}
    assert [(row["employee"], row["deals_won"]) for row in blocks["role:ae"].answer.rows] == [("Egor", 1)]


def test_who_stands_apart_from_the_role_is_told_beyond_chance() -> None:
    page = made(lake(*APART))
    sides = {row["employee"]: (row["side"], row["mean"], row["level"]) for row in page.tables["standing"].rows}
    assert sides["Anna"] == ("ahead", 10, 5)
    assert {sides[name][0] for name in ("Boris", "Clara", "Dina")} == {"alike"}
    assert sides["Egor"] == ("unknown", 0.1, None)
    assert (page.headline.kind, page.headline.values) == ("apart", {"count": 4, "ahead": 1, "behind": 0})
    [ahead] = page.findings
    assert (ahead.kind, ahead.values) == ("ahead", {"count": 1, "names": "Anna", "more": 0})
    assert ahead.ask is not None
    assert ahead.ask.where == (Filter("employee", ("a",)),)


CHECK = "check_name | class | entity | title | is_made\nshort_call_series | odd | call | short | true"


def short_series(person: str, days: Iterable[int]) -> str:
    """Return what the check of very short calls tells of a person, a series a day."""
    head = "check_name | class | entity | entity_id | record_id | employee_id | team_id | role | from_day | to_day"
    rows = (
        f"short_call_series | odd | call | {person}{day} | {person}{day} | {person} | w | sdr | 2026-03-{day:02}"
        " | 9999-12-31"
        for day in days
    )
    return "\n".join([head, *rows])


CHECKED = {
    "dim_check": CHECK,
    "fct_checked_records": "entity | employee_id | from_day | to_day | records\ncall | a | 2026-01-01 | 9999-12-31 | 9",
}


def test_who_makes_series_of_very_short_calls_is_not_called_ahead_for_their_count() -> None:
    # seven of ten days worked against none of the others: beyond chance
    page = made(lake(*APART, **CHECKED, fct_quality_issues=short_series("a", WORKED[:7])))
    sides = {row["employee"]: (row["side"], row["mean"], row["level"]) for row in page.tables["standing"].rows}
    assert sides["Anna"] == ("series", 10, 5)
    assert (page.headline.kind, page.headline.values) == ("series", {"count": 1})
    assert [(finding.kind, finding.values["names"]) for finding in page.findings] == [("call_series", "Anna")]


def test_who_is_behind_is_told_beside_whose_many_calls_are_short() -> None:
    calling = (calls("a", 11, 9), calls("b", 5), calls("c", 4, 6), calls("d", 1))
    page = made(lake(*calling, **CHECKED, fct_quality_issues=short_series("a", WORKED[:7])))
    assert page.headline.values == {"count": 4, "ahead": 0, "behind": 1, "in_series": 1}
    assert [finding.kind for finding in page.findings] == ["call_series", "behind"]


def test_series_of_whoever_is_not_ahead_take_nothing_away() -> None:
    page = made(lake(*APART, **CHECKED, fct_quality_issues=short_series("b", WORKED[:7])))
    assert (page.headline.kind, [finding.kind for finding in page.findings]) == ("apart", ["ahead"])


def test_who_makes_series_is_not_among_the_best_by_calls() -> None:
    settings = Settings(roles={"sdr": Role(metrics=("calls",), result="calls")})
    team = MEMBERS["employee_team"].replace("| e | ae ", "| w | sdr") + "\nf | w | sdr | 2025-01-01 | 9999-12-31"
    people = {"employee_team": team, "dim_employee": MEMBERS["dim_employee"] + "\nf | Fyodor"}
    calling = [calls(who, a_day) for who, a_day in zip("abcdef", (10, 6, 5, 4, 3, 2), strict=True)]
    all_told = made(lake(*calling, **people), settings=settings).tables["best:sdr"].rows
    assert [row["employee"] for row in all_told] == ["Anna", "Boris"]
    checked = lake(*calling, **people, **CHECKED, fct_quality_issues=short_series("a", WORKED[:7]))
    rows = made(checked, settings=settings).tables["best:sdr"].rows
    assert [row["employee"] for row in rows] == ["Boris", "Clara"]


def test_where_all_do_about_the_same_nobody_is_named() -> None:
    page = made(lake(calls("a", 4, 6), calls("b", 5), calls("c", 4, 6), calls("d", 6, 4)))
    assert (page.headline.kind, page.findings) == ("alike", ())


def test_who_worked_and_did_nothing_is_told_by_that() -> None:
    [silent] = made(lake(calls("a", 4, 6), calls("b", 5), calls("c", 4, 6))).findings
    assert (silent.kind, silent.values) == ("silent", {"count": 1, "names": "Dina", "more": 0})


def test_people_are_compared_by_the_first_metric_whose_days_add_up() -> None:
    # a win rate is no sum of days, and of lost deals fewer are better
    page = made(lake(*APART))
    assert {row["role"]: row["metric"] for row in page.tables["standing"].rows} == {"sdr": "calls", "ae": "deals_won"}
    assert page.blocks["course:sdr"].ask.by == ("employee", "day")


def test_one_role_may_be_asked_for_and_the_others_stay_to_choose_from() -> None:
    page = made(lake(*APART), PageAsked(period=WEEKS, roles=("ae",)))
    assert [name for name in page.blocks if name.startswith("role:")] == ["role:ae"]
    assert [(row["role"], row["people"]) for row in page.tables["roles"].rows] == [("sdr", 4), ("ae", 1)]
    assert page.tables["roles"].rows[0]["title_en"] == "SDR"


def test_who_leads_others_is_shown_where_asked_for() -> None:
    spans = MEMBERS["employee_team"].replace("e | e | ae ", "e | e | lead")
    page = made(lake(*APART, employee_team=spans))
    assert [name for name in page.blocks if name.startswith("role:")] == ["role:sdr"]
    assert [row["role"] for row in page.tables["roles"].rows] == ["sdr", "lead"]
    asked = made(lake(*APART, employee_team=spans), PageAsked(period=WEEKS, roles=("lead",)))
    assert [name for name in asked.blocks if name.startswith("role:")] == ["role:lead"]


def test_plans_are_shown_where_anybody_has_one() -> None:
    plan = "metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value\n" + "\n".join(
        f"calls | employee | a | w | true | true | 2026-03-{day:02} | {5 if day in WORKED else 0}"
        for day in range(2, 14)
    )
    whole = (
        "metric | scope | scope_id | starts_on | ends_on | value\ncalls | employee | a | 2026-03-02 | 2026-03-13 | 50"
    )
    page = made(lake(*APART, fct_plan_days=plan, fct_plans=whole))
    assert [name for name in page.blocks if name.startswith("plans:")] == ["plans:sdr"]
    plans = page.blocks["plans:sdr"]
    assert plans.ask.metrics == ("calls_plan", "calls_attainment", "calls_pace")
    rows = {row["employee"]: row["calls_attainment"] for row in plans.answer.rows}
    assert rows["Anna"] == 200


def test_what_an_analysis_answers_is_asked_without_a_plan() -> None:
    settings = Settings(roles={"sdr": Role(metrics=("revenue_growth", "calls"))})
    metrics = metrics_over(lake(*APART), FRIDAY)
    grown = Metrics(lake(*APART), metrics.catalogue, metrics.company, {"growth": growth})
    blocks = team_page(framed(grown, PageAsked(period=WEEKS, compare=None), settings)).blocks
    assert blocks["role:sdr"].ask.metrics == ("revenue_growth", "calls")


def test_who_is_behind_a_plan_of_revenue_is_told() -> None:
    page = team_page(framed(metrics_over(company("whole"), date(2026, 3, 16)), PageAsked(), Settings()))
    assert "people_behind_plan" in {finding.kind for finding in page.findings}


def test_a_score_stands_first_where_the_settings_weigh_one() -> None:
    settings = Settings.model_validate(
        {"roles": ROLES, "score": {"sdr": {"weights": {"calls": 1}, "targets": {"calls": 5}}}}
    )
    metrics = metrics_over(lake(*APART), FRIDAY)
    scored = Metrics(lake(*APART), metrics.catalogue, metrics.company, {"score": score(settings.score)})
    blocks = team_page(framed(scored, PageAsked(period=WEEKS, compare=None), settings)).blocks
    assert blocks["role:sdr"].ask.metrics == ("score", "calls", "reach_rate")
    rows = {row["employee"]: row["score"] for row in blocks["role:sdr"].answer.rows}
    assert rows == {"Anna": 120, "Boris": 100, "Clara": 100, "Dina": 100}  # 10 of 5 a day, capped; 5 of 5
    assert "score" not in blocks["role:ae"].ask.metrics


def test_a_company_without_roles_is_one_list() -> None:
    lone = {name: text for name, text in MEMBERS.items() if name != "employee_team"}
    page = made(lake(*APART, employee_team="employee_id", **{n: t for n, t in lone.items() if n == "dim_calendar"}))
    assert [name for name in page.blocks if name.startswith("role:")] == ["role:"]
    assert page.blocks["role:"].ask.metrics == WITHOUT_ROLE
    assert page.blocks["role:"].ask.where == ()
    assert {row["employee"] for row in page.blocks["role:"].answer.rows} >= {"Anna", "Boris"}


def test_people_without_roles_are_compared_by_what_is_known_of_them_and_it_is_said() -> None:
    members = """employee_id | team_id | role | valid_from | valid_to
                 a | w | | 2025-01-01 | 9999-12-31
                 b | w | | 2025-01-01 | 9999-12-31"""
    won = ["deal_id | employee_id | team_id | closed_at | outcome | amount_home"]
    won += [f"{who}{day} | {who} | w | 2026-03-{day:02} 10:00 | won | 10" for day in WORKED for who in "ab"]
    engine = lake_of(**{**MEMBERS, "employee_team": members}, fct_deals="\n".join(won))
    page = made(engine)
    assert page.headline.kind != "nothing"
    assert {row["metric"] for row in page.tables["standing"].rows} == {"deals_won"}  # no call was ever loaded
    means = {row["employee"]: row["mean"] for row in page.tables["standing"].rows}
    assert means == {"Anna": 1, "Boris": 1, "Clara": 0, "Dina": 0, "Egor": 0}
    told = next(finding for finding in page.findings if finding.kind == "no_roles")
    assert told.values["count"] == 5


def test_people_of_whose_work_nothing_is_known_are_not_said_to_be_away() -> None:
    members = "employee_id | team_id | role | valid_from | valid_to\na | w | | 2025-01-01 | 9999-12-31"
    page = made(lake_of(**{**MEMBERS, "employee_team": members}))
    assert page.headline.kind == "nothing_known"


def test_an_empty_company_has_nobody_to_tell_of() -> None:
    page = made(company("empty"))
    assert (page.headline.kind, page.findings) == ("nothing", ())
