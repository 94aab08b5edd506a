from pathlib import Path
from textwrap import dedent

import pytest

from voronka.domain.errors import SettingsError
from voronka.transform.pipelines import Pipeline, read_pipelines


def written(folder: Path, name: str, text: str) -> None:
    (folder / "pipelines").mkdir(exist_ok=True)
    (folder / "pipelines" / name).write_text(dedent(text), encoding="utf-8")


def one(folder: Path, text: str) -> Pipeline:
    written(folder, "sales.yml", text)
    (found,) = read_pipelines(folder)
    return found


def test_a_company_without_pipelines_has_none(tmp_path: Path) -> None:
    assert read_pipelines(tmp_path) == []


def test_pipelines_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    written(tmp_path, "b.yml", "pipeline: one\nstages: []\n")
    written(tmp_path, "a.yaml", "pipeline: two\nstages: []\n")
    assert [p.pipeline for p in read_pipelines(tmp_path)] == ["two", "one"]


def test_ids_and_texts_of_a_source_may_be_numbers(tmp_path: Path) -> None:
    found = one(tmp_path, "pipeline: s\nmatch: { pipeline: 3121 }\nstages: [{ id: 142, match: [143, Won] }]\n")
    assert (found.match.pipeline, found.stages[0].id, found.stages[0].match) == ("3121", "142", ("143", "Won"))


@pytest.mark.parametrize("second", ["{ id: won }", "{ id: Paid, match: ['WON '] }", "{ id: Paid, match: [Won, x] }"])
def test_two_stages_that_answer_to_one_name_are_refused(tmp_path: Path, second: str) -> None:
    with pytest.raises(SettingsError, match="two stages answer to the same name: won"):
        one(tmp_path, f"pipeline: s\nstages:\n  - {{ id: Won }}\n  - {second}\n")


def test_a_stage_may_repeat_its_own_name(tmp_path: Path) -> None:
    assert one(tmp_path, "pipeline: s\nstages: [{ id: Won, match: [won, Won] }]\n").stages[0].id == "Won"


def test_a_pipeline_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "a.yml", "pipeline: s\nstages: []\n")
    written(tmp_path, "b.yml", "pipeline: s\nstages: []\n")
    with pytest.raises(SettingsError, match=r"pipelines/b.yml: the pipeline s stands in two files"):
        read_pipelines(tmp_path)


def test_a_regulation_has_a_limit_and_a_clock(tmp_path: Path) -> None:
    text = """
        pipeline: s
        stages: []
        regulations:
          - { id: first, entity: leads, start: created, stop: first_outgoing, minutes: 15 }
    """
    (regulation,) = one(tmp_path, text).regulations
    assert (regulation.minutes, regulation.clock) == (15, "working")


@pytest.mark.parametrize(
    "text",
    [
        "stages: []",
        "pipeline: s\nstages: [{ id: a, outcome: maybe }]",
        "pipeline: s\nstages: [{ id: a, probability: 30 }]",
    ],
)
def test_what_cannot_be_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"^pipelines/sales\.yml"):
        one(tmp_path, text)
