"""Pipelines as pages show them: of the files, of the data alone, behind the figures, with what was changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from fastapi import Request

from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.pipeline.arranging import Wanted, WantedStage, set_stages, stamp
from voronka.pipeline.chronicle import Made
from voronka.transform.pipelines import read_pipelines
from voronka.web.pipelines_shown import Met, pipelines_shown, unnamed, words
from voronka.web.visitor import Visitor, rights_of

SALES = """\
pipeline: sales
title: { ru: Продажи, en: Sales }
stages: [{ id: New, title: { ru: Новая, en: Fresh } }, { id: Won, outcome: won, match: [Да] }]
"""
OWN = Met({("deals", "sales"): {"New": 3, "Strange": 2, "да": 1}})
MET = Met({("leads", "crm:7"): {"a": 1}, ("leads", "old"): {"b": 1}})
Looking = Callable[[], Visitor]


@pytest.fixture
def looking(shared: OpenCompany, tmp_path: Path) -> Looking:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines/sales.yml").write_text(SALES, "utf-8")
    company = replace(shared, folder=tmp_path)
    who = ("Анна", "admin", Scope.everything(), "ru", company, cast("Request", None))
    return lambda: Visitor(*who, rights=rights_of("admin"))


def test_a_file_is_shown_as_it_says_and_figures_of_before_it_are_behind(looking: Looking) -> None:
    found = pipelines_shown(looking(), "ru")
    (sales,) = found.pipelines
    assert (sales.pipeline, sales.title.en, sales.entity, sales.has_file) == ("sales", "Sales", "deals", True)
    assert [(each.id, each.outcome, each.match, each.records) for each in sales.stages] == [
        ("New", "open", [], 0),
        ("Won", "won", ["Да"], 0),
    ]
    assert (found.may_change, found.is_behind, found.fault, found.changes) == (True, True, "", [])
    assert {each.id for each in found.milestones} >= {"qualified", "accepted", "nurture"}


def test_a_change_is_told_with_what_became_otherwise(looking: Looking) -> None:
    visitor = looking()
    folder = visitor.company.folder
    stages = (
        WantedStage("New", Title("Новая", "Fresh"), milestone="qualified"),
        WantedStage("Won", Title("", ""), "won"),
    )
    wanted = Wanted("sales", Title("Продажи", "Sales"), stages, stamp(read_pipelines(folder)[0]))
    set_stages(folder, visitor.company.settings, wanted, Made("Вера", visitor.company.clock()))
    (change,) = pipelines_shown(visitor, "en").changes
    assert (change.by, change.pipeline, change.can_undo) == ("Вера", "Sales", True)
    assert [(each.what, each.stage, each.before, each.after) for each in change.differences] == [
        ("milestone", "Fresh", None, "qualified"),
        ("match", "Won", "Да", None),
    ]


def test_a_broken_file_is_told_and_nothing_can_be_changed(looking: Looking) -> None:
    visitor = looking()
    (visitor.company.folder / "pipelines/sales.yml").write_text("pipeline: [", "utf-8")
    found = pipelines_shown(visitor, "en")
    assert found.fault.startswith("pipelines/sales.yml")
    assert (found.pipelines, found.may_change, found.is_behind) == ([], False, False)


def test_stages_of_the_data_alone_are_told_whatever_their_capitals(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Met, "of", classmethod(lambda _, __: OWN))
    (sales,) = pipelines_shown(looking(), "ru").pipelines
    assert [each.records for each in sales.stages] == [3, 0]
    assert [(each.text, each.records) for each in sales.met] == [("Strange", 2)]


def test_what_no_file_takes_is_for_the_source_that_it_came_from(looking: Looking, shared: OpenCompany) -> None:
    visitor = replace(looking(), company=shared)
    found = [(name, birth.entity, birth.source_pipeline) for name, birth, _ in unnamed(visitor, [], MET)]
    assert found == [("crm:7", "leads", "7")]
    assert words(Title("а", "b")).model_dump() == {"ru": "а", "en": "b"}
