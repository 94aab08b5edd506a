"""Who did what on a day, against their plans."""

from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.daily import DAILY, WIDTH, daily_report, daily_text

TODAY = date(2026, 3, 10)
"""A Tuesday after a Monday off: the last working day before it is Friday the 6th."""
EVERYTHING = Scope.everything()


@pytest.fixture
def lake() -> MemoryEngine:
    return lake_of(
        dim_calendar="""day | is_working
                        2026-03-05 | true
                        2026-03-06 | true
                        2026-03-07 | false
                        2026-03-08 | false
                        2026-03-09 | false
                        2026-03-10 | true""",
        dim_employee="employee_id | name\na | Anna\nb | Boris",
        dim_team="team_id | name\nw | West\ne | East",
        fct_calls="""activity_id | kind | employee_id | team_id | started_at       | answered | talk_seconds
                     1           | call | a           | w       | 2026-03-06 10:00 | true     | 5400
                     2           | call | a           | w       | 2026-03-06 11:00 | false    |
                     3           | call | b           | e       | 2026-03-06 11:00 | true     | 600
                     4           | call | a           | w       | 2026-03-05 11:00 | true     | 600""",
        fct_plan_days="""metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
                         calls     | employee | a | w | true | true | 2026-03-06 | 8
                         talk_time | employee | a | w | true | true | 2026-03-06 | 3""",
    )


def test_the_day_is_the_last_working_one_before_today(lake: MemoryEngine) -> None:
    made = daily_report(metrics_over(lake, TODAY), EVERYTHING)
    assert made.day.day == date(2026, 3, 6)
    rows = {row["employee"]: row for row in made.block.answer.rows}
    assert (rows["Anna"]["calls"], rows["Anna"]["calls_plan"], rows["Anna"]["calls_attainment"]) == (2, 8, 25)
    assert (rows["Anna"]["talk_time"], rows["Anna"]["talk_time_attainment"]) == (1.5, 50)
    assert (rows["Boris"]["calls"], rows["Boris"]["calls_plan"]) == (1, None)
    assert made.block.answer.totals["calls"] == 3


def test_any_day_and_any_team_can_be_asked_for(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake, TODAY)
    assert daily_report(metrics, EVERYTHING, date(2026, 3, 5)).block.answer.totals["calls"] == 1
    assert daily_report(metrics, EVERYTHING, teams=["West"]).block.answer.totals["calls"] == 2
    with pytest.raises(QuestionError, match="No such team: North"):
        daily_report(metrics, EVERYTHING, teams=["North"])


def test_a_limited_scope_sees_its_own_people(lake: MemoryEngine) -> None:
    answer = daily_report(metrics_over(lake, TODAY), Scope.of("b")).block.answer
    assert [row["employee"] for row in answer.rows] == ["Boris"]


def test_the_text_shows_fact_plan_and_percent_in_each_cell(lake: MemoryEngine) -> None:
    text = daily_text(daily_report(metrics_over(lake, TODAY), EVERYTHING).block.answer, "en").splitlines()
    anna, boris, total = (next(line for line in text if line.startswith(who)) for who in ("Anna", "Boris", "Total"))
    assert anna.split()[1:5] == ["2/8", "25%", "1.5/3", "50%"]
    assert boris.split()[1:3] == ["1", "0.2"]  # ten minutes are a sixth of an hour; nobody planned anything
    assert total.split()[1:7] == ["3", "(2/8", "25%)", "1.7", "(1.5/3", "50%)"]  # only Anna has a plan
    assert "–" in anna  # e-mails were never loaded: unknown, not none


def test_the_text_is_in_the_readers_language_and_fits_its_width() -> None:
    row = {"employee": "Константинопольская Александра Вениаминовна", "employee_id": "a"}
    values: dict[str, object] = {}
    for name in DAILY:
        values |= {name: 12345.6, f"{name}_plan": 12345.6, f"{name}_attainment": 100.0}
    made = daily_report(metrics_over(lake_of(dim_employee="employee_id | name\na | A"), TODAY), EVERYTHING)
    answer = made.block.answer
    answer = type(answer)(answer.columns, [row | values, {"employee": None} | values], values, "1", TODAY)
    lines = daily_text(answer, "ru").splitlines()
    assert max(map(len, lines[-3:])) <= max(WIDTH, 12 + 6 * 22)
    assert any(line.startswith("(не указано)") for line in lines)
    assert "12346/12346 100%" in lines[-1]
    assert lines[-1].startswith("Итого")
    values = dict.fromkeys(values, 7.0)
    answer = type(answer)(answer.columns, [row | values], values, "1", TODAY)
    assert max(map(len, daily_text(answer, "ru").splitlines())) <= WIDTH
