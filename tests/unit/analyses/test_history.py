"""The days of the past, a value per metric, group and day."""

from datetime import date

from tests.metrics.memory_engine import built_in, lake_of, metrics_over, query
from voronka.analyses.history import history, key_of
from voronka.domain.period import Period
from voronka.metrics.query import Metrics, MetricsCompany

KNOWN = Period(date(2026, 1, 1), date(2026, 3, 6))
CALLS = """activity_id | kind | employee_id | started_at       | direction
           1           | call | a           | 2026-03-02 10:00 | out
           2           | call | a           | 2026-03-04 10:00 | out
           3           | call | b           | 2026-03-04 11:00 | in
           4           | call |             | 2026-03-04 12:00 | in"""


def test_days_begin_with_the_first_value_and_parts_sum_to_the_first_group() -> None:
    metrics = metrics_over(lake_of(fct_calls=CALLS), date(2026, 3, 6))
    found = history(metrics, query("calls", by=["employee"]), KNOWN, date(2026, 3, 9))
    assert found.first == date(2026, 3, 2)
    assert found.groups[0] is None
    assert dict(zip(found.groups, found.flows.values[0].tolist(), strict=True)) == {
        None: [1, 0, 3, 0, 0],
        ("a",): [1, 0, 1, 0, 0],
        ("b",): [0, 0, 1, 0, 0],
        (None,): [0, 0, 1, 0, 0],
    }
    assert found.place(date(2026, 3, 4)) == 2


def test_days_that_no_calendar_knows_are_worked_from_monday_to_friday() -> None:
    calendar = "day | is_working\n2026-03-03 | false"
    metrics = metrics_over(lake_of(fct_calls=CALLS, dim_calendar=calendar), date(2026, 3, 6))
    found = history(metrics, query("calls"), KNOWN, date(2026, 3, 9))
    assert found.calendar.is_working.tolist() == [True, False, True, True, True, False, False, True]
    assert found.calendar.weekdays.tolist() == [0, 1, 2, 3, 4, 5, 6, 0]


def test_who_is_absent_or_has_left_is_not_there() -> None:
    lake = lake_of(
        fct_calls=CALLS,
        dim_employee="employee_id | name | left_on\na | Anna | 2026-03-05\nb | Boris | ",
        # midnight to midnight in Moscow: Tuesday the 3rd and Wednesday the 4th
        employee_time="""employee_id | kind    | starts_at        | ends_at
                         b           | absence | 2026-03-02 21:00 | 2026-03-04 21:00
                         b           | shift   | 2026-03-05 06:00 | 2026-03-05 15:00""",
    )
    company = MetricsCompany("RUB", lambda: date(2026, 3, 6), "Europe/Moscow")
    metrics = Metrics(lake, built_in(), company)
    found = history(metrics, query("calls", by=["employee"]), KNOWN, date(2026, 3, 7))
    there = dict(zip(found.groups, found.flows.present.tolist(), strict=True))
    assert there[("a",)] == [1, 1, 1, 1, 0, 0]
    assert there[("b",)] == [1, 0, 0, 1, 1, 1]
    assert there[None] == [1] * 6


def test_a_group_is_told_by_ids_of_members_and_by_plain_values() -> None:
    row: dict[str, object] = {"employee": "Anna", "employee_id": "a", "direction": "in"}
    assert key_of(row, ["employee", "direction"]) == ("a", "in")
