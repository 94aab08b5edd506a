"""The documentation names every setting, command, metric and table, and says of them what the code says."""

import click
import pytest

from docs.generate import PAGES, REFERENCE, commands
from docs.metric_pages import LANGUAGES, path_of
from tests.house.tree import ROOT, shown
from voronka.cli.main import main
from voronka.domain.access import GIVEN_ROLES, Right
from voronka.domain.model import TABLES
from voronka.metrics.catalogue import Catalogue
from voronka.settings import SETTINGS
from voronka.transform.import_tables import import_tables


def committed(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_says_what_the_code_says(name: str) -> None:
    assert committed(name) == PAGES[name](), f"{shown(REFERENCE / name)} is stale: run `make docs` and commit it"


def test_every_page_of_the_reference_is_made_by_the_generator() -> None:
    assert {path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.md")} <= set(PAGES)


def test_every_setting_is_named() -> None:
    text = committed("settings.md")
    assert [s.name for s in SETTINGS if f"`{s.name}`" not in text] == []
    assert [s.name for s in SETTINGS if not s.help.strip()] == []


def test_every_command_is_named_and_says_what_it_does() -> None:
    text = committed("commands.md")
    walked = list(commands(main, click.Context(main, info_name="voronka")))
    assert [c.command_path for c in walked if f"## {c.command_path}\n" not in text] == []
    assert [c.command_path for c in walked if not c.command.help] == []


def test_every_role_and_right_of_those_who_sign_in_is_named() -> None:
    text = committed("access.md")
    assert [name for name in (*GIVEN_ROLES, *Right) if f"`{name}`" not in text] == []


def test_every_metric_is_named() -> None:
    index = committed("metrics.md")
    known = Catalogue.load()
    assert [name for name in known.names if f"| `{name}` |" not in index] == []
    for subject in known.subjects():
        pages = [committed(path_of(subject, language)) for language in LANGUAGES]
        assert [name for name in subject.names for page in pages if f"\n\n`{name}`\n\n" not in page] == []


def test_every_table_and_column_of_the_core_is_named() -> None:
    sections = dict(part.split("\n", 1) for part in committed("core-model.md").split("\n## ")[1:])
    assert [table.name for table in TABLES if table.name not in sections] == []
    missing = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if f"`{column.name}`" not in sections[table.name]
    ]
    assert missing == []


def test_every_import_table_and_column_is_named() -> None:
    sections = dict(part.split("\n", 1) for part in committed("import-tables.md").split("\n## ")[1:])
    missing = [
        f"{table.name}.{column}"
        for table in import_tables().values()
        for column in table.columns
        if f"| `{column}` |" not in sections.get(table.name, "")
    ]
    assert missing == []


def test_the_first_screen_of_the_readme_gives_commands_to_try() -> None:
    first_screen = (ROOT / "README.md").read_text("utf-8").splitlines()[:40]
    assert any(line.startswith("voronka ") for line in first_screen)
