from dataclasses import replace
from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, march, metrics_over, query
from voronka.metrics.answer import Answer, AnswerColumn
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.dimensions import Title
from voronka.metrics.records import RecordColumn, Records
from voronka.reports.tables import SheetColumn, sheet_of_answer, sheet_of_records

CALLS = """call_id | employee | started_at | answered | talk_seconds
           1 | Anna | 2026-03-02 10:00 | true | 1800
           2 | Anna | 2026-03-03 10:00 | false |
           3 |      | 2026-03-03 11:00 | true | 3600"""


def answer_by(*by: str) -> Answer:
    return metrics_over(lake_of(fct_calls=CALLS)).query(query("calls", "talk_time", by=by, period=march()))


def test_an_answer_is_a_table_with_ids_last_and_totals_below() -> None:
    sheet = sheet_of_answer(answer_by("employee"), "ru")
    assert sheet.columns == (
        SheetColumn("employee", "Сотрудник", "text"),
        SheetColumn("calls", "Звонки", "count"),
        SheetColumn("talk_time", "Время разговоров, ч", "number"),
        SheetColumn("employee_id", "Сотрудник, id", "text"),
    )
    assert sheet.rows == [["Anna", 2, 0.5, "name:anna"], ["(не указано)", 1, 1.0, None]]
    assert sheet.totals == ["Итого", 3, 1.5, None]


def test_titles_follow_the_language() -> None:
    sheet = sheet_of_answer(answer_by("employee"), "en")
    assert [column.title for column in sheet.columns] == ["Employee", "Calls", "Talk time", "Employee, id"]
    assert sheet.rows[1][0] == "(not given)"
    assert (sheet.totals or [])[0] == "Total"


def test_the_variant_in_force_and_its_day_stand_in_the_head_of_a_column() -> None:
    rows = ["deal_id | closed_at | outcome | reached_accepted"]
    rows += [f"{number} | 2026-03-02 10:00 | {how} | true" for number, how in enumerate(("won", "lost"))]
    lake, asked = lake_of(fct_deals="\n".join(rows)), query("deals_won", "win_rate", period=march(), compare="previous")
    plain = sheet_of_answer(metrics_over(lake).query(asked), "en")
    assert [column.title for column in plain.columns] == [
        *("Deals won", "Deals won, before", "Win rate (by_count)", "Win rate, before (by_count)"),
    ]
    chosen = Catalogue.load((), {"win_rate": Choice("from_accepted", date(2026, 1, 1))})
    sheet = sheet_of_answer(metrics_over(lake, catalogue=chosen).query(asked), "ru")
    assert sheet.columns[2].title == "Процент закрытия сделок (from_accepted, с 2026-01-01)"


def test_days_and_months_are_days() -> None:
    days = sheet_of_answer(answer_by("day"), "ru")
    assert (days.columns[0].kind, [row[0] for row in days.rows]) == ("day", [date(2026, 3, n) for n in range(1, 32)])
    months = sheet_of_answer(answer_by("month"), "ru")
    assert (months.columns[0].kind, months.rows[0][0]) == ("month", date(2026, 3, 1))
    assert sheet_of_answer(answer_by("week"), "ru").rows[1][0] == "2026-W10"


def test_a_row_without_a_date_says_so() -> None:
    calls = "call_id | started_at\n1 | 2026-03-02 10:00\n2 |"
    answer = metrics_over(lake_of(fct_calls=calls)).query(query("calls", by=["day"]))
    assert [row[0] for row in sheet_of_answer(answer, "en").rows] == [date(2026, 3, 2), "(no date)"]


def test_an_answer_that_is_not_cut_has_no_totals_beside_its_row() -> None:
    sheet = sheet_of_answer(answer_by(), "ru")
    assert (sheet.rows, sheet.totals) == ([[3, 1.5]], None)


def test_the_weekday_is_named_and_a_truth_is_a_word() -> None:
    columns = (
        AnswerColumn("weekday", Title("День недели", "Weekday"), kind="dimension"),
        AnswerColumn("hour", Title("Час", "Hour"), kind="dimension"),
        AnswerColumn("x_complete", Title("Завершено", "Complete")),
    )
    rows: list[dict[str, object]] = [{"weekday": 7, "hour": 9, "x_complete": True}]
    sheet = sheet_of_answer(Answer(columns, rows, {"x_complete": None}, "1", date(2026, 3, 31)), "ru")
    assert sheet.rows == [["воскресенье", 9, "да"]]
    assert [column.kind for column in sheet.columns] == ["text", "count", "boolean"]


def records_of(*rows: dict[str, object]) -> Records:
    columns = (
        RecordColumn("title", Title("Название", "Title"), "text"),
        RecordColumn("created_at", Title("Создан", "Created"), "time"),
        RecordColumn("is_won", Title("Выигран", "Won"), "boolean"),
    )
    return Records("leads", "leads", (), "lead", columns, list(rows), len(rows), 50, 0, "1")


def test_records_are_a_table_with_their_addresses_last() -> None:
    moment = datetime(2026, 3, 2, 10, 5)  # noqa: DTZ001 - a local time
    row: dict[str, object] = {"id": "crm:1", "title": "Склад", "created_at": moment, "is_won": False}
    sheet = sheet_of_records(records_of(row), "ru", ["https://crm.example.com/1"])
    assert [column.kind for column in sheet.columns] == ["text", "time", "boolean", "link"]
    assert sheet.rows == [["Склад", moment, "нет", "https://crm.example.com/1"]]
    assert sheet.totals is None


def test_records_that_nobody_knows_the_addresses_of_have_no_column_for_them() -> None:
    row: dict[str, object] = {"id": "crm:1", "title": "Склад", "created_at": None, "is_won": None}
    sheet = sheet_of_records(records_of(row), "en", [None])
    assert [column.title for column in sheet.columns] == ["Title", "Created", "Won"]
    assert sheet.rows == [["Склад", None, None]]


def test_a_length_says_that_it_is_in_seconds() -> None:
    columns = (RecordColumn("talk_seconds", Title("Разговор", "Talk"), "seconds"),)
    listed = Records("calls", "calls", (), "call", columns, [{"id": "1", "talk_seconds": 184}], 1, 50, 0, "1")
    assert sheet_of_records(listed, "ru", [None]).columns == (SheetColumn("talk_seconds", "Разговор, с", "seconds"),)
    assert sheet_of_records(listed, "en", [None]).columns[0].title == "Talk, s"


def test_codes_are_words_and_texts_of_the_source_stay() -> None:
    words = ("outcome", "direction", "temperature", "loss_reason")
    columns = tuple(RecordColumn(name, Title(name, name), "text") for name in words)
    rows: list[dict[str, object]] = [
        {"id": "1", "outcome": "won", "direction": "in", "temperature": "cold", "loss_reason": "lost"},
        {"id": "2", "outcome": "Ждём", "direction": None, "temperature": "hot", "loss_reason": None},
    ]
    leads = Records("leads", "leads", (), "lead", columns, rows, 2, 50, 0, "1")
    assert sheet_of_records(leads, "ru", [None, None]).rows == [
        ["стал сделкой", "входящий", "холодный", "lost"],
        ["Ждём", None, "горячий", None],
    ]
    deals = replace(leads, entity="deal")
    assert sheet_of_records(deals, "ru", [None, None]).rows[0][0] == "продажа"
    assert sheet_of_records(deals, "en", [None, None]).rows[0] == ["won", "incoming", "cold", "lost"]


def test_an_answer_cut_by_a_code_is_in_words() -> None:
    calls = "call_id | started_at | direction\n1 | 2026-03-02 10:00 | in\n2 | 2026-03-02 10:00 | out"
    answer = metrics_over(lake_of(fct_calls=calls)).query(query("calls", by=["direction"], period=march()))
    assert [row[0] for row in sheet_of_answer(answer, "ru").rows] == ["входящий", "исходящий"]
    assert [row[0] for row in sheet_of_answer(answer, "en").rows] == ["incoming", "outgoing"]


def figures(*rows: dict[str, object], totals: dict[str, object]) -> Answer:
    columns = tuple(AnswerColumn(name, Title(name, name)) for name in totals)
    return Answer(columns, list(rows), totals, "1", date(2026, 3, 31))


def test_plans_and_marks_of_completeness_that_hold_nothing_are_left_out() -> None:
    names = ("revenue", "revenue_previous", "revenue_plan", "revenue_plan_previous", "revenue_pace", "leads_complete")
    nothing: dict[str, object] = dict.fromkeys(names)
    answer = figures(nothing, nothing | {"revenue_plan": 70}, totals=nothing)
    sheet = sheet_of_answer(answer, "ru")
    assert [column.name for column in sheet.columns] == ["revenue", "revenue_previous", "revenue_plan"]
    assert sheet.rows == [[None, None, None], [None, None, 70]]


def test_what_is_known_in_the_totals_alone_is_shown() -> None:
    row: dict[str, object] = {"leads": 1, "leads_complete": None}
    sheet = sheet_of_answer(figures(row, totals={"leads": 1, "leads_complete": False}), "ru")
    assert [column.name for column in sheet.columns] == ["leads", "leads_complete"]


def test_an_unknown_plan_that_was_all_that_was_asked_is_shown_unknown() -> None:
    row: dict[str, object] = {"calls_plan": None}
    sheet = sheet_of_answer(figures(row, totals=row), "ru")
    assert ([column.name for column in sheet.columns], sheet.rows) == (["calls_plan"], [[None]])


def test_times_that_are_all_midnight_are_days() -> None:
    midnight, morning = datetime(2026, 3, 2), datetime(2026, 3, 3, 10)  # noqa: DTZ001 - local times
    rows: list[dict[str, object]] = [
        {"id": "1", "created_at": midnight, "closed_at": midnight, "won_at": None},
        {"id": "2", "created_at": None, "closed_at": morning, "won_at": None},
    ]
    columns = tuple(RecordColumn(name, Title(name, name), "time") for name in ("created_at", "closed_at", "won_at"))
    sheet = sheet_of_records(Records("leads", "leads", (), "lead", columns, rows, 2, 50, 0, "1"), "ru", [None, None])
    assert [column.kind for column in sheet.columns] == ["day", "time", "time"]
    assert sheet.rows == [[date(2026, 3, 2), midnight, None], [None, morning, None]]
