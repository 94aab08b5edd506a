from pathlib import Path

import pytest

from voronka.domain.errors import SettingsError
from voronka.pipeline.founding import found_company
from voronka.settings import load_settings

VALUES = {"name": 'ООО "Ромашка"', "currency": "USD", "calendar.country": ""}


def test_a_new_company_has_places_for_everything_and_settings_that_load(tmp_path: Path) -> None:
    made = found_company(str(tmp_path / "Моя фирма"), VALUES)
    root = tmp_path / "Моя фирма"
    assert {path.name for path in root.iterdir()} == {
        "voronka.toml",
        "sources",
        "pipelines",
        "metrics",
        "exports",
        ".gitignore",
    }
    assert made[0] == root
    assert made[-1] == root / "voronka.toml"
    settings = load_settings(root)
    assert (settings.name, settings.currency, settings.calendar.country) == ('ООО "Ромашка"', "USD", "")


def test_data_are_not_for_git(tmp_path: Path) -> None:
    found_company(str(tmp_path), VALUES)
    assert (tmp_path / ".gitignore").read_text().split() == ["lake/", "app.db", "exports/"]


def test_a_folder_with_other_files_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "deals.csv").write_text("no\n1\n")
    (tmp_path / ".gitignore").write_text("mine\n")
    made = found_company(str(tmp_path), VALUES)
    assert (tmp_path / "exports" / "deals.csv").read_text() == "no\n1\n"
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert tmp_path / "exports" not in made


def test_a_company_is_never_overwritten(tmp_path: Path) -> None:
    found_company(str(tmp_path), VALUES)
    (tmp_path / "voronka.toml").write_text('name = "kept"\n')
    with pytest.raises(SettingsError, match="a company's already"):
        found_company(str(tmp_path), VALUES)
    assert load_settings(tmp_path).name == "kept"


def test_a_wrong_value_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Did you mean Europe/Moscow"):
        found_company(str(tmp_path / "new"), {"time_zone": "Moscow"})
    assert not (tmp_path / "new").exists()
