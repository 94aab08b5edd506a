from datetime import date

import pytest

from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.dimensions import Title
from voronka.metrics.notation import TargetEntry
from voronka.reports.definition_words import (
    axis_in_words,
    cuts_in_words,
    formula_in_titles,
    plain_title,
    source_in_words,
    target_in_words,
    told,
    variants_in_words,
    worked_out,
)

OWN = """
fact: fct_calls
time: started_at
metrics:
  own_calls: { title: { ru: "Свои, ч", en: Own }, unit: hours, sum: talk_seconds / 3600.0, where: answered }
  own_kinds: { title: { ru: Виды, en: Kinds }, count_distinct: potential }
  own_rest: { title: { ru: Прочие, en: Others }, formula: calls - 2 * own_calls }
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue.load([("metrics/own.yml", OWN)])


def test_a_formula_is_written_in_titles_of_its_parts_without_their_units(catalogue: Catalogue) -> None:
    assert formula_in_titles(catalogue, "own_rest", "ru") == "«Звонки» − 2 × «Свои»"
    assert formula_in_titles(catalogue, "own_rest", "en") == "“Calls” − 2 × “Own”"
    assert formula_in_titles(catalogue, "own_calls", "ru") == ""


@pytest.mark.parametrize(
    ("name", "ru", "en"),
    [
        ("calls", "число записей", "number of rows"),
        ("own_calls", "сумма [talk_seconds / 3600.0]", "sum [talk_seconds / 3600.0]"),
        ("own_kinds", "число разных [potential]", "number of different [potential]"),
        ("first_response_median", "отдельный расчёт", "an analysis of its own"),
        ("own_rest", "«Звонки» − 2 × «Свои»", "“Calls” − 2 × “Own”"),
    ],
)
def test_what_is_done_with_the_rows_is_said(catalogue: Catalogue, name: str, ru: str, en: str) -> None:
    known = catalogue.explain(name)
    assert worked_out(catalogue, known, "ru", "[{}]".format) == ru
    assert worked_out(catalogue, known, "en", "[{}]".format) == en


def test_only_a_unit_at_the_end_is_taken_off_a_title() -> None:
    assert plain_title(Title("Дозвон, %", "Reach rate"), "ru") == "Дозвон"
    assert plain_title(Title("Взяли, дали", "Took, gave"), "ru") == "Взяли, дали"
    assert plain_title(Title("Дозвон, %", "Reach rate"), "en") == "Reach rate"


@pytest.mark.parametrize(
    ("given", "unit", "ru", "en"),
    [
        (
            {"from": 2, "to": 6, "per": "employee and working day"},
            "hours",
            "2–6 ч на сотрудника в рабочий день",
            "2–6 h per person and working day",
        ),
        ({"from": 85, "to": 95, "per": "hot lead"}, "percent", "85–95 % горячих лидов", "85–95 % of hot leads"),
        ({"from": 2.5, "per": "office"}, "count", "от 2.5 office", "at least 2.5 office"),
        ({"to": 15, "per": "employee and day"}, "count", "до 15 на сотрудника в день", "at most 15 per person and day"),
    ],
)
def test_a_target_is_said_as_people_say_it(given: dict[str, object], unit: str, ru: str, en: str) -> None:
    target = TargetEntry.model_validate(given)
    assert (target_in_words(target, unit, "ru"), target_in_words(target, unit, "en")) == (ru, en)


def test_a_metric_stands_by_one_date_by_each_parts_own_or_at_the_end_of_the_period(catalogue: Catalogue) -> None:
    assert [axis_in_words(catalogue, name, "ru") for name in ("revenue", "roas", "deals_open")] == [
        "закрытие",
        "каждая часть по своей дате",
        "на конец периода",
    ]
    assert axis_in_words(catalogue, "first_response_median", "en") == "creation"


def test_cuts_are_named_by_their_titles() -> None:
    assert cuts_in_words(("employee", "weekday"), "ru") == "сотрудник, день недели"
    assert cuts_in_words(("employee", "strange_one"), "en") == "employee, strange_one"


def test_variants_say_which_is_in_force_since_when_and_what_the_others_mean() -> None:
    chosen = Catalogue.load((), {"win_rate": Choice("from_accepted", date(2026, 1, 1))}).explain("win_rate")
    by_count, accepted = variants_in_words(chosen, "en")
    assert by_count.startswith("by_count: Deals won as a percentage of deals closed")
    assert accepted == "from_accepted (in force, since 2026-01-01)"
    plain = list(variants_in_words(Catalogue.load().explain("win_rate"), "ru"))
    assert plain[0] == "by_count (в силе)"
    assert plain[1].startswith("from_accepted: ")


def test_the_variant_that_stands_in_for_missing_data_is_named() -> None:
    first, second = variants_in_words(Catalogue.load().explain("margin"), "en")
    assert first == "by_payments (in force)"
    assert second.startswith("by_deals (instead of it where its data are not loaded): ")


def test_a_citation_stands_as_it_is_and_own_is_translated() -> None:
    assert source_in_words(Title("own", "own"), "ru") == "собственное"
    assert source_in_words(Title("Wilson 1927", "Wilson 1927"), "ru") == "Wilson 1927"


def test_lines_come_in_a_fixed_order_and_empty_ones_are_left_out(catalogue: Catalogue) -> None:
    lines = dict(told(catalogue, "reach_rate", "ru", "`{}`".format))
    assert list(lines) == [
        "Вопрос",
        "Что считается",
        "Единица",
        "Лучше",
        "Как считается",
        "Формула в файле",
        "По какой дате",
        "Разрезы",
        "Чьё определение",
        "Где записано",
    ]
    assert lines["Как считается"] == "100 × «Дозвоны» / «Исходящие звонки»"
    assert lines["Формула в файле"] == "`100 * reached_calls / outgoing_calls`"
    assert lines["Лучше"] == "когда больше"
    assert "Что считается" not in dict(told(catalogue, "own_calls", "ru"))
    assert dict(told(catalogue, "own_calls", "en"))["Which rows"] == "answered"
