"""The options of an event log's file: what they ask for and what is told of it."""

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from voronka.cli.options import format_option
from voronka.cli.process_options import log_asked, log_options
from voronka.domain.errors import QuestionError

XES = (
    '<log xes.version="1.0"><trace><string key="concept:name" value="7"/><event>'
    '<string key="concept:name" value="X"/><date key="time:timestamp" value="2026-03-01T10:00:00Z"/></event>'
    "</trace></log>"
)


@click.command()
@log_options
@format_option
def steps(form: str, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Print the steps of a log."""
    log = log_asked(None, form, asked)
    click.echo(", ".join(log.steps))


def run(folder: Path, text: str, name: str, *options: str) -> Result:
    (folder / name).write_text(text, encoding="utf-8")
    return CliRunner().invoke(steps, ["--log", str(folder / name), *options])


def test_the_columns_that_are_named_make_the_log(tmp_path: Path) -> None:
    text = "id,what,when\n1,X,2026-03-01\n,X,2026-03-01\n1,Y,2026-03-02\n1,Y,\n"
    found = run(tmp_path, text, "log.csv", "--case", "id", "--activity", "what", "--time", "when")
    assert found.stdout == "X, Y\n"
    assert found.stderr == (
        "1 of 4 rows are no events (no_case), such as row 3: no value in id\n"
        "1 of 4 rows are no events (no_time), such as row 5: no value in when\n"
    )


def test_events_that_stand_in_a_file_twice_are_told(tmp_path: Path) -> None:
    text = "id,what,when\n1,X,2026-03-01 10:00\n1,Y,2026-03-01 11:00\n1,X,2026-03-01 10:00\n"
    found = run(tmp_path, text, "log.csv", "--case", "id", "--activity", "what", "--time", "when")
    assert found.stdout == "X, Y\n"
    assert found.stderr == (
        "1 of 3 events have the case, the activity and the time of another one. All of them count; if rows came into"
        " the file twice, take the spare ones out\n"
    )
    columns = ("--case", "id", "--activity", "what", "--time", "when")
    assert run(tmp_path, text, "log.csv", *columns, "--format", "json").stderr == ""  # JSON says it itself


def test_a_log_in_xes_needs_no_columns(tmp_path: Path) -> None:
    assert run(tmp_path, XES, "log.xes").stdout == "X\n"


def test_columns_that_are_not_named_are_asked_for(tmp_path: Path) -> None:
    found = run(tmp_path, "id,what,when\n1,X,2026-03-01\n", "log.csv", "--case", "id")
    assert isinstance(found.exception, QuestionError)
    assert str(found.exception) == "--log needs --activity, --time. Name the columns of the file: id, what, when."


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    asked = ["--log", str(tmp_path / name), "--case", "a", "--activity", "b", "--time", "c"]
    found = CliRunner().invoke(steps, asked)
    assert type(found.exception).__name__ == "InputError"


def test_a_stream_is_no_file() -> None:
    found = CliRunner().invoke(steps, ["--stream", "desk", "--case", "id"])
    assert str(found.exception) == "--case is of a file, not of a stream. Leave it out, or leave --stream out."


def test_what_is_no_event_is_told_in_russian_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voronka.cli.process_options.spoken", lambda: "ru")
    text = "id,what,when\n1,X,2026-03-01\n,X,2026-03-01\n1,Y,31.13.2026\n"
    found = run(tmp_path, text, "log.csv", "--case", "id", "--activity", "what", "--time", "when")
    lines = found.stderr.splitlines()
    assert "не события, строк: 1 из 3 (no_case), например: строка 3: нет значения в «id»" in lines
    assert "не события, строк: 1 из 3 (bad_time), например: строка 4: не дата — when: 31.13.2026" in lines
