import re
from datetime import date

import pytest

from tests.metrics.memory_engine import built_in, lake_of, march, metrics_over
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.reports.ask import Ask
from voronka.reports.file_names import LONGEST, UNIT, file_name, name_of_answer, name_of_records, plain_name

COMPANY = metrics_over(lake_of())
DAILY = ("calls", "talk_time", "emails_sent", "meetings", "proposals", "tasks_done")


def test_a_file_is_named_by_the_first_titles_and_the_period() -> None:
    plans = tuple(f"{name}_{part}" for name in DAILY for part in ("plan", "attainment"))
    ask = Ask((*DAILY, *plans), ("employee",), period=Period(date(2026, 11, 1), date(2026, 11, 30)))
    russian = name_of_answer(COMPANY, ask, "ru", "xlsx")
    assert russian == "Звонки, Время разговоров и ещё 4, 2026-11-01—2026-11-30.xlsx"
    assert name_of_answer(COMPANY, ask, "en", "csv") == "Calls, Talk time and 4 more, 2026-11-01—2026-11-30.csv"


def test_three_are_named_where_there_is_room_for_them() -> None:
    ask = Ask(("calls", "meetings", "demos"), period=Period(date(2026, 11, 2), date(2026, 11, 2)))
    assert name_of_answer(COMPANY, ask, "en", "csv") == "Calls, Meetings held, Demos, 2026-11-02.csv"
    assert file_name(["a" * 30, "b" * 30, "c" * 30], (), "en", "csv") == f"{'a' * 30}, {'b' * 30} and 1 more.csv"
    assert file_name(["a" * 60, "b" * 30, "c" * 30], (), "ru", "csv") == f"{'a' * 60} и ещё 2.csv"


def test_a_plan_alone_is_named_as_such_and_all_time_is_not_named() -> None:
    assert name_of_answer(COMPANY, Ask(("calls_attainment",)), "ru", "csv") == "Выполнение плана Звонки.csv"
    assert name_of_answer(COMPANY, Ask(("talk_time_plan",)), "ru", "csv") == "План Время разговоров.csv"


def test_records_are_told_from_their_figure() -> None:
    ask = Ask(("reach_rate",), period=march())
    assert name_of_records(COMPANY, ask, "", "ru", "csv") == "Дозвон, записи, 2026-03-01—2026-03-31.csv"
    part = name_of_records(COMPANY, Ask(("win_rate",)), "deals_lost", "en", "xlsx")
    assert part == "Win rate, Deals lost, records.xlsx"
    assert name_of_records(COMPANY, Ask(("revenue",)), "revenue", "en", "csv") == "Revenue, records.csv"
    assert name_of_records(COMPANY, Ask(("revenue",)), "..\\..", "en", "csv") == "Revenue, records.csv"


def test_the_part_of_a_formula_has_a_title_though_it_is_not_listed() -> None:
    assert "accepted_won" not in built_in().names
    name = name_of_records(COMPANY, Ask(("win_rate",)), "accepted_won", "en", "csv")
    assert name == "Win rate, Won of the accepted, records.csv"


def test_no_unit_is_left_at_the_end_of_a_builtin_title() -> None:
    rest = {UNIT.sub("", metric.title.ru) for metric in built_in().metrics.values()}
    assert [title for title in rest if re.search(r", \S{1,6}$", title)] == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j.csv"),
        ("a\r\nb\tc\x7f", "a b c.csv"),
        ("..", "voronka.csv"),
        (" .a. ", "a.csv"),
    ],
)
def test_a_name_holds_nothing_that_a_system_refuses(title: str, name: str) -> None:
    assert file_name([title], (), "en", "csv") == name


def test_a_title_of_any_length_fits() -> None:
    name = file_name(["ю" * 200, "я"], ("2026-03-01—2026-03-31",), "ru", "xlsx")
    assert len(name) == LONGEST
    assert name.endswith("юю…, 2026-03-01—2026-03-31.xlsx")


def test_the_plain_name_is_that_of_the_metrics() -> None:
    assert plain_name(Ask(DAILY, period=march()), "csv") == "calls-talk_time-2026-03-01-2026-03-31.csv"
    assert plain_name(Ask(("calls",)), "xlsx") == "calls.xlsx"


def test_an_unknown_metric_names_nothing() -> None:
    with pytest.raises(QuestionError, match="Unknown metric: cals"):
        name_of_answer(COMPANY, Ask(("cals",)), "ru", "csv")
