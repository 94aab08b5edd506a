"""The register as the files say it, beside figures that were built before anybody wrote a file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from fastapi import Request

from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.pipeline.chronicle import Made
from voronka.pipeline.regulating import Place, Wanted, drop_regulation, set_regulation, written
from voronka.web.regulations_written import regulations_written
from voronka.web.visitor import Visitor, rights_of

SALES = """\
pipeline: sales
title: { ru: Продажи, en: Sales }
stages: [{ id: New, title: { ru: Новая, en: Fresh } }, { id: Won, outcome: won }]
"""
STAY = Wanted("stage:New", "left:New", 600, "calendar", owner="Вера", title="Десять часов")
Looking = Callable[[], Visitor]


@pytest.fixture
def looking(shared: OpenCompany, tmp_path: Path) -> Looking:
    company = replace(shared, folder=tmp_path)
    (tmp_path / "pipelines").mkdir()
    who = ("Анна", "admin", Scope.everything(), "ru", company, cast("Request", None))
    return lambda: Visitor(*who, rights=rights_of("admin"))


def test_without_files_the_figures_stand_on_the_settings_as_they_are(looking: Looking) -> None:
    found = regulations_written(looking(), "ru")
    assert [(each.regulation, each.pipeline, each.seen) for each in found.placed] == [
        (name, "", "") for name in ("first_response", "acceptance", "call_back", "next_task")
    ]
    assert (found.is_behind, found.fault, found.may_change, found.pipelines) == (False, "", True, [])
    assert [column.name for column in found.table.columns][:3] == ["regulation", "binds", "hours"]


def test_what_was_written_since_is_told_with_who_wrote_it(looking: Looking) -> None:
    visitor = looking()
    company = visitor.company
    (company.folder / "pipelines/sales.yml").write_text(SALES, "utf-8")
    set_regulation(company.folder, company.settings, Place("sales", "deals"), STAY, Made("Вера", company.clock()))
    found = regulations_written(visitor, "en")
    assert found.is_behind
    row = found.table.rows[-1]
    assert (row["regulation"], row["binds"], row["hours"], row["owner"]) == ("Десять часов", "Sales", 10, "Вера")
    assert found.placed[int(str(row["place"]))].start == "stage:New"
    (change,) = found.changes
    assert (change.by, change.action, change.can_undo) == ("Вера", "set", True)
    assert change.at.isoformat() == "2026-03-02T12:00:00"  # Moscow's time
    (pipeline,) = found.pipelines
    assert (pipeline.title, [stage.title for stage in pipeline.stages]) == ("Sales", ["Fresh", "Won"])


def test_figures_from_before_the_last_change_are_behind_though_it_says_the_same(looking: Looking) -> None:
    visitor = looking()
    folder, settings = visitor.company.folder, visitor.company.settings
    (folder / "pipelines/sales.yml").write_text(SALES, "utf-8")
    made = Made("Вера", visitor.company.clock())
    set_regulation(folder, settings, Place("sales", "deals"), STAY, made)
    stamp = written(folder, settings)[-1].stamp
    assert regulations_written(visitor, "ru").is_behind
    drop_regulation(
        folder, settings, Place("sales", "deals", "New", stamp), replace(made, at=made.at.replace(year=2020))
    )
    assert not regulations_written(visitor, "ru").is_behind


def test_a_broken_file_is_told_in_place_of_the_register(looking: Looking) -> None:
    visitor = looking()
    (visitor.company.folder / "pipelines/sales.yml").write_text("pipeline: [\n", "utf-8")
    found = regulations_written(visitor, "ru")
    assert found.fault.startswith("pipelines/sales.yml, line 2: ")
    assert (found.placed, found.table.rows, found.pipelines) == ([], [], [])


def test_what_a_file_says_in_the_same_words_as_the_settings_is_told_once(looking: Looking) -> None:
    visitor = looking()
    held = next(each for each in regulations_written(visitor, "ru").placed if each.regulation == "next_task")
    path = visitor.company.folder / "pipelines/sales.yml"
    own = "regulations:\n  - {{ id: next_task, entity: deals, start: {}, stop: {}, minutes: {}, clock: {} }}\n"
    said = (held.start, held.stop, f"{held.minutes:g}", held.clock)
    path.write_text(SALES + own.format(*said), "utf-8")
    assert _told(visitor, "next_task") == ["sales"]
    path.write_text(SALES + own.format(*said[:2], f"{held.minutes + 60:g}", held.clock), "utf-8")
    assert _told(visitor, "next_task") == [None, "sales"]  # of all others another limit holds


def _told(visitor: Visitor, name: str) -> list[str | None]:
    found = regulations_written(visitor, "ru")
    placed = [found.placed[int(str(row["place"]))] for row in found.table.rows]
    return sorted((each.binds for each in placed if each.regulation == name), key=str)


def test_a_change_tells_what_was_and_what_became(looking: Looking) -> None:
    visitor = looking()
    folder, settings = visitor.company.folder, visitor.company.settings
    (folder / "pipelines/sales.yml").write_text(SALES, "utf-8")
    made = Made("Вера", visitor.company.clock())
    set_regulation(folder, settings, Place("sales", "deals"), STAY, made)
    stamp = written(folder, settings)[-1].stamp
    set_regulation(folder, settings, Place("sales", "deals", "New", stamp), replace(STAY, minutes=60), made)
    changed, _ = regulations_written(visitor, "ru").changes
    assert [(each.field, each.before, each.after) for each in changed.differences] == [
        ("minutes", 600, 60),
        ("version", "1", "2"),
    ]


def test_a_title_in_another_language_alone_is_told_before_an_id(looking: Looking) -> None:
    visitor = looking()
    own = "{ id: stay, entity: deals, title: { ru: Не дольше }, start: 'stage:New', stop: 'left:New', minutes: 60 }"
    (visitor.company.folder / "pipelines/sales.yml").write_text(f"{SALES}regulations: [{own}]\n", "utf-8")
    assert [row["regulation"] for row in regulations_written(visitor, "en").table.rows][-1] == "Не дольше"
