import re

import duckdb
import pytest

from voronka.domain.formulas import DEFUSED, come_back, defused, defused_to_come_back, is_formula

HARMFUL = (
    "=1+1",
    "=5",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "+1-1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "+7 900 123-45-67=cmd|x",
    "-5 шт",
    "- перезвонить",
    "@SUM(A1)",
    "@anna",
    "\t=1",
    "\t5",
    "\r5",
    "\n=1",
    "\0=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff+1+1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
)
HARMLESS = (
    "",
    "Анна",
    "1=1",
    "'quoted'",
    "-",
    "--",
    "—",
    "-5",
    "-0.5",
    "-1 234,50",
    "-1\u00a0234,50 ₽",
    "-1,234.50",
    "+12,5 %",
    "-5%",
    "-1.5E+3",
    "+79123456789",
    "+7 912 345-67-89",
    "+7 (912) 345-67-89",
    "+7 912 345-67-89 доб. 123",
    "+7 912 345-67-89, 8 800 555-35-35",
    "+1 415 555 2671 ext 12",
    "8 (800) 555-35-35",
)


@pytest.mark.parametrize("text", HARMFUL)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert is_formula(text)
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_phones_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert not is_formula(text)
    assert defused(text) == text


@pytest.mark.parametrize("text", [*HARMFUL, *HARMLESS, "'", "''", "'=1", "''=1", "' =1", "'-5"])
def test_what_goes_out_to_be_mended_comes_back_as_it_was(text: str) -> None:
    written = defused_to_come_back(text)
    assert come_back(written) == text
    assert not is_formula(written)


@pytest.mark.parametrize("text", [*HARMFUL, *HARMLESS, "'=1", "''", "'\t=1", "'Анна", "'\u00a0=1"])
def test_the_engine_takes_the_same_apostrophes_away(text: str) -> None:
    with duckdb.connect() as connection:
        (found,) = connection.execute("SELECT regexp_matches(?, ?)", [text, DEFUSED]).fetchall()[0]
    assert found is (re.match(DEFUSED, text) is not None)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("+" + "7" * 200_000, False), ("+7" + " (" * 100_000, True), ("+7777777," * 50_000, True), (" " * 200_000, False)],
    ids=["digits", "brackets", "phones", "blanks"],
)
def test_a_long_text_is_looked_through_without_going_back_and_forth(text: str, *, is_one: bool) -> None:
    assert is_formula(text) is is_one
