"""`voronka path` over a file: what is asked and what is refused."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.main import main

WON = ["stage:sales:New", "stage:sales:Won"]
LOG = """\
id,what,when
1,New,2026-03-01 10:00
1,"Sent, signed",2026-03-01 12:00
2,New,2026-03-02 10:00
2,Lost,2026-03-02 11:00
3,New,2026-03-03 10:00
3,Call,2026-03-03 11:00
3,"Sent, signed",2026-03-03 14:00
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a log of three cases."""
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def asked(file: Path, *options: str) -> Result:
    columns = ("--case", "id", "--activity", "what", "--time", "when")
    return CliRunner().invoke(main, ["path", "--log", str(file), *columns, *options])


def test_a_path_in_json(file: Path) -> None:
    told = json.loads(asked(file, "--format", "json").stdout)
    assert (told["cases"], told["events"], told["activities"], told["variant_count"]) == (3, 7, 4, 3)
    assert "fitness" not in told
    assert told["median_days"] == round(2 / 24, 3)


def test_a_model_is_asked_for_with_quotes_around_commas(file: Path) -> None:
    options = ("--model", 'New,"Sent, signed"', "--exits", "Lost", "--format", "json")
    told = json.loads(asked(file, *options).stdout)
    assert (told["model"], told["exits"]) == (["New", "Sent, signed"], ["Lost"])
    assert told["fitness"] == pytest.approx((1 + 1 + 4 / 5) / 3)
    assert [(row["kind"], row["step"]) for row in told["deviations"]] == [("outside", "Call")]


def test_open_cases_may_stop(file: Path) -> None:
    model = ("--model", 'New,Call,"Sent, signed"', "--format", "json")
    without = {(row["kind"], row["step"]) for row in json.loads(asked(file, *model).stdout)["deviations"]}
    stopping = {
        (row["kind"], row["step"]) for row in json.loads(asked(file, *model, "--may-stop").stdout)["deviations"]
    }
    assert without == {("skipped", "Call"), ("skipped", "Sent, signed"), ("outside", "Lost")}
    assert stopping == {("skipped", "Call"), ("outside", "Lost")}


def test_csv_has_the_edges_or_the_table_that_is_asked_for(file: Path) -> None:
    edges = list(csv.DictReader(asked(file, "--format", "csv").stdout.splitlines()))
    assert [(row["from"], row["to"], row["median_seconds"]) for row in edges] == [
        ("New", "Sent, signed", "7200.0"),
        ("New", "Lost", "3600.0"),
        ("New", "Call", "3600.0"),
        ("Call", "Sent, signed", "10800.0"),
    ]
    variants = list(csv.DictReader(asked(file, "--format", "csv", "--show", "variants").stdout.splitlines()))
    assert [row["steps"] for row in variants] == ["New > Call > Sent, signed", "New > Lost", "New > Sent, signed"]


def test_a_table_is_in_english_without_a_company(file: Path) -> None:
    assert "Variants of the path" in asked(file).stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--model", "New,Cal"), "the log has no step Cal. Did you mean Call?"),
        (("--exits", "Lost"), "--exits needs --model. Name the stages: --model A,B,C."),
        (("--may-stop",), "--may-stop needs --model"),
        (("--show", "deviations"), "--show deviations needs --model"),
        (("--model", "New,New"), "a step stands twice in the model: New"),
        (("--model", "New,,Call"), "--model names a step without a name: New,,Call"),
    ],
)
def test_what_cannot_be_asked_is_told(file: Path, options: tuple[str, ...], said: str) -> None:
    found = asked(file, *options)
    assert found.exit_code == 2
    assert said in found.stderr


def test_options_of_own_cases_do_not_go_with_a_file(file: Path) -> None:
    found = asked(file, "--pipeline", "sales", "--kind", "stage", "--from", "2026-01-01")
    assert found.exit_code == 2
    assert "--pipeline, --kind, --from is of your own cases, not of a file" in found.stderr


def test_the_path_of_a_company_is_told_by_titles_and_by_keys(voronka: Voronka, built_company: CompanyFolder) -> None:
    # the export holds present stages only: what is known of its deals is when they were made and closed
    options = ("path", "--pipeline", "sales", "--entity", "deal", "--kind", "created", "--kind", "closed")
    told = json.loads(voronka(*options, "--format", "json", company=built_company).stdout)
    assert (told["cases"], told["model"], told["exits"], told["fitness"]) == (4, WON, ["stage:sales:Lost"], None)
    assert [(row["steps"], row["cases"], row["win_rate"]) for row in told["variants"]] == [
        (["deal_created", "deal_won"], 3, 100),
        (["deal_created", "deal_lost"], 1, 0),
    ]
    assert told["titles"]["stage:sales:New"] == "New"
    assert told["titles"]["deal_won"] == "сделка выиграна"
    table = voronka(*options, "--show", "steps", company=built_company)
    assert "сделка выиграна" in table.stdout
    assert "deal_won" not in table.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--model", "New"), "--model needs --log. Name your own stages by --pipeline."),
        (("--may-stop",), "--may-stop needs --log"),
        (("--show", "deviations"), "--show deviations needs --pipeline"),
        (("--pipeline", "sale"), "Did you mean sales?"),
        (("--to", "2026-01-01"), "a period needs --from"),
    ],
)
def test_what_cannot_be_asked_of_a_company_is_told(
    voronka: Voronka, built_company: CompanyFolder, options: tuple[str, ...], said: str
) -> None:
    found = voronka("path", *options, company=built_company)
    assert found.exit_code == 2
    assert said in found.stderr
