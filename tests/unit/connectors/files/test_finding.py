import hashlib
from pathlib import Path

import pytest

from voronka.connectors.files import find_files
from voronka.domain.errors import InputError


def test_files_are_found_by_pattern_and_sorted_by_name(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text("x")
    assert [file.name for file in find_files("*.csv", tmp_path)] == ["a.csv", "b.csv"]


def test_a_found_file_carries_its_hash_and_size(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id\n1\n")
    file = find_files("a.csv", tmp_path)[0]
    assert (file.sha256, file.size) == (hashlib.sha256(b"id\n1\n").hexdigest(), 5)


def test_an_absolute_path_outside_the_base_keeps_its_full_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    base = tmp_path / "company"
    base.mkdir()
    assert find_files(str(tmp_path / "*.csv"), base)[0].name == (tmp_path / "a.csv").as_posix()


def test_a_file_with_wildcard_letters_in_its_name_is_found_by_this_name(tmp_path: Path) -> None:
    (tmp_path / "deals [2024].csv").write_text("x")
    assert find_files("deals [2024].csv", tmp_path)[0].name == "deals [2024].csv"


def test_nothing_found_names_pattern_and_folder_and_the_near_name(tmp_path: Path) -> None:
    (tmp_path / "sales_pipeline.csv").write_text("x")
    with pytest.raises(InputError) as refusal:
        find_files("sales_pipelne.csv", tmp_path)
    message = str(refusal.value)
    assert "sales_pipelne.csv" in message
    assert str(tmp_path) in message
    assert "Did you mean sales_pipeline.csv?" in message


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        find_files("exports/a.csv", tmp_path)


def test_the_lock_file_of_an_open_workbook_is_not_an_export(tmp_path: Path) -> None:
    for name in ("calls.xlsx", "~$calls.xlsx"):
        (tmp_path / name).write_text("x")
    assert [file.name for file in find_files("*.xlsx", tmp_path)] == ["calls.xlsx"]
