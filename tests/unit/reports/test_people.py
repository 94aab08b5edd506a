from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.metrics.question import Filter
from voronka.reports.ask import Ask
from voronka.reports.page import Frame, PageAsked
from voronka.reports.people import figures_by_person, named, of_people, people_of
from voronka.settings import Settings

MONDAY = date(2026, 3, 16)
TABLES = {
    "dim_calendar": """day | is_working
                       2026-03-12 | true
                       2026-03-13 | true
                       2026-03-16 | true
                       2026-03-17 | true""",
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara",
    "employee_team": """employee_id | team_id | role | valid_from | valid_to
                        a | w | sdr | 2025-01-01 | 2026-03-13
                        a | e | ae  | 2026-03-13 | 9999-12-31
                        b | w | sdr | 2025-01-01 | 9999-12-31""",
}


def days(**asked: tuple[str | None, ...]) -> dict[str, list[int]]:
    now = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
    page = PageAsked(period=Period(date(2026, 3, 1), date(2026, 3, 31)), **asked)  # type: ignore[arg-type]
    frame = Frame(metrics_over(lake_of(**TABLES), MONDAY), page, Scope.everything(), now, Settings())
    return {key: sorted(day.day for day in person.days) for key, person in people_of(frame).items()}


def test_everybody_is_there_on_the_days_worked_until_today() -> None:
    assert days() == {"a": [12, 13, 16], "b": [12, 13, 16], "c": [12, 13, 16]}


def test_a_team_or_a_role_has_a_mover_for_the_days_there() -> None:
    assert days(teams=("w",)) == {"a": [12], "b": [12, 13, 16]}
    assert days(teams=("e",)) == {"a": [13, 16]}
    assert days(roles=("sdr",)) == {"a": [12], "b": [12, 13, 16]}
    assert days(teams=("w",), roles=("ae",)) == {}


def test_who_is_in_no_team_is_found_by_nothing_given() -> None:
    assert days(roles=(None,)) == {"c": [12, 13, 16]}
    assert days(employees=("c",)) == {"c": [12, 13, 16]}


def test_a_sentence_names_three_and_counts_the_rest() -> None:
    assert named(["Anna", "Boris"]) == {"count": 2, "names": "Anna, Boris", "more": 0}
    assert named(iter("abcde")) == {"count": 5, "names": "a, b, c", "more": 2}


def test_a_question_about_some_people_leaves_the_other_filters() -> None:
    ask = Ask(("calls",), (), (Filter("employee", ("a", "b")), Filter("team", ("w",))))
    assert of_people(ask, ["b"]).where == (Filter("team", ("w",)), Filter("employee", ("b",)))


def test_a_persons_figure_is_summed_over_the_other_cuts() -> None:
    rows: list[Row] = [
        {"employee_id": "a", "role": "sdr", "calls": 2},
        {"employee_id": "a", "role": "ae", "calls": 3},
        {"employee_id": None, "role": None, "calls": 7},
        {"employee_id": "b", "role": "ae", "calls": None},
    ]
    assert figures_by_person(rows, "calls") == {"a": 5}
