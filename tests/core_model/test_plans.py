"""Plans cut to days: the ramp of newcomers, and plans that lie over each other."""

from datetime import date
from decimal import Decimal

from tests.company import CompanyFolder

PLANS = {"metric": "metric", "employee": "who", "team": "team", "starts_on": "from", "ends_on": "to", "value": "value"}
PEOPLE = {"name": "name", "team": "team", "hired_on": "hired"}
DAYS = "SELECT day, value FROM fct_plan_days WHERE scope = '{}' AND value > 0 ORDER BY 1"


def hired(company: CompanyFolder, ramp: str, plan: str) -> None:
    """Build a company that hired Anna on Wednesday, 11 March 2026, with a ramp and one plan of calls."""
    company.settings = f"[ramp]\nmonths = {ramp}\n"
    company.__post_init__()
    company.additive_metrics = ("calls",)
    company.stream("hr", "people", "name,team,hired\nAnna,West,2026-03-11\n", into="employees", columns=PEOPLE)
    company.stream("hr", "plans", f"metric,who,team,from,to,value\n{plan}\n", into="plans", key="auto", columns=PLANS)
    company.load_and_build()


def test_a_newcomers_plan_keeps_its_sum_and_grows_with_the_months_of_work(company: CompanyFolder) -> None:
    # of 8 to 15 April the first three days fall into her first month, the 13th on into the second: 3 * 1 + 3 * 2 = 9
    hired(company, "[50, 100]", "calls,Anna,,2026-04-08,2026-04-15,90")
    assert company.ask(DAYS.format("employee")) == [
        (date(2026, 4, 8), Decimal(10)),
        (date(2026, 4, 9), Decimal(10)),
        (date(2026, 4, 10), Decimal(10)),
        (date(2026, 4, 13), Decimal(20)),
        (date(2026, 4, 14), Decimal(20)),
        (date(2026, 4, 15), Decimal(20)),
    ]


def test_days_before_the_hiring_have_nothing_of_a_newcomers_plan(company: CompanyFolder) -> None:
    hired(company, "[25, 50]", "calls,Anna,,2026-03-10,2026-03-12,30")
    assert company.ask(DAYS.format("employee")) == [
        (date(2026, 3, 11), Decimal(15)),
        (date(2026, 3, 12), Decimal(15)),
    ]


def test_without_a_ramp_and_for_teams_all_working_days_are_alike(company: CompanyFolder) -> None:
    hired(company, "[]", "calls,Anna,,2026-03-10,2026-03-12,30\ncalls,,West,2026-03-10,2026-03-12,60")
    days = (date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 12))
    assert company.ask(DAYS.format("employee")) == [(each, Decimal(10)) for each in days]
    assert company.ask(DAYS.format("team")) == [(each, Decimal(20)) for each in days]


def test_a_plan_with_its_owner_told_in_words_or_by_the_column_is_one_plan_stated_twice(company: CompanyFolder) -> None:
    company.additive_metrics = ("calls",)
    columns = {**PLANS, "scope": "scope"}
    text = "metric,scope,who,team,from,to,value\ncalls,,Anna,,2026-03-10,2026-03-10,3\n"
    text += "calls,Employee,Anna,,2026-03-10,2026-03-10,4\n"
    company.stream("hr", "plans", text, into="plans", key="auto", columns=columns)
    company.load_and_build()
    assert company.ask("SELECT scope, revision, value FROM fct_plans ORDER BY 2") == [
        ("employee", 1, Decimal(3)),
        ("employee", 2, Decimal(4)),
    ]
    assert company.ask("SELECT value FROM fct_plan_days") == [(Decimal(4),)]
