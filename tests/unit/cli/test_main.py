from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.main import main


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("voronka.toml", 'name = "x\n', "not readable as TOML"),
        ("voronka.toml", "naem = 1\n", "unknown key `naem`. Did you mean name?"),
        ("voronka.toml", '[engine]\nmemory_limit = "lots"\n', "memory is written 4GB"),
        ("sources/crm.yml", "source: crm\nstreams:\n  deals: [\n", "sources/crm.yml, line 4: not readable as YAML"),
        (
            "sources/crm.yml",
            "source: crm\nstreams:\n  d:\n    path: x\n    into: dealz\n    columns: {}\n",
            "Did you mean deals?",
        ),
        ("sources/crm.yml", "", "the file must hold"),
        ("pipelines/sales.yml", "pipeline: sales\nstages: 5\n", "pipelines/sales.yml, line 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_wrong(
    voronka: Voronka, company: CompanyFolder, path: str, text: str, said: str
) -> None:
    company.write(path, text)
    result = voronka("build", company=company)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.startswith("voronka: ")


@pytest.mark.parametrize("path", ["voronka.toml", "sources/crm.yml", "pipelines/sales.yml", "metrics/own.yml"])
def test_a_file_that_is_not_utf_8_is_named(voronka: Voronka, company: CompanyFolder, path: str) -> None:
    company.write(path, "name: Ромашка\n", encoding="cp1251")
    result = voronka("build", company=company)
    assert result.exit_code == 2
    assert "the file is not in UTF-8. Save it in UTF-8." in result.stderr


@pytest.mark.parametrize("command", [("import",), ("build",), ("loads",), ("query", "calls"), ("map", "x.csv")])
def test_a_folder_that_is_no_company_is_told_with_what_to_do(
    voronka: Voronka, tmp_path: Path, command: tuple[str, ...]
) -> None:
    result = voronka(*command, "--company", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "voronka init" in result.stderr


def test_a_fault_of_the_system_is_one_line(voronka: Voronka, company: CompanyFolder) -> None:
    company.load()
    (company.folder / "lake" / ".build.lock").mkdir()
    result = voronka("build", company=company)
    assert result.exit_code == 1
    assert result.stderr == f"voronka: {company.folder}/lake/.build.lock: Is a directory\n"


def test_help_and_version_are_given() -> None:
    shown = CliRunner().invoke(main, ["-h"])
    assert shown.exit_code == 0
    for command in ("init", "map", "import", "build", "loads", "query", "metrics", "doctor"):
        assert f"\n  {command} " in shown.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_with_what_to_do(voronka: Voronka, company: CompanyFolder) -> None:
    company.load_and_build()
    target = company.folder / "day.xlsx"
    target.symlink_to("/dev/full")
    result = voronka("report", "daily", "--format", "xlsx", "--output", str(target), company=company)
    assert result.exit_code == 1
    assert "the disk is full. Free some space" in result.stderr
