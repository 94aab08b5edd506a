import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from voronka.cli import printing
from voronka.cli.printing import as_csv, as_json, as_table, build_bar, print_rows, to_the_minute


def test_json_keeps_texts_as_they_are_and_numbers_unrounded() -> None:
    told = as_json([{"имя": "Анна", "share": 100 / 3, "money": Decimal("10.25"), "whole": Decimal("3.00"), "no": None}])
    assert "Анна" in told
    assert json.loads(told) == [{"имя": "Анна", "share": 100 / 3, "money": 10.25, "whole": 3, "no": None}]


def test_json_writes_days_and_times_in_iso_form() -> None:
    told = as_json({"day": date(2026, 3, 2), "at": datetime.fromisoformat("2026-03-02 09:00")})
    assert json.loads(told) == {"day": "2026-03-02", "at": "2026-03-02T09:00:00"}


def test_a_moment_is_told_by_the_clocks_of_the_company() -> None:
    last = datetime.fromisoformat("2026-03-02 21:59:59")
    assert to_the_minute(last, ZoneInfo("Europe/Moscow")) == "2026-03-03 00:59"
    assert to_the_minute(None, ZoneInfo("Europe/Moscow")) == ""


def test_a_number_that_is_none_is_null_in_json() -> None:
    assert json.loads(as_json([{"a": float("nan"), "b": float("inf")}])) == [{"a": None, "b": None}]


def test_csv_is_quoted_and_what_is_not_given_is_empty() -> None:
    text = as_csv([{"a": 'say "x", twice', "b": None, "c": 1.5}], ["a", "b", "c"])
    assert list(csv.reader(io.StringIO(text))) == [["a", "b", "c"], ['say "x", twice', "", "1.5"]]


@pytest.mark.parametrize("text", ["=1+1", "+7-A", "-1+1", "@x", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠x"])
def test_a_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert list(csv.reader(io.StringIO(as_csv([{"a": text}], ["a"])))) == [["a"], [f"'{text}"]]


def test_a_title_that_a_spreadsheet_would_run_is_defused() -> None:
    assert as_csv([{"=x": "+7 (912) 345-67-89"}], ["=x"]) == "'=x\r\n+7 (912) 345-67-89\r\n"


def test_a_negative_number_stays_a_number_in_csv() -> None:
    assert as_csv([{"a": -1.5, "b": Decimal("-2.50")}], ["a", "b"]) == "a,b\r\n-1.5,-2.50\r\n"


def test_a_table_aligns_texts_left_and_numbers_right_by_their_width_on_the_screen() -> None:
    rows = [{"имя": "Анна", "n": 1}, {"имя": "李雷", "n": 1234567}]
    assert as_table(rows, ["имя", "n"]).splitlines() == [
        "имя           n",
        "----  ---------",
        "Анна          1",
        "李雷  1,234,567",
    ]


def test_a_table_rounds_and_says_yes_no_and_a_dash() -> None:
    rows = [{"a": 2 / 3, "b": True, "c": None, "d": Decimal("1234.5")}]
    assert as_table(rows, ["a", "b", "c", "d"]).splitlines()[2].split() == ["0.67", "yes", "–", "1,234.50"]


def test_a_text_of_several_lines_stays_on_its_line_in_a_table() -> None:
    assert len(as_table([{"a": "one\ntwo\r\nthree"}], ["a"]).splitlines()) == 3


def test_nothing_is_said_to_be_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert "(no rows)" in as_table([], ["a"])
    print_rows([], "json", ["a"])
    assert json.loads(capsys.readouterr().out) == []
    print_rows([], "csv", ["a"])
    assert capsys.readouterr().out == "a\r\n"
    print_rows([], "csv")
    assert capsys.readouterr().out == ""
    print_rows([], "table")
    assert capsys.readouterr().out == "(nothing)\n"


@pytest.mark.parametrize(("at_once", "before"), [(True, "building"), (False, "")])
def test_the_bar_of_a_build_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, at_once: bool, before: str
) -> None:
    with build_bar(at_once=at_once) as advance:
        advance("dim_team", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(printing, "is_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with build_bar(at_once=at_once) as advance:
        assert before in capsys.readouterr().err
        advance("dim_team", 1, 2)
    shown = capsys.readouterr()
    assert "dim_team" in shown.err
    assert shown.out == ""


def test_a_bar_that_never_began_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(printing, "is_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with build_bar(at_once=False):
        pass
    assert "building" not in capsys.readouterr().err
