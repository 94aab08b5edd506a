import json
from pathlib import Path

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.settings import SETTINGS, load_settings


def test_init_makes_a_company_whose_settings_are_explained_and_load(voronka: Voronka, tmp_path: Path) -> None:
    folder = tmp_path / "Моя фирма"
    result = voronka("init", str(folder), "--name", 'ООО "Ромашка"', "--currency", "USD", "--country", "")
    assert result.exit_code == 0
    text = (folder / "voronka.toml").read_text("utf-8")
    assert all(setting.help in text for setting in SETTINGS if setting.name != "VORONKA_COMPANY")
    settings = load_settings(folder)
    assert (settings.name, settings.currency, settings.calendar.country) == ('ООО "Ромашка"', "USD", "")
    assert f"made {folder / 'voronka.toml'}" in result.stdout.splitlines()
    assert f"voronka map FILE --company '{folder}'" in result.stderr


def test_init_in_another_country_reads_phones_as_there(voronka: Voronka, tmp_path: Path) -> None:
    assert voronka("init", str(tmp_path / "us"), "--country", "US").exit_code == 0
    settings = load_settings(tmp_path / "us")
    assert (settings.calendar.country, settings.phones.country) == ("US", "US")
    assert voronka("init", str(tmp_path / "none"), "--country", "").exit_code == 0
    assert load_settings(tmp_path / "none").phones.country == "RU"


def test_init_takes_an_existing_folder_and_keeps_its_files(voronka: Voronka, tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text("no\n1\n")
    assert voronka("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / "deals.csv").read_text() == "no\n1\n"


def test_init_never_overwrites_a_company(voronka: Voronka, tmp_path: Path) -> None:
    voronka("init", str(tmp_path), "--name", "first")
    result = voronka("init", str(tmp_path), "--name", "second")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a company's already" in result.stderr
    assert load_settings(tmp_path).name == "first"


def test_init_refuses_a_wrong_value_with_a_hint(voronka: Voronka, tmp_path: Path) -> None:
    result = voronka("init", str(tmp_path / "new"), "--time-zone", "Moscow")
    assert (result.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert "Did you mean Europe/Moscow?" in result.stderr


def test_init_where_nobody_can_write_is_told_in_one_line(voronka: Voronka, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = voronka("init", str(tmp_path / "file" / "company"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_doctor_tells_that_all_is_well(voronka: Voronka, built_company: CompanyFolder) -> None:
    result = voronka("doctor", "--format", "json", company=built_company)
    assert result.exit_code == 0
    told = {row["what"]: row for row in json.loads(result.stdout)}
    assert told["loads"]["detail"] == "2 active of 2"
    assert told["company"]["detail"] == str(built_company.folder)


def test_doctor_names_a_broken_file_and_exits_with_one(voronka: Voronka, company: CompanyFolder) -> None:
    company.write("sources/crm.yml", "source: crm\nstreams: [\n")
    result = voronka("doctor", company=company)
    assert result.exit_code == 1
    assert "sources/crm.yml, line 3: not readable as YAML" in result.stdout
