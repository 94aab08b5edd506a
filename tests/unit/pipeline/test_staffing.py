"""Lines of what people state of their department; what becomes of them is tested in tests/core_model/test_staff.py."""

import json
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from voronka.domain.staff import (
    PersonSaid,
    Placement,
    StaffChange,
    StaffEdit,
    StaffEntry,
    StaffSaid,
    StaffSubject,
    TimeSaid,
)
from voronka.pipeline.staffing import write_staff
from voronka.transform.sources import NEWCOMERS_FILE, PEOPLE_FILE, TEAMS_FILE, TIMES_FILE

MOSCOW = ZoneInfo("Europe/Moscow")
MOVED = PersonSaid(known_as="Vera", placements=(Placement(team_id="crm:t1", role="ae", valid_from=date(2026, 3, 2)),))


def written(folder: Path, edits: list[StaffEdit], in_force: dict[StaffSubject, StaffSaid], file: Path) -> list[object]:
    write_staff(folder, edits, in_force, MOSCOW)
    return [json.loads(line) for line in (folder / file).read_text("utf-8").splitlines()]


def edit(entry: StaffEntry) -> StaffEdit:
    return StaffEdit(1, "person", None, "olga", datetime.fromisoformat("2026-03-02 09:00"), (StaffChange(entry, None),))


def test_who_has_no_id_is_written_by_the_name_that_sources_use(tmp_path: Path) -> None:
    who = {"employee_id": None, "employee": "Vera", "called": None, "hired_on": None, "left_on": None}
    nowhere = {"team_id": None, "team": None, "role": None, "valid_from": None, "valid_to": None}
    place = {"team_id": "crm:t1", "role": "ae", "valid_from": "2026-03-02", "valid_to": None}
    entry = StaffEntry("person", "name:vera", MOVED)
    assert written(tmp_path, [edit(entry)], {entry.subject: MOVED}, PEOPLE_FILE) == [
        {"entry": "name:vera", **who, **nowhere},
        {"entry": "name:vera|2026-03-02", **who, **nowhere, **place},
    ]


def test_who_was_added_here_is_written_with_what_sources_will_know_them_by(tmp_path: Path) -> None:
    said = PersonSaid(name="Lena", email="lena@x.ru", extension="204", same_as="crm:7", is_made_here=True)
    known = {"email": "lena@x.ru", "phone": None, "extension": "204"}
    assert written(tmp_path, [], {("person", "voronka:person1"): said}, NEWCOMERS_FILE) == [
        {
            "entry": "voronka:person1",
            "employee_id": "voronka:person1",
            "employee": "Lena",
            **known,
            "merged_into": None,
        },
        {
            "entry": "voronka:person1|crm:7",
            "employee_id": "crm:7",
            "employee": None,
            **dict.fromkeys(known),
            "merged_into": "voronka:person1",
        },
    ]


def test_what_was_taken_back_says_nothing_any_more(tmp_path: Path) -> None:
    lines = written(tmp_path, [edit(StaffEntry("person", "crm:1", MOVED))], {}, PEOPLE_FILE)
    told = [{name: value for name, value in line.items() if value is not None} for line in lines]  # type: ignore[attr-defined]
    assert told == [{"entry": "crm:1"}, {"entry": "crm:1|2026-03-02"}]


def test_days_away_begin_and_end_at_the_companys_midnight(tmp_path: Path) -> None:
    away = TimeSaid(employee_id="crm:1", kind="absence", first=date(2026, 3, 2), last=date(2026, 3, 3))
    assert written(tmp_path, [], {("time", "1.1"): away}, TIMES_FILE) == [
        {
            "entry": "1.1",
            "employee_id": "crm:1",
            "employee": None,
            "starts_at": "2026-03-01 21:00:00",
            "ends_at": "2026-03-03 21:00:00",
            "kind": "absence",
        }
    ]


def test_hours_away_are_of_each_of_the_days(tmp_path: Path) -> None:
    hours = {"opens": time(14), "closes": time(18)}
    away = TimeSaid(employee_id="crm:1", kind="absence", first=date(2026, 3, 2), last=date(2026, 3, 3), **hours)  # type: ignore[arg-type]
    lines = written(tmp_path, [], {("time", "1.1"): away}, TIMES_FILE)
    assert [(line["entry"], line["starts_at"], line["ends_at"], line["kind"]) for line in lines] == [  # type: ignore[index]
        ("1.1|2026-03-02", "2026-03-02 11:00:00", "2026-03-02 15:00:00", "absence"),
        ("1.1|2026-03-03", "2026-03-03 11:00:00", "2026-03-03 15:00:00", "absence"),
    ]


def test_nothing_is_written_where_nobody_stated_anything(tmp_path: Path) -> None:
    write_staff(tmp_path, [], {}, MOSCOW)
    assert not (tmp_path / TEAMS_FILE).exists()
