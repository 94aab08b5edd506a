from pathlib import Path

import pytest

from voronka.pipeline.extending import extend_pipeline
from voronka.transform.pipelines import read_pipelines
from voronka.transform.stage_words import StageGuess

STAGES = (
    StageGuess("Новая", 3, "open", None, is_known=True),
    StageGuess("Подписан", 2, "won", None, is_known=True),
    StageGuess("Архив: старое", 1, "lost", None, is_known=True),
)
SALES = """\
pipeline: sales
entity: deals
match: { source: crm }
# ours
stages:
  - { id: новая }  # 3 rows
  - id: talks
    match: [Переговоры]
"""
REGULATIONS = """\
regulations:
  - { id: x, entity: deals, start: created, stop: "stage:talks", minutes: 5 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipelines").mkdir()
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "pipelines/sales.yml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("tail", ["", "\n", REGULATIONS, "# end\n"])
def test_new_stages_stand_behind_the_others_and_every_line_stays(folder: Path, tail: str) -> None:
    path = written(folder, SALES + tail)
    assert extend_pipeline(folder, "deals", STAGES, "crm") == ["Подписан", "Архив: старое"]
    (found,) = read_pipelines(folder)
    assert [(stage.id, stage.outcome) for stage in found.stages] == [
        ("новая", "open"),
        ("talks", "open"),
        ("Подписан", "won"),
        ("Архив: старое", "lost"),
    ]
    text = path.read_text("utf-8")
    assert all(line in text for line in (SALES + tail).splitlines())


def test_new_open_stages_stand_before_the_stages_that_close(folder: Path) -> None:
    closing = SALES + "  - { id: Won, outcome: won }\n  # as the CRM calls it\n  - id: Lost\n    outcome: lost\n"
    path = written(folder, closing + REGULATIONS)
    more = (StageGuess("Договор", 1, "open", None, is_known=False), StageGuess("Брак", 1, "lost", None, is_known=True))
    assert extend_pipeline(folder, "deals", more, "crm") == ["Договор", "Брак"]
    (found,) = read_pipelines(folder)
    assert [stage.id for stage in found.stages] == ["новая", "talks", "Договор", "Won", "Lost", "Брак"]
    assert all(line in path.read_text("utf-8") for line in (closing + REGULATIONS).splitlines())


def test_what_is_known_is_not_added_again(folder: Path) -> None:
    written(folder, SALES)
    extend_pipeline(folder, "deals", STAGES, "crm")
    assert extend_pipeline(folder, "deals", STAGES, "crm") == []


@pytest.mark.parametrize(
    "text",
    [
        SALES.replace("source: crm", "source: other"),
        SALES.replace("source: crm", "source: crm, pipeline: B2B"),
        SALES.replace("entity: deals", "entity: leads"),
        "pipeline: sales\nstages: [{ id: a }]\n",
    ],
)
def test_a_pipeline_of_something_else_or_on_one_line_is_left_alone(folder: Path, text: str) -> None:
    path = written(folder, text)
    assert extend_pipeline(folder, "deals", STAGES, "crm") == []
    assert path.read_text("utf-8") == text


def test_without_pipelines_nothing_is_added(folder: Path) -> None:
    assert extend_pipeline(folder, "deals", STAGES, "crm") == []
