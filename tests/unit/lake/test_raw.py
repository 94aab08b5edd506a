from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voronka.lake.raw import SERVICE, find_header, header_of, raw_name, raw_table


def test_a_stream_has_a_raw_table_of_its_own() -> None:
    assert raw_table("crm", "deals") == "raw/crm/deals"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("amount", "amount"),
        ("Сумма", "Сумма"),
        ("Call Duration", "Call%20Duration"),
        ("Сумма, руб. (всего)", "Сумма%2C%20руб.%20%28всего%29"),
        ("50%", "50%25"),
        ("%41", "%2541"),
        ('say "x"', "say%20%22x%22"),
        ("it's", "it%27s"),
        ("two\nlines", "two%0Alines"),
        ("_key", "%5Fkey"),
        ("Name#2", "Name#2"),
        ("a=b;c", "a%3Db%3Bc"),
    ],
)
def test_a_header_is_written_so_that_every_engine_takes_it_and_comes_back_whole(header: str, name: str) -> None:
    assert raw_name(header) == name
    assert header_of(name) == header


@given(st.text(min_size=1))
def test_any_header_comes_back_whole_and_never_stands_in_the_place_of_a_service_column(header: str) -> None:
    assert header_of(raw_name(header)) == header
    assert raw_name(header) not in SERVICE
    assert not set(raw_name(header)) & set(" ,;{}()\n\t=")


@given(st.text(), st.text())
def test_two_headers_never_become_one_name(one: str, other: str) -> None:
    assert (raw_name(one) == raw_name(other)) == (one == other)


def test_a_header_is_found_by_its_very_name_before_any_other() -> None:
    assert find_header("Amount", ["amount", "Amount"]) == "Amount"


def test_a_header_is_found_in_another_case_and_with_spaces_around() -> None:
    assert find_header("сумма", ["Сумма "]) == "Сумма "
    assert find_header(" AMOUNT", ["amount"]) == "amount"


def test_a_header_that_two_could_be_is_not_guessed() -> None:
    assert find_header("AMOUNT", ["amount", "Amount"]) is None
    assert find_header("price", ["amount"]) is None


def test_a_name_written_by_another_tool_is_read_as_it_is() -> None:
    assert header_of("plain") == unquote("plain") == "plain"


def test_characters_that_nobody_sees_do_not_matter_in_a_header() -> None:
    assert find_header("\ufeffСумма руб", ["Сумма\u00a0 руб\u200b"]) == "Сумма\u00a0 руб\u200b"


def test_letters_of_two_signs_and_the_dots_of_yo_do_not_matter_in_a_header() -> None:
    assert find_header("Район", ["Рай\u043eн".replace("й", "и\u0306")]) == "Рай\u043eн".replace("й", "и\u0306")
    assert find_header("Отчетная сумма", ["Отчётная сумма"]) == "Отчётная сумма"
