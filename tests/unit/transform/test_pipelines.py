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


def test_a_stage_answers_to_its_names_whatever_their_case_and_the_space_around_them(tmp_path: Path) -> None:
    found = one(tmp_path, "pipeline: s\nstages: [{ id: Won, match: [' Paid', WON, Сделка] }, { id: Lost }]\n")
    assert found.stages[0].keys == ("won", "paid", "сделка")
    assert [found.knows(name) for name in (" СДЕЛКА", "lost ", "los t")] == [True, True, False]


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


REGULATED = """pipeline: sales
entity: deals
stages:
  - { id: Talks, milestone: accepted }
  - { id: Offer }
regulations:
  - { id: one, entity: deals, start: "stage:Talks", stop: "stage:Offer", minutes: 10 }
  - id: two
    entity: %s
    start: "%s"
    stop: "%s"
    minutes: 10
    clock: %s
"""


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (
            ("deals", "stage:Talk", "stage:Offer", "working"),
            r"line 10: `start` .* two: no stage here is Talk\. .*Talks\?",
        ),
        (("deals", "stage:Talks", "left:Ofer", "working"), r"line 11: `stop` .* no stage here is Ofer\. .*Offer\?"),
        (
            ("deals", "milestone:acepted", "next_task", "working"),
            r"line 10: .* no milestone here is acepted\. .*accepted",
        ),
        (("deals", "creatd", "next_task", "working"), r"line 10: .* deals know no creatd\. Did you mean created\?"),
        (
            ("leads", "stage:Talks", "accepted", "working"),
            r"line 10: .* stages of this file are of deals, not of leads",
        ),
        (("calls", "missed_call", "called_back", "shift"), r"line 13: .* a missed call is in nobody's\. "),
    ],
)
def test_a_regulation_of_what_is_not_there_is_refused_at_its_line(
    tmp_path: Path, said: tuple[str, ...], wrong: str
) -> None:
    with pytest.raises(SettingsError, match=r"^pipelines/sales\.yml, " + wrong):
        one(tmp_path, REGULATED % said)


def test_a_regulation_that_pages_stand_on_keeps_its_meaning(tmp_path: Path) -> None:
    text = (REGULATED % ("deals", "created", "next_task", "working")).replace("id: two", "id: first_response")
    with pytest.raises(SettingsError, match=r"line 8: .* first_response is of leads, from created to first_outgoing"):
        one(tmp_path, text)


def test_two_regulations_of_one_name_are_refused(tmp_path: Path) -> None:
    text = (REGULATED % ("deals", "created", "next_task", "working")).replace("id: two", "id: one")
    with pytest.raises(SettingsError, match=r"line 8: the regulation one stands twice"):
        one(tmp_path, text)
