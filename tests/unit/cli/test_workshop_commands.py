"""Hypotheses on the command line."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

REACH = ("hypothesis", "add", "reach", "deal_created", "deal_won", "--entity", "deal", "--why", "мы так думаем")


@pytest.fixture
def bench(built_company: CompanyFolder, tmp_path: Path) -> CompanyFolder:
    """Return a copy of the built Russian company: what is entered in one test is not there in another."""
    return replace(built_company, folder=shutil.copytree(built_company.folder, tmp_path / "Компания"))


def listed(voronka: Voronka, bench: CompanyFolder, *more: str) -> list[dict[str, object]]:
    told: list[dict[str, object]] = json.loads(
        voronka("hypothesis", "list", "--format", "json", *more, company=bench).stdout
    )
    return told


def test_a_hypothesis_is_entered_listed_and_closed(voronka: Voronka, bench: CompanyFolder) -> None:
    said = voronka(*REACH, "--at-least", "60%", company=bench)
    # three of the four deals were won
    assert said.stdout == (
        "№ 1: Из тех, кто был на «создана сделка», до «сделка выиграна» доходят не менее 60 %\n"
        "Сейчас: 75 %, не установлено: мало случаев\n"
    )
    (row,) = listed(voronka, bench)
    assert (row["kind"], row["bound"], row["value"], row["why"]) == ("reach", "least", 60, "мы так думаем")
    table = voronka("hypothesis", "list", company=bench).stdout
    assert "75 %" in table
    assert "мало случаев" in table
    closed = voronka("hypothesis", "close", "1", "--words", "хватит", company=bench)
    assert closed.stdout.startswith("1: закрыта\nСейчас: 75 %")
    assert "Гипотез нет" in voronka("hypothesis", "list", company=bench).stdout
    assert [each["state"] for each in listed(voronka, bench, "--all")] == ["closed"]
    assert "закрыта: не установлено" in voronka("hypothesis", "list", "--all", company=bench).stdout
    again = voronka("hypothesis", "withdraw", "1", company=bench)
    assert again.exit_code != 0
    assert "ended already" in again.stderr


def test_a_time_is_a_length_and_a_pipeline_chooses_what_is_listed(voronka: Voronka, bench: CompanyFolder) -> None:
    time = ("hypothesis", "add", "time", "deal_created", "deal_won", "--why", "так", "--from", "2026-01-01")
    assert voronka(*time, "--at-most", "2d", company=bench).exit_code == 0
    assert voronka(*time, "--at-most", "16ч", "--working", "--where", "employee=Anna", company=bench).exit_code == 0
    working, calendar = listed(voronka, bench)
    assert (calendar["value"], calendar["clock"], working["value"], working["clock"]) == (
        172_800,
        "calendar",
        57_600,
        "working",
    )
    assert working["of"] == "пути клиентов, созданы с 01.01.2026, сотрудник: Anna"
    assert listed(voronka, bench, "--pipeline", "sales") == []
    header = voronka("hypothesis", "list", "--format", "csv", company=bench).stdout.splitlines()[0]
    assert header == "no.,hypothesis,cases meant,now,verdict,cases,entered,by"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*REACH,), "one limit"),
        ((*REACH, "--at-most", "5", "--at-least", "5"), "one limit"),
        ((*REACH, "--at-most", "much"), "not a limit of reach: much"),
        ((*REACH, "--at-most", "5", "--where", "team"), "Not a filter: team"),
        (("hypothesis", "add", "time", "owner", "deal_won", "--at-most", "2", "--why", "x"), "not a limit of time: 2"),
        (("hypothesis", "add", "time", "owner", "deal_won", "--at-most", "2 дн", "--working", "--why", "x"), "16h"),
        (("hypothesis", "add", "skip", "Won", "--at-most", "5", "--why", "x"), "a stage of a pipeline"),
        (("hypothesis", "close", "7"), "no hypothesis has the number 7"),
    ],
)
def test_what_cannot_be_entered_is_refused(
    voronka: Voronka, bench: CompanyFolder, arguments: tuple[str, ...], said: str
) -> None:
    result = voronka(*arguments, company=bench)
    assert result.exit_code != 0
    assert said in result.stderr
    assert listed(voronka, bench) == []
