"""The language of a command is its company's."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from voronka.cli.options import company_option
from voronka.cli.speaking import spoken


@click.group()
@company_option
def group(company: str | None) -> None:
    """Hold a command that may name the company too."""


@group.command()
@company_option
def say(**_: object) -> None:
    """Say the language."""
    click.echo(spoken())


def company_in(folder: Path, settings: str) -> str:
    folder.mkdir()
    (folder / "voronka.toml").write_text(settings, encoding="utf-8")
    return str(folder)


def test_a_command_speaks_the_language_of_the_company_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VORONKA_COMPANY", raising=False)
    monkeypatch.chdir(tmp_path)
    russian = company_in(tmp_path / "ru", 'language = "ru"\n')
    english = company_in(tmp_path / "en", 'language = "en"\n')
    broken = company_in(tmp_path / "broken", "language = \n")
    for arguments, language in (
        (["say", "--company", russian], "ru"),
        (["--company", russian, "say"], "ru"),
        (["--company", russian, "say", "--company", english], "en"),
        (["say", "--company", broken], "en"),
        (["say"], "en"),
    ):
        assert CliRunner().invoke(group, arguments).output == f"{language}\n", arguments


def test_outside_of_a_command_english_is_spoken() -> None:
    assert spoken() == "en"
