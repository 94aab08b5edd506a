"""Which pipelines a page offers: those of the files by their titles, a broken file takes nothing down."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.reports.path_page import KnownPipeline
from voronka.web.known_pipelines import pipelines_of, title_in
from voronka.web.visitor import Visitor

SALES = "pipeline: sales\ntitle: { ru: Продажи, en: Sales }\nstages:\n  - { id: new, match: [Новая] }\n"
LEADS = "pipeline: leads\nentity: leads\ntitle: Заявки\nstages:\n  - { id: new, match: [Новая] }\n"


def asked(company: OpenCompany) -> list[KnownPipeline]:
    return pipelines_of(cast("Visitor", SimpleNamespace(company=company, scope=Scope.everything())))


def test_titles_are_those_of_the_files(company: OpenCompany, tmp_path: Path) -> None:
    folder = tmp_path / "pipelines"
    folder.mkdir()
    (folder / "a.yml").write_text(SALES, "utf-8")
    (folder / "b.yml").write_text(LEADS, "utf-8")
    (folder / "c.yml").write_text(
        SALES.replace("sales", "bare").replace("title: { ru: Продажи, en: Sales }\n", ""), "utf-8"
    )
    assert asked(replace(company, folder=tmp_path)) == [
        KnownPipeline("sales", Title("Продажи", "Sales"), "deals"),
        KnownPipeline("leads", Title("Заявки", "Заявки"), "leads"),
        KnownPipeline("bare", Title("bare", "bare"), "deals"),
    ]


def test_a_broken_file_takes_nothing_down(company: OpenCompany, tmp_path: Path) -> None:
    folder = tmp_path / "pipelines"
    folder.mkdir()
    (folder / "a.yml").write_text("pipeline: [", "utf-8")
    assert asked(replace(company, folder=tmp_path)) == []


def test_a_title_is_said_in_a_language_else_the_name_is() -> None:
    assert title_in("ru", "sales", {"ru": "Продажи", "en": "Sales"}) == "Продажи"
    assert title_in("en", "sales", {"ru": "Продажи"}) == "sales"
    assert (title_in("en", "sales", "Наши"), title_in("ru", "sales", None)) == ("Наши", "sales")
