from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, march, metrics_over
from voronka.domain.scope import Scope
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import RecordsQuery
from voronka.reports.ask import Ask
from voronka.reports.legend import Made, cut_of_answer, cut_of_records, definitions, meaning_of, unit_in_words

CALLS = """call_id | employee | started_at | answered | talk_seconds
           1 | Anna  | 2026-03-02 10:00 | true | 60
           2 | Boris | 2026-03-02 10:00 | true | 60"""
MADE = Made("Северный ветер", datetime(2026, 3, 31, 10, 5))  # noqa: DTZ001 - a local time


def metrics() -> Metrics:
    return metrics_over(lake_of(fct_calls=CALLS, dim_channel="channel_id | name\nads | Реклама"))


def test_a_definition_is_given_in_the_words_of_its_file() -> None:
    told = definitions(metrics(), ["answered_calls", "revenue"], "en")
    assert told.titles == (
        *("Title", "Unit", "Question", "What it counts", "How it is calculated", "Variant", "Since"),
        *("Name in files and the API", "As written in the file"),
    )
    assert told.lines[0][:2] == ("Answered calls", "number")
    assert told.lines[0][3].startswith("Calls either way in which people talked.")
    assert told.lines[0][4] == "number of rows"
    assert told.lines[0][7:] == ("answered_calls", "count: rows where answered")
    assert told.lines[1][:3] == ("Revenue", "RUB", "How much was sold?")


def test_a_formula_is_told_by_the_titles_of_its_parts_before_its_code() -> None:
    told = definitions(metrics(), ["reach_rate"], "ru")
    assert told.lines[0][4] == "100 × «Дозвоны» / «Исходящие звонки»"
    assert told.lines[0][8] == "formula: 100 * reached_calls / outgoing_calls"


def test_a_plan_and_its_attainment_are_explained_by_their_metric() -> None:
    told = definitions(metrics(), ["revenue_plan", "revenue_attainment", "revenue_pace"], "ru")
    assert [(line[7], *line[:2]) for line in told.lines] == [
        ("revenue_plan", "План: Сумма продаж", "RUB"),
        ("revenue_attainment", "Выполнение плана, %: Сумма продаж", "%"),
        ("revenue_pace", "Темп, %: Сумма продаж", "%"),
    ]
    assert told.lines[1][3:5] == (
        "100 × факт / план; факт тех людей и дней, на которые план есть",
        "",
    )


def test_the_variant_in_force_and_since_when_are_named() -> None:
    catalogue = Catalogue.load(variants={"win_rate": Choice("from_accepted", date(2026, 2, 1))})
    told = definitions(metrics_over(lake_of(), catalogue=catalogue), ["win_rate"], "ru")
    assert told.lines[0][5:7] == ("from_accepted", "2026-02-01")
    assert told.lines[0][3].startswith("То же, но только по сделкам, дошедшим до вехи «принято»")


def test_the_cut_of_an_answer_names_period_filters_and_data() -> None:
    company = metrics()
    ads = Filter("channel", ("ads", None))
    ask = Ask(("calls", "meetings"), ("employee",), (ads,), march(), "previous")
    scope = Scope.everything()
    cut = cut_of_answer(company, scope, ask, company.query(ask.query(scope)), MADE)
    assert cut.described("ru").lines == (
        ("Период", "2026-03-01 – 2026-03-31"),
        ("Сравнение", "такой же период до этого: 2026-02-01 – 2026-02-28"),
        ("В разрезе", "Сотрудник"),
        ("Канал", "Реклама, (не указано)"),
        ("Компания", "Северный ветер"),
        ("Версия данных", "1"),
        ("Составлено", "2026-03-31 10:05"),
        ("На дату", "2026-03-31"),
        ("Не учтено", "Проведённые встречи: данные не загружены: meetings"),
    )
    assert cut.described("en").titles == ("What", "Value")
    assert cut.described("en").lines[3] == ("Channel", "Реклама, (not given)")


def test_a_plan_that_nobody_made_is_told_to_be_left_out() -> None:
    company, scope = metrics(), Scope.everything()
    ask = Ask(("calls", "calls_plan", "calls_pace"), ("employee",), period=march())
    cut = cut_of_answer(company, scope, ask, company.query(ask.query(scope)), MADE)
    assert cut.described("ru").lines[-2:] == (
        ("Не учтено", "План: Звонки: плана нет"),
        ("Не учтено", "Темп, %: Звонки: неизвестно"),
    )
    assert cut.described("en").lines[-2] == ("Left out", "Calls: plan: there is no plan")


def test_all_time_is_named_too() -> None:
    company, ask = metrics(), Ask(("calls",))
    cut = cut_of_answer(company, Scope.everything(), ask, company.query(ask.query(Scope.everything())), MADE)
    assert cut.described("en").lines[0] == ("Period", "all time")


def test_the_cut_of_records_says_how_many_of_how_many_are_there() -> None:
    company = metrics()
    listed = company.records(RecordsQuery(metric="calls", scope=Scope.everything(), limit=1))
    cut = cut_of_records(company, Scope.everything(), Ask(("calls",)), listed, MADE)
    assert ("Показано записей", "1 из 2") in cut.described("ru").lines
    assert cut.described("ru").lines[0] == ("Записи показателя", "Звонки")


def test_the_cut_of_a_formulas_records_names_the_part_and_the_codes_in_words() -> None:
    company, won = metrics(), Filter("outcome", ("won", "open"))
    scope = Scope.everything()
    listed = company.records(RecordsQuery(metric="win_rate", scope=scope, part="deals_lost"))
    deals = cut_of_records(company, scope, Ask(("win_rate",), (), (won,)), listed, MADE)
    assert deals.described("ru").lines[0] == ("Записи показателя", "Процент закрытия сделок, Отказы")
    assert ("Исход", "продажа, в работе") in deals.described("ru").lines
    ask = Ask(("leads",), (), (won,))
    leads = cut_of_records(company, scope, ask, company.records(RecordsQuery(metric="leads", scope=scope)), MADE)
    assert ("Outcome", "became a deal, open") in leads.described("en").lines


def test_a_name_that_is_not_in_scope_is_not_looked_up() -> None:
    company = metrics()
    scope = Scope.of("name:anna")
    ask = Ask(("calls",), (), (Filter("employee", ("name:boris", "name:anna")),), march())
    cut = cut_of_answer(company, scope, ask, company.query(ask.query(scope)), MADE)
    assert ("Employee", "name:boris, Anna") in cut.described("en").lines
    clients = Ask(("calls",), (), (Filter("contact", (None,)),), march())
    cut = cut_of_answer(company, scope, clients, company.query(clients.query(scope)), MADE)
    assert ("Contact", "(not given)") in cut.described("en").lines


def test_units_and_meanings_are_written_for_people() -> None:
    assert unit_in_words("hours", "RUB", "ru") == "ч"
    assert unit_in_words("money", "USD", "ru") == "USD"
    assert unit_in_words("parsecs", "USD", "ru") == "parsecs"
    assert meaning_of(Catalogue.load(), "win_rate").startswith("formula: 100 * deals_won")
