"""How a plan lies on its days: days off, absences, a newcomer's ramp."""

from datetime import date
from decimal import Decimal

from tests.metrics.memory_engine import built_in, lake_of
from voronka.domain.period import Period
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.plan_days import plan_days
from voronka.reports.plan_grid import Owner
from voronka.settings import Settings

WEEK = Period(date(2026, 3, 9), date(2026, 3, 13))


def days(owner: Owner, months: list[int]) -> list[tuple[int, Decimal | None, str, float]]:
    """Return Monday to Friday, of which Monday is off; Anna is hired on Wednesday and absent on Friday."""
    lake = lake_of(
        dim_calendar="\n".join(
            ["day | is_working", "2026-03-09 | false", *(f"2026-03-{n} | true" for n in range(10, 14))]
        ),
        dim_employee="employee_id | name | hired_on\na | Anna | 2026-03-11",
        employee_time="employee_id | starts_at | ends_at | kind\na | 2026-03-12 21:00 | 2026-03-13 21:00 | absence",
        fct_plan_days="metric | scope | scope_id | day | value\n"
        "calls | employee | a | 2026-03-12 | 7.5\ncalls | team | a | 2026-03-10 | 4",
    )
    metrics = Metrics(lake, built_in(), MetricsCompany("RUB", lambda: WEEK.first, "Europe/Moscow"))
    settings = Settings.model_validate({"time_zone": "Europe/Moscow", "ramp": {"months": months}})
    return [
        (each.day.day, each.value, each.kind, each.share) for each in plan_days(metrics, settings, "calls", owner, WEEK)
    ]


def test_a_newcomers_days_begin_with_the_hiring_and_count_by_the_ramp() -> None:
    assert days(("employee", "a"), [25, 50]) == [
        (9, None, "not_hired", 0),
        (10, None, "not_hired", 0),
        (11, None, "working", 25),
        (12, Decimal("7.5"), "working", 25),
        (13, None, "absent", 25),
    ]


def test_a_teams_days_know_of_days_off_alone() -> None:
    assert days(("team", "a"), [25]) == [
        (9, None, "off", 100),
        (10, Decimal(4), "working", 100),
        (11, None, "working", 100),
        (12, None, "working", 100),
        (13, None, "working", 100),
    ]
