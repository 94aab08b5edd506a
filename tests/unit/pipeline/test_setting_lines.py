"""One setting written into voronka.toml: what a person wrote beside it stays."""

import tomllib
from datetime import date

import pytest

from voronka.pipeline.setting_lines import said_at, with_value
from voronka.settings import SETTINGS, template

TEXT = """\
# Settings of Acme
name = "Acme"  # as on the sign

[calendar]
# Whose holidays
# country = "RU"
working_hours = "09:00-18:00"  # agreed in May

# ---- the rest
[variants]
win_rate = "closed"

[roles.sdr]
title = { ru = "Поиск" }
metrics = [
  "calls",  # first of all
  "leads",
]
"""


def told(text: str | None) -> dict[str, object]:
    assert text is not None
    return tomllib.loads(text)


def test_a_value_takes_the_place_of_another_and_its_comment_stays() -> None:
    assert with_value(TEXT, ("calendar", "working_hours"), "10:00-19:00") == TEXT.replace("09:00-18:00", "10:00-19:00")
    assert with_value(TEXT, ("name",), 'Acme "North"') == TEXT.replace('"Acme"', '"Acme \\"North\\""')


def test_a_new_setting_stands_below_the_comment_that_shows_its_default() -> None:
    wanted = TEXT.replace('# country = "RU"\n', '# country = "RU"\ncountry = "KZ"\n')
    assert with_value(TEXT, ("calendar", "country"), "KZ") == wanted


def test_a_new_setting_without_such_a_comment_stands_at_the_end_of_its_table() -> None:
    found = with_value(TEXT, ("calendar", "days_off"), [date(2026, 5, 8)])
    assert found == TEXT.replace("agreed in May\n", "agreed in May\ndays_off = [2026-05-08]\n")


def test_a_table_that_is_not_there_is_added_at_the_end() -> None:
    assert with_value(TEXT, ("ramp", "months"), [25, 50]) == TEXT + "\n[ramp]\nmonths = [25, 50]\n"
    assert told(with_value("", ("roles", "ae", "metrics"), ["revenue"])) == {"roles": {"ae": {"metrics": ["revenue"]}}}


def test_a_setting_taken_out_leaves_the_lines_around_it() -> None:
    assert with_value(TEXT, ("variants", "win_rate"), None) == TEXT.replace('win_rate = "closed"\n', "")
    assert with_value(TEXT, ("ramp", "months"), None) == TEXT


def test_what_says_the_same_changes_nothing() -> None:
    assert with_value(TEXT, ("calendar", "working_hours"), "09:00-18:00") == TEXT


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('calendar = { country = "RU" }\n', ("calendar", "working_hours")),
        ('calendar.country = "RU"\n', ("calendar", "working_hours")),
        (TEXT, ("roles", "sdr", "title", "en")),
        ("[roles]\n[roles.sdr]\n", ("roles", "sdr", "result")),
    ],
)
def test_tables_written_in_other_ways_are_written_on_too(text: str, path: tuple[str, ...]) -> None:
    found = told(with_value(text, path, "x"))
    assert said_at(found, path) == "x"


def test_every_setting_of_the_file_that_a_new_company_gets_can_be_set() -> None:
    names = [each.name for each in SETTINGS if "." in each.name and "<" not in each.name]
    for name in names:
        text = with_value(template({"name": "X"}), tuple(name.split(".")), "x")
        assert text is not None, name
        shown, line = f"\n# {name.rpartition('.')[2]} = ", f'\n{name.rpartition(".")[2]} = "x"\n'
        assert shown in text, name
        assert line in text, name
