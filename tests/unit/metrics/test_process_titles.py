"""Titles of pipelines and stages in both languages, read from their files."""

from pathlib import Path

from voronka.metrics.dimensions import Title
from voronka.metrics.process_titles import ProcessTitles, title_of, titles_in

SALES = """pipeline: sales
title: { ru: Продажи, en: Sales }
stages:
  - { id: new, title: { ru: Новая, en: New } }
  - { id: talk, title: { ru: Разговор } }
  - { id: won, title: Успех, outcome: won }
  - { id: lost, outcome: lost }
"""


def test_titles_are_those_of_the_file_and_empty_where_a_language_has_none(tmp_path: Path) -> None:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines" / "sales.yml").write_text(SALES, encoding="utf-8")
    found = titles_in(tmp_path)
    assert found.stages == {
        ("sales", "new"): Title("Новая", "New"),
        ("sales", "talk"): Title("Разговор", ""),
        ("sales", "won"): Title("Успех", "Успех"),
        ("sales", "lost"): Title("", ""),
    }
    assert (found.pipeline("sales"), found.pipeline("other")) == (Title("Продажи", "Sales"), Title("other", "other"))


def test_a_broken_file_leaves_everything_without_titles(tmp_path: Path) -> None:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines" / "sales.yml").write_text("pipeline: [", encoding="utf-8")
    assert titles_in(tmp_path) == ProcessTitles()


def test_an_id_stands_for_a_title_that_nobody_gave() -> None:
    assert title_of("sales", None) == Title("sales", "sales")
    assert title_of("sales", {"en": "Sales"}) == Title("sales", "Sales")
