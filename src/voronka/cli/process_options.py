"""The options by which commands about a process take the event log of a file, and what is told of its reading."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from voronka import bootstrap
from voronka.analyses.event_log import EventLog
from voronka.cli.printing import note
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.pipeline.aside_words import aside_told
from voronka.pipeline.foreign_logs import NO_VALUE, ForeignLog, LogWish
from voronka.pipeline.sentences import sentence_in
from voronka.reports.foreign_streams import kept_log

NO_EVENTS = {
    "ru": {
        "rows": "не события, строк: {n} из {all} ({reason}), например: {message}",
        "flagged": " (строк: {n})",
        "row": "строка",
        "empty": "нет значения в «{column}»",
        "stream": "не события, строк: {n} из {all}: нет случая, шага или времени",
        "repeated": "событий с тем же случаем, шагом и временем, что у другого: {n} из {all}. Все они считаются; если"
        " строки попали в файл дважды, уберите лишние",
    },
    "en": {
        "rows": "{n} of {all} rows are no events ({reason}), such as {message}",
        "flagged": " ({n} rows)",
        "row": "row",
        "empty": "no value in {column}",
        "stream": "{n} of {all} rows are no events: they have no case, no activity or no time",
        "repeated": "{n} of {all} events have the case, the activity and the time of another one. All of them count; if"
        " rows came into the file twice, take the spare ones out",
    },
}
"""What is said of a log's reading, by language."""
F = TypeVar("F", bound=Callable[..., Any])
OF_XES = {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp"}
"""The columns of a log in XES where none are named: the standard's own keys."""


def log_options(command: F) -> F:
    """Add --log with the columns of its file, and --stream."""
    options = (
        (
            "--log",
            "FILE",
            "The event log of any process: CSV, XLSX, JSON, Parquet, XES or XES.gz; nothing of it is kept.",
        ),
        ("--case", "COLUMN", "With --log: who or what went through the process (in XES case:concept:name)."),
        ("--activity", "COLUMN", "With --log: what happened (in XES concept:name)."),
        ("--time", "COLUMN", "With --log: when (in XES time:timestamp)."),
        (
            "--time-zone",
            "ZONE",
            "With --log: the zone of its times, where they bear none; default: the company's, or UTC.",
        ),
        (
            "--stream",
            "SOURCE",
            "In place of --log: the events that a source of yours keeps (into: events in sources/SOURCE.yml).",
        ),
        ("--sheet", "NAME", "With --log: the sheet of a workbook; found out by default."),
    )
    for name, value, text in reversed(options):
        command = click.option(name, metavar=value, help=text)(command)
    return command


def _example(reason: str, message: str) -> str:
    """Return what is said of the first row of a reason in the language spoken: `row 3: no value in who`."""
    row, _, said = message.partition(": ")
    words = NO_EVENTS[spoken()]
    empty = said.removeprefix(NO_VALUE)
    said = aside_told(reason, said, spoken()) if empty == said else words["empty"].format(column=empty)
    return f"{words['row']} {row.removeprefix('row ')}: {said}"


def is_of_another(asked: Mapping[str, Any]) -> bool:
    """Say whether the options of `log_options` ask for another process than the company's own cases."""
    return bool(asked["log"] or asked["stream"])


def log_asked(company: str | None, form: str, asked: Mapping[str, Any]) -> EventLog:
    """Return the log that the options of `log_options` ask for, and tell on stderr what of it is in doubt.

    JSON says itself how many events are repeated (`repeated_events`).
    """
    log = _log_of_stream(company, asked) if asked["stream"] else _log_of_file(company, asked)
    if form != "json" and log.repeated:
        note(NO_EVENTS[spoken()]["repeated"].format(n=f"{log.repeated:,}", all=f"{len(log.step):,}"))
    return log


def _log_of_stream(company: str | None, asked: Mapping[str, Any]) -> EventLog:
    given = [f"--{name}" for name in ("log", *OF_XES, "sheet") if asked[name]]
    if given:
        raise QuestionError(
            f"{', '.join(given)} is of a file, not of a stream", do="Leave it out, or leave --stream out"
        )
    with bootstrap.built_metrics(company) as metrics:
        found = kept_log(metrics, asked["stream"], Scope.everything())
    if found.without:
        note(NO_EVENTS[spoken()]["stream"].format(n=f"{found.without:,}", all=f"{found.rows:,}"))
    return found.log


def _log_of_file(company: str | None, asked: Mapping[str, Any]) -> EventLog:
    found = bootstrap.foreign_log(company, _wish(asked))
    _tell(found)
    return found.log


def _wish(asked: Mapping[str, Any]) -> LogWish:
    path = Path(asked["log"])
    usual = OF_XES if path.name.lower().endswith((".xes", ".xes.gz")) else {}
    columns = {name: str(asked[name] or usual.get(name, "")) for name in OF_XES}
    return LogWish(path, columns["case"], columns["activity"], columns["time"], asked["time_zone"], asked["sheet"])


def _tell(found: ForeignLog) -> None:
    for reason, rows, message in found.aside:
        told = {"n": f"{rows:,}", "all": f"{found.rows:,}", "message": _example(reason, message)}
        note(NO_EVENTS[spoken()]["rows"].format(**told, reason=reason))
    for flag in found.flags:
        counted = NO_EVENTS[spoken()]["flagged"].format(n=f"{flag.rows:,}") if flag.rows else ""
        note(f"{flag.code}: {sentence_in(spoken(), flag.message)}{counted}")
