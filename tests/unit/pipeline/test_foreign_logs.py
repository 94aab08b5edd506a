"""Event logs of any process, from files: order, what is no event, and the columns that are asked for."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from voronka.analyses.event_log import EventLog
from voronka.bootstrap import trial_place
from voronka.domain.errors import InputError, QuestionError, SettingsError
from voronka.pipeline.foreign_logs import ForeignLog, LogWish, read_foreign_log

MINUTE = 60_000_000
NOW = datetime(2026, 6, 30, 10)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
BEGIN = 1_772_359_200_000_000
"""2026-03-01 10:00 UTC, in microseconds since 1970."""


def taken(folder: Path, text: str | bytes, name: str = "log.csv", zone: str | None = "UTC") -> ForeignLog:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with trial_place(str(folder), lambda: NOW) as work:
        return read_foreign_log(work, LogWish(folder / name, "case", "step", "at", zone))


def told(log: EventLog) -> list[tuple[str, str, float]]:
    steps = [log.steps[step] for step in log.step]
    minutes = ((log.at - BEGIN) / MINUTE).tolist()
    return [(log.cases[case], step, at) for case, step, at in zip(log.case, steps, minutes, strict=True)]


def test_events_stand_by_case_and_time_and_those_of_one_time_as_in_the_file(tmp_path: Path) -> None:
    rows = ("b,Y,2026-03-01 10:05", "a,X,2026-03-01 10:01", "b,Z,2026-03-01 10:02", "b,X,2026-03-01 10:05")
    found = taken(tmp_path, "\n".join(("case,step,at", *rows)) + "\n")
    assert told(found.log) == [("b", "Z", 2), ("b", "Y", 5), ("b", "X", 5), ("a", "X", 1)]
    assert (list(found.log.cases), list(found.log.steps)) == (["b", "a"], ["Y", "X", "Z"])
    assert (found.rows, found.rows_aside, found.log.lengths.tolist()) == (4, 0, [3, 1])


def test_a_row_that_is_no_event_is_put_aside_with_its_reason(tmp_path: Path) -> None:
    text = (
        "case;step;at\n1;X;01.03.2026 10:00\n;X;01.03.2026 10:01\n1;;01.03.2026 10:02\n1;Y;\n1;Y;31.13.2026 10:00\n"
        '1;Y;"01.03.2026 10:04\n'
    )
    found = taken(tmp_path, text)
    assert told(found.log) == [("1", "X", 0)]
    assert {reason: rows for reason, rows, _ in found.aside} == {
        "no_case": 1,
        "no_activity": 1,
        "no_time": 1,
        "bad_time": 1,
        "truncated": 1,
    }
    messages = {reason: message for reason, _, message in found.aside}
    assert messages["no_case"] == "row 3: no value in case"
    assert messages["bad_time"] == "row 6: at: not a date or time: 31.13.2026 10:00"
    assert (found.rows, found.rows_aside) == (6, 5)


def test_times_that_bear_no_zone_are_of_the_one_given_and_others_of_their_own(tmp_path: Path) -> None:
    found = taken(tmp_path, "case,step,at\n1,X,2026-03-01T13:00:00\n1,Y,2026-03-01T10:01:00Z\n", zone="Europe/Moscow")
    assert told(found.log) == [("1", "X", 0), ("1", "Y", 1)]


def test_records_of_one_line_stay_in_their_order(tmp_path: Path) -> None:
    records = ", ".join(f'{{"case": "1", "step": "{step}", "at": "2026-03-01T10:00:00Z"}}' for step in "CABDE")
    assert [step for _, step, _ in told(taken(tmp_path, f"[{records}]", "log.json").log)] == list("CABDE")


def test_a_log_in_xes_is_asked_for_by_its_keys(tmp_path: Path) -> None:
    events = "".join(
        f'<event><string key="concept:name" value="{step}"/><date key="time:timestamp" value="{at}"/></event>'
        for step, at in (("Y", "2026-03-01T13:00:00.000+03:00"), ("X", "2026-03-01T09:59:00.000+00:00"))
    )
    trace = f'<trace><string key="concept:name" value="7"/>{events}</trace>'
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(f'<?xml version="1.0"?><log xes.version="1.0">{trace}</log>'.encode()))
    with trial_place(str(tmp_path)) as work:
        found = read_foreign_log(work, LogWish(path, "case:concept:name", "concept:name", "time:timestamp"))
    assert told(found.log) == [("7", "X", -1), ("7", "Y", 0)]
    assert found.reading["kind"] == "xes"


def test_a_column_that_is_not_there_and_a_table_without_events_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column `step`. Did you mean steps\?"):
        taken(tmp_path, "case,steps,at\n1,X,2026-03-01\n")
    with pytest.raises(InputError, match=r"no row is an event \(no_time 2, such as row 2: no value in at\)"):
        taken(tmp_path, "case,step,at\n1,X,\n2,X,\n")
    with pytest.raises(SettingsError, match="Mars"):
        taken(tmp_path, "case,step,at\n1,X,2026-03-01\n", zone="Europe/Mars")


def test_what_is_doubtful_about_events_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path, "case,step,at\n1,X,05/06/2026\n1,Y,07/07/2026\n1,Z,\n")
    assert [(flag.code, flag.rows) for flag in found.flags] == [("assumed_day_first", 1), ("future_date", 1)]
    assert taken(tmp_path, "case,step,at\n1,X,25/06/2021\n").flags == ()


def test_a_file_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "no.csv", "there is no such file"), (tmp_path, "this is a folder")):
        with trial_place(str(tmp_path)) as work, pytest.raises(InputError, match=said):
            read_foreign_log(work, LogWish(path, "case", "step", "at"))


def test_nothing_of_a_log_is_left_in_the_session(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("case,step,at\n1,X,2026-03-01\n")
    with trial_place(str(tmp_path)) as work:
        read_foreign_log(work, LogWish(tmp_path / "log.csv", "case", "step", "at"))
        assert work.session.rows("SELECT table_name FROM duckdb_tables()") == []


def asked(folder: Path, text: str, *columns: str) -> str:
    """Return what is said of a wish for columns of a file that is refused."""
    (folder / "log.csv").write_text(text, encoding="utf-8")
    with trial_place(str(folder), lambda: NOW) as work, pytest.raises((QuestionError, InputError)) as refused:
        read_foreign_log(work, LogWish(folder / "log.csv", *columns))
    return str(refused.value)


def test_columns_not_named_or_not_there_are_answered_with_those_that_the_file_has(tmp_path: Path) -> None:
    text = "Case ID,Activity,Start Timestamp,Who\n1,X,2026-03-01,\n"
    told_ = asked(tmp_path, text, "", "", "")
    assert told_.endswith("Name them, such as --case 'Case ID' --activity Activity --time 'Start Timestamp'.")
    assert asked(tmp_path, text, "Case ID", "", "Start Timestamp").endswith("Name them, such as --activity Activity.")
    assert asked(tmp_path, "a,b,c\n1,X,2026\n", "a", "", "c").endswith("Name the columns of the file: a, b, c.")
    # a file of somebody's is no source of the company: nothing is to be written into sources/
    wrong = asked(tmp_path, text, "Case ID", "Activity", "When")
    assert "the file has no column `When`" in wrong
    assert "sources/" not in wrong
