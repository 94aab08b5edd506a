import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka


@pytest.mark.parametrize("command", [("loads",), ("query", "deals_won"), ("metrics",), ("doctor",), ("build",)])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_whatever_prints_data_prints_it_in_each_format(
    voronka: Voronka, built_company: CompanyFolder, command: tuple[str, ...], form: str
) -> None:
    result = voronka(*command, "--format", form, company=built_company)
    assert result.exit_code == 0
    assert result.stdout


def test_another_format_is_refused_with_the_known_ones(voronka: Voronka, built_company: CompanyFolder) -> None:
    result = voronka("loads", "--format", "xml", company=built_company)
    assert result.exit_code == 2
    assert "'table', 'json', 'csv'" in result.stderr


def test_the_company_is_also_taken_from_the_environment(
    voronka: Voronka, built_company: CompanyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VORONKA_COMPANY", str(built_company.folder))
    assert voronka("loads").exit_code == 0
