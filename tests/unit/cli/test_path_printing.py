"""A path as people read it: tables with heads in their language."""

import numpy as np
import pytest

from voronka.analyses.alignment import Model
from voronka.analyses.event_log import event_log
from voronka.analyses.variants import Outcomes
from voronka.cli.path_printing import PARTS, WORDS, print_path, rows_of
from voronka.reports.path import Path, Stages, look_at

HOUR = 3_600_000_000


@pytest.fixture
def path() -> Path:
    """Return three cases, A B in two hours, A C B in 26, A B in an hour, looked at by the stages A, B."""
    log = event_log("xxyyyzz", "ABACBAB", np.array([0, 2, 0, 1, 26, 0, 1]) * HOUR)
    outcomes = Outcomes(np.array([True, True, False]), np.array([False, False, True]), np.zeros(3))
    return look_at(log, Stages(Model(("A", "B"))), detail=0.9, outcomes=outcomes)


def test_the_tables_of_a_path(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_path(path, None, 15, "en")
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "Cases: 3, events: 7, steps: 3, variants: 2; from first to last median 2 h, mean 9 h 40 min.",
        "Fitness to the model: 93.3 %, cases without deviations: 2 of 3.",
    ]
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "66.67 2 1 h 30 min A > B" in lines
    assert "A B 2 2 1 h 30 min 1 h 30 min 1 h 54 min" in lines
    assert "B 3 3 0 3" in lines
    assert lines[-1].startswith("outside C 33.33 1 1 1 d 1 h – +50.0 (")


def test_one_table_of_few_rows_says_how_many_there_are_more(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_path(path, "edges", 1, "ru")
    out, err = capsys.readouterr()
    assert "Что за чем следует" in out
    assert "Варианты" not in out
    assert "Ещё строк: 2; все — с --top 0 или в --format json.\n" in err
    print_path(path, "edges", 0, "ru")
    assert "Ещё строк" not in capsys.readouterr().err


def test_edges_that_are_not_shown_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    log = event_log("xxyyyzzuuu", "ABACBABABA", np.arange(10) * HOUR)
    print_path(look_at(log, detail=0.7), None, 15, "en")
    out, err = capsys.readouterr()
    assert "Edges not shown: 2." in err
    assert "Deviations" not in out


def test_rows_for_programs_have_every_part(path: Path) -> None:
    assert {part: len(rows_of(path, part)) for part in PARTS} == {
        "variants": 2,
        "edges": 3,
        "steps": 3,
        "deviations": 1,
    }
    assert rows_of(path, "variants")[1]["steps"] == "A > C > B"


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["ru"].keys() == WORDS["en"].keys()
