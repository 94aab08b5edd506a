"""Settings set by people: into the file as a person would write it, each change kept, none lost."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from voronka.domain.errors import DefinitionError, QuestionError, SettingsError
from voronka.pipeline.chronicle import Made
from voronka.pipeline.company_settings import Change, SettingsFile, can_undo, changes, set_values, tried, undo
from voronka.pipeline.settings_sections import offered
from voronka.settings import Settings, load_settings

NOW = datetime.fromisoformat("2026-03-02 09:00")
ANNA, BORIS = Made("Анна", NOW), Made("Борис", NOW)
TEXT = """\
# Settings of Acme
name = "Acme"

[calendar]
# country = "RU"
working_hours = "09:00-18:00"  # agreed in May
"""
NAMES = {each.name: each for each in offered(Settings(), ("win_rate",))}


def no_check(_settings: Settings) -> None:
    pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "voronka.toml").write_text(TEXT, "utf-8")
    return tmp_path


def text_of(folder: Path) -> str:
    return (folder / "voronka.toml").read_text("utf-8")


def set_now(folder: Path, values: Mapping[str, object], made: Made = ANNA) -> Change:
    wanted = {NAMES[name]: value for name, value in values.items()}
    return set_values(folder, wanted, SettingsFile.of(folder).stamp, made, no_check)


def test_what_is_set_stands_in_the_file_and_is_told_with_who_set_it(folder: Path) -> None:
    done = set_now(folder, {"calendar.working_hours": "10:00-19:00", "calendar.country": "KZ"})
    assert text_of(folder) == TEXT.replace("09:00-18:00", "10:00-19:00").replace("\nwork", '\ncountry = "KZ"\nwork')
    assert [(each.name, each.was, each.now) for each in done.steps] == [
        ("calendar.working_hours", "09:00-18:00", "10:00-19:00"),
        ("calendar.country", None, "KZ"),
    ]
    (kept,) = changes(folder)
    assert (kept, kept.by, kept.at, kept.number) == (done, "Анна", NOW, 1)


def test_a_value_is_written_as_the_settings_understand_it(folder: Path) -> None:
    set_now(
        folder,
        {
            "calendar.days_off": ["2026-05-08", "2026-01-09", "2026-05-08"],
            "regulations.first_response_minutes": 20.0,
            "ramp.months": [25, 62.5],
            "variants.win_rate": {"use": "closed", "since": "2026-01-01"},
            "quality.required.deals": ["amount", "amount"],
            "name": "  ООО  «Ветер» ",
        },
    )
    said = SettingsFile.of(folder).said
    assert "days_off = [2026-01-09, 2026-05-08]" in text_of(folder)
    assert "first_response_minutes = 20\n" in text_of(folder)
    assert said["ramp"] == {"months": [25, 62.5]}
    assert said["quality"] == {"required": {"deals": ["amount"]}}
    assert said["name"] == "ООО «Ветер»"
    assert load_settings(folder).variants["win_rate"].use == "closed"


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("calendar.working_hours", "18:00-09:00", "working hours end before they begin"),
        ("calendar.days_off", ["soon"], "a day is written as year-month-day"),
        ("regulations.first_response_minutes", 0, "greater than 0"),
        ("regulations.first_response_minutes", "soon", "valid integer"),
        ("temperature.hot", "segment = 5", "a text and a number are compared"),
        ("temperature.hot_range", [90, 10], "the smaller one first"),
        ("time_zone", "Europe/Moskow", "no time zone is named"),
        ("quality.required.deals", ["mood"], "no field mood"),
        ("language", "de", "pattern"),
        ("variants.win_rate", {"use": 5}, "valid string"),
    ],
)
def test_a_value_that_cannot_be_is_named_and_nothing_is_written(
    folder: Path, name: str, value: object, what: str
) -> None:
    with pytest.raises(QuestionError, match=what) as refused:
        set_now(folder, {"name": "Other", name: value})
    assert refused.value.where == name
    assert (text_of(folder), changes(folder)) == (TEXT, [])


def test_what_is_well_formed_and_cannot_be_in_force_is_told_at_its_setting(folder: Path) -> None:
    def check(_settings: Settings) -> None:
        raise DefinitionError("`variants.win_rate`: win_rate has no variant x", where="a.yml", do="Known: y")

    wanted = {NAMES["name"]: "Other", NAMES["variants.win_rate"]: {"use": "x"}}
    with pytest.raises(QuestionError) as refused:
        set_values(folder, wanted, SettingsFile.of(folder).stamp, ANNA, check)
    told = refused.value
    assert (told.what, told.where, told.do) == ("win_rate has no variant x", "variants.win_rate", "Known: y")
    assert text_of(folder) == TEXT


def test_who_looked_before_somebody_else_saved_is_told_what_was_changed(folder: Path) -> None:
    seen = SettingsFile.of(folder).stamp
    set_now(folder, {"calendar.country": "KZ"}, BORIS)
    with pytest.raises(SettingsError, match=r"changed meanwhile by Борис: calendar\.country"):
        set_values(folder, {NAMES["name"]: "Other"}, seen, ANNA, no_check)
    (folder / "voronka.toml").write_text(TEXT + "\n# by hand\n", "utf-8")
    with pytest.raises(SettingsError, match="changed meanwhile\\. "):
        set_values(folder, {NAMES["name"]: "Other"}, seen, ANNA, no_check)


def test_nothing_to_change_is_no_change(folder: Path) -> None:
    with pytest.raises(QuestionError, match="nothing of the settings is otherwise"):
        set_now(folder, {"name": "Acme", "calendar.country": None})
    assert changes(folder) == []


def test_a_change_is_taken_back_to_the_letter_and_that_can_be_taken_back_too(folder: Path) -> None:
    done = set_now(folder, {"calendar.working_hours": "10:00-19:00", "calendar.country": "KZ"})
    back = undo(folder, done.number, BORIS, no_check)
    assert text_of(folder) == TEXT
    assert [(each.name, each.was, each.now) for each in back.steps][1] == ("calendar.country", "KZ", None)
    undo(folder, back.number, BORIS, no_check)
    assert load_settings(folder).calendar.country == "KZ"


def test_a_change_is_taken_back_alone_though_others_came_after_it(folder: Path) -> None:
    done = set_now(folder, {"calendar.working_hours": "10:00-19:00"})
    set_now(folder, {"name": "Other"})
    undo(folder, done.number, ANNA, no_check)
    assert text_of(folder) == TEXT.replace('Acme"', 'Other"')


def test_what_was_changed_again_since_is_not_taken_back(folder: Path) -> None:
    done = set_now(folder, {"name": "Other"})
    set_now(folder, {"name": "Third"})
    assert not can_undo(SettingsFile.of(folder), done)
    with pytest.raises(QuestionError, match="was changed again since"):
        undo(folder, done.number, ANNA, no_check)
    with pytest.raises(QuestionError, match="no change has the number 7"):
        undo(folder, 7, ANNA, no_check)


def test_ends_of_lines_and_the_mark_of_the_file_stay(folder: Path) -> None:
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    (folder / "voronka.toml").write_bytes(raw)
    set_now(folder, {"calendar.working_hours": "10:00-19:00"})
    assert (folder / "voronka.toml").read_bytes() == raw.replace(b"09:00-18:00", b"10:00-19:00")


def test_a_broken_file_is_not_written_to(folder: Path) -> None:
    (folder / "voronka.toml").write_text("name = \n", "utf-8")
    with pytest.raises(SettingsError, match="not readable as TOML"):
        set_values(folder, {NAMES["name"]: "Other"}, "x", ANNA, no_check)
    assert text_of(folder) == "name = \n"


def test_settings_are_tried_without_being_written(folder: Path) -> None:
    assert tried(folder, {NAMES["temperature.hot"]: "true"}, no_check).temperature.hot == "true"
    assert text_of(folder) == TEXT
