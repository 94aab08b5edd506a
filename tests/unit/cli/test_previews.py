"""What a dry run of one file prints."""

import json
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.previews import preview_file, read_map
from voronka.domain.errors import SettingsError
from voronka.pipeline.previewing import Wish

TEXT = "no,sum,made\n1,100,2026-01-05\n2,many,2026-01-06\n3,-5,2026-01-07\n"
MAP = {"no": "deal_id", "sum": "amount", "made": "created_at"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "map.json").write_text(json.dumps(MAP), encoding="utf-8")
    target = tmp_path / "deals.csv"
    target.write_text(TEXT, encoding="utf-8")
    return target


def test_the_answer_is_one_object(voronka: Voronka, file: Path, tmp_path: Path) -> None:
    columns = ("--columns", str(tmp_path / "map.json"), "--into", "deals")
    result = voronka("import", "--dry-run", str(file), *columns, "--company", str(tmp_path), "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["outcome"], found["rows_in"], found["rows_aside"]) == (0, "quarantine", 2, 1)
    assert found["records"][0] == {"deal_id": "1", "amount": "100.00", "created_at": "2026-01-05"}


def test_in_words_it_says_the_same_in_the_companys_language(
    voronka: Voronka, company: CompanyFolder, file: Path, tmp_path: Path
) -> None:
    columns = ("--columns", str(tmp_path / "map.json"), "--into", "deals")
    settings = company.folder / "voronka.toml"
    settings.write_text(settings.read_text("utf-8").replace('language = "en"', 'language = "ru"'), encoding="utf-8")
    russian = voronka("import", "--dry-run", str(file), *columns, company=company)
    assert russian.exit_code == 0
    assert "будет загружен, часть строк отложена" in russian.stdout
    assert "строк к загрузке: 2; отложено: 1" in russian.stdout
    assert "sum → amount" in russian.stdout
    assert "не сумма — sum: many" in russian.stdout
    assert "кодировка utf-8 (весь файл — правильный utf-8)" in russian.stdout.lower()
    english = voronka("import", "--dry-run", str(file), *columns, "--company", str(tmp_path))
    assert "would be loaded, some rows put aside" in english.stdout


def test_rows_as_they_would_be_loaded_can_be_had_as_csv(voronka: Voronka, file: Path, tmp_path: Path) -> None:
    columns = ("--columns", str(tmp_path / "map.json"), "--into", "deals")
    result = voronka("import", "--dry-run", str(file), *columns, "--company", str(tmp_path), "--format", "csv")
    assert result.stdout.splitlines()[:2] == ["deal_id,created_at,amount", "1,2026-01-05,100.00"]


def test_a_file_of_a_stream_is_tried_with_that_streams_mapping(voronka: Voronka, company: CompanyFolder) -> None:
    file = company.folder / "exports/crm/deals.csv"
    found = json.loads(voronka("import", "--dry-run", str(file), "--format", "json", company=company).stdout)
    assert (found["outcome"], found["columns"]["who"], found["rows_in"]) == ("accept", "employee", 4)


def test_a_refusal_is_an_answer_with_exit_code_one(voronka: Voronka, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    result = voronka("import", "--dry-run", str(tmp_path / "empty.csv"), "--company", str(tmp_path))
    assert result.exit_code == 1
    assert "is refused" in result.stdout


def test_a_company_whose_settings_are_broken_is_a_refusal_too(file: Path, tmp_path: Path) -> None:
    (tmp_path / "voronka.toml").write_text("currency = 7", encoding="utf-8")
    found = preview_file(str(tmp_path), Wish(file, "deals"), None)
    assert found.outcome == "refuse"
    assert "currency" in found.message


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": ["b"]}'])
def test_a_map_that_is_none_is_told_with_the_form_it_has(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.json").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="header in the file"):
        read_map(str(tmp_path / "map.json"))


def test_headers_without_a_column_are_left_out_of_a_map(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text('\ufeff{"a": "deal_id", "b": null, "c": ""}', encoding="utf-8")
    assert read_map(str(tmp_path / "map.json")) == {"a": "deal_id"}


def test_a_map_may_stand_on_the_command_line_itself() -> None:
    assert read_map(' {"a": "deal_id", "b": ""}') == {"a": "deal_id"}
    with pytest.raises(SettingsError, match="not readable as JSON"):
        read_map('{"a": deal_id}')
