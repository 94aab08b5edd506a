import json
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

OWN = "metrics:\n  everything: { title: { ru: Всё, en: Everything }, formula: calls + emails_sent }\n"


def test_metrics_are_listed_with_their_titles(voronka: Voronka, built_company: CompanyFolder) -> None:
    result = voronka("metrics", "--format", "json", company=built_company)
    listed = {row["name"]: row for row in json.loads(result.stdout)}
    assert listed["win_rate"]["title"] == "Процент закрытия сделок"
    assert listed["revenue"]["unit"] == "money"


def test_metrics_are_listed_without_a_company_too(
    voronka: Voronka,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VORONKA_COMPANY", raising=False)
    assert voronka("metrics").exit_code == 0
    assert voronka("metrics", "explain", "win_rate").exit_code == 0


def test_metrics_are_titled_in_the_companys_language_and_tell_their_condition(
    voronka: Voronka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VORONKA_COMPANY", raising=False)
    listed = {row["name"]: row for row in json.loads(voronka("metrics", "--format", "json").stdout)}
    assert listed["win_rate"]["title"] == "Win rate"
    assert listed["deals_won"]["meaning"].startswith("count: rows where ")


def test_every_metric_is_listed_with_its_definition_and_how_many_examples_it_has(voronka: Voronka) -> None:
    listed = json.loads(voronka("metrics", "--format", "json").stdout)
    assert [row["name"] for row in listed if not row["definition"]] == []
    assert [row["name"] for row in listed if not row["examples"]] == []


def test_a_metric_is_explained_in_words_with_its_formula_and_parts_and_examples(
    voronka: Voronka, built_company: CompanyFolder
) -> None:
    text = voronka("metrics", "explain", "win_rate", company=built_company).stdout
    lines = text.splitlines()
    assert lines[0] == "Процент закрытия сделок  [win_rate]"
    for said in (
        "Вопрос           Какую часть закрытых сделок выигрываем?",
        "Как считается    100 × «Продажи» / («Продажи» + «Отказы»)",
        "Формула в файле  100 * deals_won / (deals_won + deals_lost)",
        "По какой дате    закрытие",
        "Вариант          by_count (в силе)",
        "  deals_won  Продажи: count: rows where deleted_at IS NULL AND outcome IN ('won', 'lost') AND outcome = 'won'",
    ):
        assert said in lines
    assert "Пример: " in text


def test_a_metric_is_explained_in_the_language_asked(voronka: Voronka, built_company: CompanyFolder) -> None:
    text = voronka("metrics", "explain", "win_rate", "--language", "en", company=built_company).stdout
    assert text.startswith("Win rate  [win_rate]\n")
    assert "Stands on:\n  deals_won  Deals won: count: rows where" in text


def test_an_explanation_for_programs_has_both_languages_variants_parts_and_examples(
    voronka: Voronka, built_company: CompanyFolder
) -> None:
    told = json.loads(voronka("metrics", "explain", "win_rate", "--format", "json", company=built_company).stdout)
    assert (told["unit"], told["title"]["en"], told["variant"]) == ("percent", "Win rate", "by_count")
    assert [variant["name"] for variant in told["variants"]] == ["by_count", "from_accepted"]
    assert [part["name"] for part in told["parts"]] == ["deals_won", "deals_lost"]
    assert told["examples"][0]["expect"][0]["win_rate"] == "100"
    assert told["examples"][0]["given"]["fct_deals"][0]["employee"] == "Anna"


def test_the_statement_of_a_companys_figure_is_shown(voronka: Voronka, built_company: CompanyFolder) -> None:
    assert "FROM fct_deals" in voronka("metrics", "explain", "win_rate", "--sql", company=built_company).stdout
    result = voronka("metrics", "explain", "first_response_median", "--sql", company=built_company)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is worked out by an analysis" in result.stderr


def test_an_unknown_metric_is_not_explained(voronka: Voronka, built_company: CompanyFolder) -> None:
    result = voronka("metrics", "explain", "win_rat", company=built_company)
    assert result.exit_code == 2
    assert "Did you mean win_rate?" in result.stderr


def test_one_example_is_shown_all_on_request_and_lines_fit_a_screen(
    voronka: Voronka, built_company: CompanyFolder
) -> None:
    few = voronka("metrics", "explain", "deals_won", company=built_company)
    every = voronka("metrics", "explain", "deals_won", "--examples", company=built_company)
    assert few.stdout.count("Пример: ") == 1
    assert every.stdout.count("Пример: ") > 1
    assert "More worked examples (" in few.stderr
    told = few.stdout.partition("\nПример")[0]
    assert max(map(len, told.splitlines())) <= 110


@pytest.fixture
def own_company(voronka: Voronka, company: CompanyFolder) -> CompanyFolder:
    """Return a company whose own metric has been in force, and is broken now."""
    file = company.folder / "metrics" / "own.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(OWN, encoding="utf-8")
    assert voronka("metrics", "check", company=company).exit_code == 0
    assert "everything" in voronka("metrics", company=company).stdout
    file.write_text(OWN.replace("emails_sent", "mails_sent"), encoding="utf-8")
    return company


def test_own_metrics_are_checked(voronka: Voronka, own_company: CompanyFolder) -> None:
    result = voronka("metrics", "check", company=own_company)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "metrics/own.yml:2: Unknown metric: mails_sent. Did you mean emails_sent" in result.stderr
    (own_company.folder / "metrics" / "own.yml").write_text(OWN, encoding="utf-8")
    assert "own: 1 of metrics/own.yml" in voronka("metrics", "check", company=own_company).stdout


EXAMPLE = """
examples:
  - name: A call
    given:
      fct_calls: |
        call_id | started_at
        1       | 2026-03-02 10:00
    expect: |
      everything
      1
"""


def test_worked_examples_of_own_metrics_are_checked_too(voronka: Voronka, company: CompanyFolder) -> None:
    company.write("metrics/own.yml", OWN + EXAMPLE)
    good = voronka("metrics", "check", company=company)
    assert good.exit_code == 0
    assert good.stdout.endswith("1 worked example of the own metrics, all come out as worked out\n")
    company.write("metrics/own.yml", (OWN + EXAMPLE).replace("      1\n", "      7\n"))
    bad = voronka("metrics", "check", company=company)
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert "metrics/own.yml:5: A call: everything is 1, expected 7" in bad.stderr
    assert "Mend the definition, or what its example expects" in bad.stderr


def test_the_last_good_metrics_hold_and_it_is_said(voronka: Voronka, own_company: CompanyFolder) -> None:
    result = voronka("metrics", "explain", "everything", company=own_company)
    assert result.exit_code == 0
    assert "calls + emails_sent" in result.stdout
    assert "metrics/own.yml:2: Unknown metric: mails_sent" in result.stderr
    assert "Until it is mended, the definitions of " in result.stderr
