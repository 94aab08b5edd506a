"""The funnel of a process on the command line, worked out by hand on five cases."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

LOG = """\
who,what,when
Ann,Form,2026-01-05 10:00
Ann,Call,2026-01-05 11:00
Ann,Deal,2026-01-07 10:00
Bob,Form,2026-01-31 23:30
Bob,Form,2026-02-20 10:00
Bob,Call,2026-02-20 10:30
Bob,Deal,2026-02-25 10:30
Eve,Form,2026-02-01 00:30
Eve,Call,2026-02-01 02:30
Joe,Call,2026-02-01 02:30
Kim,Form,2026-02-03 12:00
Kim,Mail,2026-02-04 12:00
"""
ARGUMENTS = ("--case", "who", "--activity", "what", "--time", "when")
Run = Callable[..., Result]


@pytest.fixture
def run(voronka: Voronka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that asks for a funnel of the log, where there is no company."""
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VORONKA_COMPANY", raising=False)
    return lambda *arguments: voronka("funnel", "--log", str(file), *ARGUMENTS, *arguments)


def shown(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_each_step_has_cases_shares_and_the_median_time(run: Run) -> None:
    found = shown(run("--steps", "Form,Call,Deal", "--window", "14d", "--format", "json"))
    assert (found["cases"], found["events"], found["order"], found["window_seconds"]) == (5, 12, "ordered", 1_209_600)
    names = ("step", "cases", "overall", "step_conversion", "median_seconds", "median_seconds_from_first", "dropped")
    assert [tuple(step[name] for name in names) for step in found["steps"]] == [
        ("Form", 4, 100, 100, None, None, 1),
        ("Call", 3, 75, 75, 3600, 3600, 1),  # 1 h, half an hour from Bob's second form, 2 h
        ("Deal", 2, 50, pytest.approx(200 / 3), 300_600, 303_300, 0),  # 47 h and 120 h; 48 h and 120.5 h
    ]
    assert found["steps"][2]["overall_low"] == pytest.approx(15.00, abs=0.01)
    assert found["steps"][0]["overall_low"] is None


def test_windows_of_steps_optional_steps_and_orders_are_heard(run: Run) -> None:
    def cases(*options: str) -> list[float]:
        return [step["cases"] for step in shown(run(*options, "--format", "json"))["steps"]]

    assert cases("--steps", "Form,Call,Deal", "--step-window", "Deal=3d", "--step-window", "Call=1h") == [4, 2, 1]
    assert cases("--steps", "Form,Mail,Call", "--optional", "Mail") == [4, 1, 3]
    assert cases("--steps", "Form,Call|Mail") == [4, 4]
    assert cases("--steps", "Form,Form,Call", "--order", "strict") == [4, 1, 1]
    assert cases("--steps", "Call,Form", "--order", "any", "--window", "1h") == [4, 2]


def test_cohorts_are_of_the_first_form_in_the_zone_asked_for(run: Run) -> None:
    asked = ("--steps", "Form,Deal", "--by", "month", "--format", "json")
    found = shown(run(*asked))
    assert [(group["month"], [step["cases"] for step in group["steps"]]) for group in found["groups"]] == [
        ("2026-01", [2, 2]),
        ("2026-02", [2, 0]),
    ]
    assert [step["cases"] for step in found["steps"]] == [4, 2]
    assert [group["complete"] for group in shown(run(*asked, "--window", "20d"))["groups"]] == [True, True]
    assert [group["complete"] for group in shown(run(*asked, "--window", "23d"))["groups"]] == [True, False]
    rows = list(csv.DictReader(io.StringIO(run(*asked[:-1], "csv").stdout)))
    assert [(row["month"], row["step"], row["cases"]) for row in rows][1:3] == [
        ("2026-01", "Deal", "2"),
        ("2026-02", "Form", "2"),
    ]


def test_people_get_a_table_with_lengths_in_words(run: Run) -> None:
    result = run("--steps", "Form,Mail,Call,Deal", "--optional", "Mail", "--window", "14d")
    assert result.stderr == "Cases: 5, events: 12; steps in order, within 14 d of the first.\n"
    assert result.stdout.splitlines()[2:] == [
        "Form                 4      100.00              –                   1  –                     –",
        "Mail (optional)      1       25.00          25.00  4.6–69.9         0  1 d                   1 d",
        "Call                 3       75.00          75.00  30.1–95.4        1  1 h                   1 h",
        "Deal                 2       50.00          66.67  20.8–93.9        0  3 d 12 h              3 d 12 h",
    ]


def test_the_cases_of_a_step_and_those_that_stopped_there_are_listed(run: Run) -> None:
    rows = json.loads(run("--steps", "Form,Call,Deal", "--reached", "Deal", "--format", "json").stdout)
    assert [(row["case"], row["first_at"], row["at"]) for row in rows] == [
        ("Ann", "2026-01-05T10:00:00+00:00", "2026-01-07T10:00:00+00:00"),
        ("Bob", "2026-02-20T10:00:00+00:00", "2026-02-25T10:30:00+00:00"),
    ]
    assert rows[1]["seconds_from_first"] == 433_800
    asked = ("--steps", "Form,Call,Deal", "--time-zone", "Europe/Moscow", "--format", "json")
    [row] = json.loads(run(*asked, "--dropped", "2").stdout)
    assert (row["case"], row["at"]) == ("Eve", "2026-02-01T02:30:00+03:00")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--steps", "Form,Cal"), "the log has no step Cal. Did you mean Call?"),
        (("--steps", "Form", "--window", "14"), "--window is no length of time: 14"),
        (("--steps", "Form", "--by", "moth"), "--by is no period: moth. Did you mean month?"),
        (("--steps", "Form,Call", "--dropped", "Cal"), "the funnel has no step Cal. Did you mean Call?"),
        (("--steps", "Form,Call", "--dropped", "3"), "the funnel has no step 3. Known: Call, Form."),
        (("--steps", "Form", "--dropped", "1", "--reached", "1"), "--reached and --dropped are two lists"),
    ],
)
def test_what_cannot_be_asked_is_one_line(run: Run, options: tuple[str, ...], said: str) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"voronka: {said}")


def test_a_company_gives_its_language_and_its_zone(voronka: Voronka, tmp_path: Path) -> None:
    (tmp_path / "voronka.toml").write_text('language = "ru"\ntime_zone = "Asia/Tokyo"\n', encoding="utf-8")
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    asked = ("funnel", "--company", str(tmp_path), "--log", str(file), *ARGUMENTS, "--steps", "Form,Call,Deal")
    assert voronka(*asked).stderr == "Случаев: 5, событий: 12; шаги по порядку.\n"
    assert "3 дн 12 ч" in voronka(*asked).stdout
    rows = json.loads(voronka(*asked, "--reached", "Deal", "--format", "json").stdout)
    assert rows[0]["at"] == "2026-01-07T10:00:00+09:00"


def test_the_stages_of_a_pipeline_are_the_steps_of_the_companys_own_cases(
    voronka: Voronka, built_company: CompanyFolder
) -> None:
    # Four deals without a history of stages: the present stage is all that is told of them, if that.
    asked = ("funnel", "--pipeline", "sales", "--entity", "deal")
    told = shown(voronka(*asked, "--format", "json", company=built_company))
    assert [step["step"] for step in told["steps"]] == ["stage:sales:New", "stage:sales:Won"]
    # which steps they reached nobody tells: unknown is not zero
    assert (told["cases"], told["left_out"], told["stopped"]) == (4, 4, None)
    assert {step[name] for step in told["steps"] for name in step if name not in {"step", "optional"}} == {None}
    table = voronka(*asked, company=built_company)
    assert table.stdout.splitlines()[2].split() == ["New", *"–" * 8]
    assert "какие" in table.stderr
    closed = ("funnel", "--steps", "deal_created,deal_won", "--entity", "deal", "--format", "json")
    told = shown(voronka(*closed, company=built_company))
    assert [(step["cases"], step["money"]) for step in told["steps"]] == [(4, 1307.75), (3, 1107.75)]
    [lost] = told["stopped"][0]["losses"]
    assert (lost["reason"], lost["cases"], lost["money"]) == (None, 1, 200)
    rows = voronka(*closed, "--dropped", "создана сделка", company=built_company).stdout
    assert [row["seconds_from_first"] for row in json.loads(rows)] == [0]  # of deal 2: its key or its name is heard
    by = shown(voronka(*closed, "--by", "employee", company=built_company))
    assert [(group["employee"], [step["cases"] for step in group["steps"]]) for group in by["groups"]] == [
        ("Anna", [2, 1]),
        (None, [1, 1]),
        ("Boris", [1, 1]),
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "a funnel has steps. Name them: --steps A,B,C, or --pipeline, or a file: --log FILE."),
        (("--pipeline", "sale"), "no pipeline sale is configured. Did you mean sales?"),
        (("--steps", "deal_wonn"), "the log has no step deal_wonn. Did you mean deal_won"),
        (("--steps", "X"), "the log has no step X. List them: voronka path --show steps."),
        (("--steps", "deal_won", "--by", "employe"), "cases cannot be cut by employe. Did you mean employee?"),
    ],
)
def test_what_cannot_be_asked_of_a_company_is_told(
    voronka: Voronka, built_company: CompanyFolder, options: tuple[str, ...], said: str
) -> None:
    assert voronka("funnel", *options, company=built_company).stderr.startswith(f"voronka: {said}")
