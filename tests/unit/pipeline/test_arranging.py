"""Stages set by people: into the file as a person would write it, each change kept, none lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from voronka.domain.errors import QuestionError, SettingsError
from voronka.metrics.dimensions import Title
from voronka.metrics.process_titles import as_given
from voronka.pipeline.arranging import (
    Birth,
    Wanted,
    WantedStage,
    changes,
    found_pipeline,
    pipeline_said,
    proposed,
    set_stages,
    stamp,
    tried,
    undo,
)
from voronka.pipeline.chronicle import Made
from voronka.pipeline.file_changes import can_undo
from voronka.settings import Settings
from voronka.transform.pipelines import read_pipelines

ANNA = Made("Anna", datetime.fromisoformat("2026-03-02 09:00"))
SETTINGS = Settings.model_validate({"language": "en"})
SALES = """\
# how we sell
pipeline: sales
title: { ru: Продажи, en: Sales, de: Verkauf }
stages:
  - { id: New, title: Новая }
  # agreed in May
  - { id: Talks, title: { ru: Переговоры, en: Talks }, milestone: accepted, match: [Встреча] }  # long
  - { id: Won, outcome: won }
regulations:
  - { id: talk, title: { en: To talk }, entity: deals, start: created, stop: "stage:Talks", minutes: 60 }
  - { id: take, title: { en: To take }, entity: deals, start: created, stop: "milestone:accepted", minutes: 60 }
"""
BIRTH = Birth("leads", "crm", "7")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines/sales.yml").write_text(SALES, "utf-8")
    return tmp_path


def said(folder: Path) -> str:
    return (folder / "pipelines/sales.yml").read_text("utf-8")


def as_it_is(folder: Path) -> Wanted:
    """Return the pipeline as a page would give it back unchanged."""
    (pipeline,) = read_pipelines(folder)
    stages = tuple(
        WantedStage(each.id, as_given(each.title), each.outcome, each.milestone or "", each.probability, each.match)
        for each in pipeline.stages
    )
    return Wanted("sales", as_given(pipeline.title), stages, stamp(pipeline))


def put(folder: Path, change: Callable[[tuple[WantedStage, ...]], tuple[WantedStage, ...]]) -> None:
    wanted = as_it_is(folder)
    set_stages(folder, SETTINGS, replace(wanted, stages=change(wanted.stages)), ANNA)


def test_a_stage_that_becomes_a_milestone_says_so_where_it_stands(folder: Path) -> None:
    put(folder, lambda stages: (replace(stages[0], milestone="qualified", probability=0.1), *stages[1:]))
    assert said(folder) == SALES.replace("title: Новая }", "title: Новая, milestone: qualified, probability: 0.1 }")
    (made,) = changes(folder)
    assert (made.by, made.action, made.pipeline, made.file) == ("Anna", "set", "sales", "pipelines/sales.yml")
    assert (made.before, made.after) == (SALES, said(folder))


def test_titles_are_set_in_both_languages_and_those_of_others_stay(folder: Path) -> None:
    wanted = as_it_is(folder)
    stages = (replace(wanted.stages[0], title=Title("Новая", " New\none ")), *wanted.stages[1:])
    set_stages(folder, SETTINGS, replace(wanted, title=Title("Сбыт", "Sales"), stages=stages), ANNA)
    assert said(folder) == SALES.replace("ru: Продажи", "ru: Сбыт").replace(
        "title: Новая", "title: { ru: Новая, en: New one }"
    )


def test_stages_are_arranged_and_a_new_one_is_known_by_the_name_that_the_crm_gives_it(folder: Path) -> None:
    offer = WantedStage("", Title("КП", "Offer"), match=("Отправлено КП", "КП 2"))
    put(folder, lambda stages: (stages[1], stages[0], offer, stages[2]))
    new = "  - { id: Отправлено КП, title: { ru: КП, en: Offer }, match: [КП 2] }\n"
    head, first, second, rest = SALES.partition("  - { id: New")[0], "  - { id: New, title: Новая }\n", "", ""
    second, rest = SALES.split(first)[1].split("  - { id: Won", 1)
    assert said(folder) == f"{head}{second}{first}{new}  - {{ id: Won{rest}"


def test_who_looked_at_other_stages_is_told_and_a_regulation_set_meanwhile_is_in_nobodys_way(folder: Path) -> None:
    wanted = as_it_is(folder)
    path = folder / "pipelines/sales.yml"
    path.write_text(SALES.replace("minutes: 60", "minutes: 90"), "utf-8")
    stages = (replace(wanted.stages[0], milestone="qualified"), *wanted.stages[1:])
    set_stages(folder, SETTINGS, replace(wanted, stages=stages), ANNA)
    assert "minutes: 90" in said(folder)
    with pytest.raises(SettingsError, match="the stages of sales were changed meanwhile"):
        set_stages(folder, SETTINGS, replace(wanted, stages=stages), ANNA)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda _: (), "a pipeline has at least one stage"),
        (lambda stages: stages, "nothing of the stages is otherwise"),
        (lambda stages: (replace(stages[0], match=("встреча",)), *stages[1:]), "two stages answer to the name встреча"),
        (lambda stages: (*stages, WantedStage("", Title("", " "))), "a stage has no name"),
        (lambda stages: (*stages, WantedStage("Gone", Title("", ""))), "no stage of sales is Gone"),
        (lambda stages: (replace(stages[0], milestone="a|b"), *stages[1:]), r"a milestone cannot be called a\|b"),
        (lambda stages: (replace(stages[0], probability=1.2), *stages[1:]), "probability of the stage Новая"),
        (lambda stages: (stages[0], stages[2]), "the regulation To talk begins or ends at the stage Переговоры"),
        (
            lambda stages: (stages[0], replace(stages[1], milestone=""), stages[2]),
            "the regulation To take begins or ends at the milestone accepted",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_the_file_stays(
    folder: Path, change: Callable[[tuple[WantedStage, ...]], tuple[WantedStage, ...]], refusal: str
) -> None:
    with pytest.raises(QuestionError, match=refusal):
        put(folder, change)
    assert said(folder) == SALES
    assert changes(folder) == []


def test_a_change_is_taken_back_while_the_file_says_it_and_not_after(folder: Path) -> None:
    put(folder, lambda stages: (stages[1], stages[0], stages[2]))
    back = undo(folder, SETTINGS, 1, ANNA)
    assert (said(folder), back.action, back.number) == (SALES, "undo", 2)
    assert [can_undo(folder, each) for each in changes(folder)] == [False, True]
    with pytest.raises(QuestionError, match="was changed after this"):
        undo(folder, SETTINGS, 1, ANNA)


def test_what_is_only_met_in_the_data_gets_a_file_and_loses_it_when_that_is_taken_back(folder: Path) -> None:
    stages = (WantedStage("", Title("", ""), match=("Новый",)), WantedStage("", Title("Да", ""), "won", match=("2",)))
    wanted = Wanted("crm:7", Title("Заявки", ""), stages)
    made = found_pipeline(folder, SETTINGS, wanted, BIRTH, ANNA)
    text = (folder / "pipelines/crm_7.yml").read_text("utf-8")
    assert (
        text
        == """\
pipeline: crm:7
title: { ru: Заявки }
entity: leads
match: { source: crm, pipeline: '7' }
stages:
  - { id: Новый }
  - { id: '2', title: { ru: Да }, outcome: won }
"""
    )
    assert pipeline_said(made, made.before) is None
    assert pipeline_said(made, made.after) == read_pipelines(folder)[0]
    with pytest.raises(SettingsError, match="a file tells of the pipeline crm:7 by now"):
        found_pipeline(folder, SETTINGS, wanted, BIRTH, ANNA)
    undo(folder, SETTINGS, 1, ANNA)
    assert [each.pipeline for each in read_pipelines(folder)] == ["sales"]
    undo(folder, SETTINGS, 2, ANNA)
    assert (folder / "pipelines/crm_7.yml").read_text("utf-8") == text


def test_what_is_tried_is_not_written(folder: Path) -> None:
    wanted = as_it_is(folder)
    assert len(tried(folder, SETTINGS, replace(wanted, stages=wanted.stages[:2]), None).stages) == 2
    assert tried(folder, SETTINGS, Wanted("x", Title("", ""), wanted.stages[:1]), BIRTH).entity == "leads"
    assert said(folder) == SALES


def test_lines_that_cannot_be_kept_are_left_to_whoever_wrote_them(folder: Path) -> None:
    text = "pipeline: sales\nstages: &all [{ id: New }, # one\n  { id: Won, outcome: won }]\n"
    (folder / "pipelines/sales.yml").write_text(text, "utf-8")
    with pytest.raises(QuestionError, match="so that they cannot be changed here"):
        put(folder, lambda stages: (stages[1], stages[0]))
    assert said(folder) == text


def test_a_pipeline_of_the_data_is_proposed_with_what_its_stages_seem_to_be() -> None:
    found = proposed({"Успешно реализована": 2, "Ждём": 1}, "deals")
    assert [(each.text, each.rows, each.outcome) for each in found] == [
        ("Ждём", 1, "open"),
        ("Успешно реализована", 2, "won"),
    ]
