from datetime import date, time
from pathlib import Path

import pytest

from voronka.domain.errors import SettingsError
from voronka.settings import COMPANY_VARIABLE, SETTINGS, RoleScore, Settings, company_folder, load_settings, template


def written(folder: Path, text: str) -> Path:
    (folder / "voronka.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, ""))
    assert settings == Settings()
    assert settings.zone().key == "Europe/Moscow"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, '\ufeffname = "Ромашка"\n')).name == "Ромашка"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('time_zone = "Europe/Moskow"', "Europe/Moscow"),
        ('currency = "rub"', "three-letter code"),
        ('language = "de"', "language"),
        ('calender = "x"', "Did you mean calendar"),
        ('[calendar]\nworking_hours = "9-18"', "09:00-18:00"),
        ('[profile]\nrule = "segmen = 1"', "`profile.rule`: Unknown column: segmen. Did you mean segment"),
        ("[temperature]\nhot_range = [95, 85]", "the smaller one first"),
        ('[handover]\nrequired = ["phon"]', "a lead has no field phon. Did you mean phone?"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_would_be_right(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(tmp_path, line))
    assert said in str(caught.value)


def test_working_hours_become_times_of_the_day() -> None:
    settings = Settings.model_validate({"calendar": {"working_hours": "10:00-24:00"}})
    assert settings.calendar.hours() == (time(10), time.max)


def test_the_template_as_it_stands_sets_nothing(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, template())) == Settings()


def test_the_template_explains_every_setting_and_holds_what_was_given(tmp_path: Path) -> None:
    text = template({"name": 'ООО "Ромашка"', "calendar.country": ""})
    assert [s.name for s in SETTINGS if s.name != COMPANY_VARIABLE and s.help not in text] == []
    settings = load_settings(written(tmp_path, text))
    assert (settings.name, settings.calendar.country) == ('ООО "Ромашка"', "")


def test_the_template_with_its_comments_taken_off_gives_the_defaults(tmp_path: Path) -> None:
    lines = template().splitlines()
    keys = tuple(f"# {s.name.rpartition('.')[2]} = " for s in SETTINGS)
    text = "\n".join(line[2:] if line.startswith(keys) else line for line in lines)
    assert load_settings(written(tmp_path, text)) == Settings()


def test_the_folder_given_goes_before_the_variable_and_that_before_the_current_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("given", "variable", "current"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, "")
    monkeypatch.chdir(tmp_path / "current")
    monkeypatch.delenv(COMPANY_VARIABLE, raising=False)
    assert company_folder(None) == tmp_path / "current"
    monkeypatch.setenv(COMPANY_VARIABLE, str(tmp_path / "variable"))
    assert company_folder(None) == tmp_path / "variable"
    assert company_folder(str(tmp_path / "given")) == tmp_path / "given"


def test_a_folder_without_settings_is_not_a_companys(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not a company's"):
        company_folder(str(tmp_path))


def test_a_country_whose_holidays_nobody_knows_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no public holidays are known for the country XQ"):
        load_settings(written(tmp_path, '[calendar]\ncountry = "XQ"\n'))


def test_the_pages_are_served_to_this_machine_only_unless_it_is_said() -> None:
    web = Settings().web
    assert (web.host, web.hosts, web.public_url) == ("127.0.0.1", (), "")


@pytest.mark.parametrize(
    "line",
    [
        'public_url = "sales.example.com"',
        'public_url = "https://sales.example.com/voronka"',
        'public_url = "https://a@b.example.com"',
        "port = 70000",
        "session_days = 0",
        'hosts = "sales.local"',
    ],
)
def test_a_wrong_setting_of_the_pages_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError, match=rf"web\.{line.split(maxsplit=1)[0]}"):
        load_settings(written(tmp_path, f"[web]\n{line}\n"))


def test_the_pages_address_is_taken_without_its_last_slash(tmp_path: Path) -> None:
    text = '[web]\npublic_url = "https://sales.example.com:8443/"\n'
    assert load_settings(written(tmp_path, text)).web.public_url == "https://sales.example.com:8443"


def test_each_role_has_a_score_of_its_own_beside_the_cap_of_all(tmp_path: Path) -> None:
    text = "[score]\ncap = 110\n[score.sdr]\nweights = { calls = 2 }\n[score.ae]\ntargets = { calls = 3.5 }"
    score = load_settings(written(tmp_path, text)).score
    assert score.cap == 110
    assert score.roles == {"sdr": RoleScore(weights={"calls": 2}), "ae": RoleScore(targets={"calls": 3.5})}


@pytest.mark.parametrize("text", ["[score.sdr]\nweight = { calls = 2 }", "[score.sdr]\nweights = { calls = 0 }"])
def test_a_score_that_means_nothing_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="weight"):
        load_settings(written(tmp_path, text))


def test_a_table_of_each_role_is_explained_and_stands_as_a_comment() -> None:
    assert "# [score.<role>]" in template()
    assert "score.<role>.weights" in {setting.name for setting in SETTINGS}


def test_a_variant_is_chosen_by_its_name_or_with_the_day_it_is_in_force_from(tmp_path: Path) -> None:
    text = '[variants]\nwin_rate = "from_accepted"\nmargin = { use = "by_deals", since = 2026-01-01 }\n'
    chosen = load_settings(written(tmp_path, text)).variants
    assert {name: (each.use, each.since) for name, each in chosen.items()} == {
        "win_rate": ("from_accepted", None),
        "margin": ("by_deals", date(2026, 1, 1)),
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('win_rate = { used = "from_accepted" }', "unknown key `used`. Did you mean use"),
        ('win_rate = { use = "from_accepted", since = "spring" }', "`variants.win_rate.since`: "),
        ("win_rate = 1", "`variants.win_rate`: "),
    ],
)
def test_a_variant_that_is_chosen_wrongly_is_told(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(written(tmp_path, f"[variants]\n{line}\n"))
    assert said in str(refused.value)
