from datetime import date

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.analyses.presence import Person, presence, roles_held
from voronka.domain.period import Period
from voronka.domain.scope import Scope

CALENDAR = """day | is_working
              2026-03-12 | true
              2026-03-13 | true
              2026-03-14 | false
              2026-03-16 | true
              2026-03-17 | true"""
PEOPLE = """employee_id | name | hired_on | left_on
            a | Anna  | 2025-01-01 |
            b | Boris | 2026-03-13 | 2026-03-16
            c |       | 2025-01-01 |"""
SPANS = """employee_id | team_id | role | valid_from | valid_to
           a | w | sdr | 2025-01-01 | 2026-03-16
           a | e | ae  | 2026-03-16 | 9999-12-31"""
ABSENT = """employee_id | starts_at | ends_at | kind
            a | 2026-03-13 00:00 | 2026-03-14 00:00 | absence
            a | 2026-03-16 09:00 | 2026-03-16 18:00 | shift
            c | 2026-03-12 00:00 | 2026-03-13 00:00 | absence"""
WEEK = Period(date(2026, 3, 12), date(2026, 3, 17))


def found(scope: Scope | None = None) -> dict[str, Person]:
    lake = lake_of(dim_calendar=CALENDAR, dim_employee=PEOPLE, employee_team=SPANS, employee_time=ABSENT)
    return dict(presence(metrics_over(lake), scope or Scope.everything(), WEEK))


def march(*days: int) -> frozenset[date]:
    return frozenset(date(2026, 3, day) for day in days)


def test_a_day_off_and_a_day_of_absence_are_not_worked_but_a_shift_is() -> None:
    people = found()
    assert people["a"].days == march(12, 16, 17)
    assert people["c"].days == march(13, 16, 17)


def test_who_is_in_no_team_works_from_hiring_to_the_day_of_leaving() -> None:
    assert found()["b"].days == march(13, 16)


def test_who_is_new_or_gone_is_not_there_though_the_team_is_told_without_days() -> None:
    spans = "employee_id | team_id | role | valid_from | valid_to\nb | w | sdr | 1900-01-01 | 9999-12-31"
    lake = lake_of(dim_calendar=CALENDAR, dim_employee=PEOPLE, employee_team=spans)
    assert presence(metrics_over(lake), Scope.everything(), WEEK)["b"].days == march(13, 16)


def test_each_day_counts_for_the_role_held_on_it() -> None:
    anna = found()["a"]
    assert (anna.days_as("sdr"), anna.days_as("ae"), anna.days_as(None)) == (march(12), march(16, 17), march())
    assert found()["b"].days_as(None) == march(13, 16)


def test_the_roles_in_which_anybody_worked_are_told() -> None:
    assert roles_held(found().values()) == {"sdr", "ae", None}


def test_a_person_without_a_name_is_called_by_the_id() -> None:
    assert found()["c"].name == "c"


def test_a_scope_shows_its_own_people() -> None:
    assert set(found(Scope.of("b"))) == {"b"}


def test_an_empty_company_has_nobody() -> None:
    assert presence(metrics_over(lake_of()), Scope.everything(), WEEK) == {}
