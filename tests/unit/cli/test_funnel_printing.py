"""The table of a funnel, in both languages."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from voronka.analyses.event_log import event_log
from voronka.analyses.funnel import Funnel, FunnelStep
from voronka.analyses.funnel_losses import Loss, Stopped
from voronka.cli.funnel_printing import WORDS, print_losses, print_table
from voronka.reports.funnel import sections_of, walk

HOUR = 3_600_000_000


def printed(language: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    log = event_log("aab", "XYX", np.array([0, HOUR, 24 * 40 * HOUR]))
    funnel = Funnel((FunnelStep("X", (0,)), FunnelStep("Y", (1,), is_optional=True)), window=2 * HOUR)
    found = walk(log, funnel)
    print_table(found, sections_of(found, "month", ZoneInfo("UTC")), "month", language)
    told = capsys.readouterr()
    return [*told.err.splitlines(), *told.out.splitlines()]


def test_cohorts_stand_below_all_and_say_when_they_have_not_had_their_time(capsys: pytest.CaptureFixture[str]) -> None:
    heading, heads, _, *rows = printed("en", capsys)
    assert heading == "Cases: 2, events: 3; steps in order, within 2 h of the first."
    assert heads.split("  ")[0] == "month"
    assert [row.split()[0] for row in rows] == ["all", "Y", "1970-01", "Y", "1970-02", "Y"]
    assert rows[4].startswith("1970-02 (window not over)  X                 1      100.00")
    assert rows[1].split() == ["Y", "(optional)", "1", "50.00", "50.00", "9.5–90.5", "0", "1", "h", "1", "h"]


def test_it_speaks_russian(capsys: pytest.CaptureFixture[str]) -> None:
    heading, heads, _, *rows = printed("ru", capsys)
    assert heading == "Случаев: 2, событий: 3; шаги по порядку, не позже чем через 2 ч после первого."
    assert heads.split("  ")[0] == "месяц"
    assert rows[1].split()[:2] == ["Y", "(необязательный)"]


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["ru"].keys() == WORDS["en"].keys()


def test_the_dearest_reasons_of_each_step_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    losses = (Loss("late", 2, 1234.5), *(Loss(None, 1, 0) for _ in range(5)))
    stopped = (Stopped("x", 7, 0, 0, 1234.5, 0, losses), Stopped("y", 0, 0, 0, 0, 0, ()))
    print_losses(stopped, "EUR", "en", {"x": "Start"})
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Why those who stopped were lost"
    assert lines[2].split("  ")[-1] == "money, EUR"
    assert [line.split() for line in lines[4:]] == [
        ["Start", "late", "2", "1,234"],
        *[["Start", "(not", "given)", "1", "0"]] * 4,
    ]
    print_losses(stopped[1:], "EUR", "en")
    assert capsys.readouterr().out == ""
