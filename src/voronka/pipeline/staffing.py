"""Writes down what people state of their own department, so that it is imported as any file is.

A line stays whatever becomes of it: what was taken back says nothing in its last version.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from voronka.domain.scope import ALWAYS_TO
from voronka.domain.staff import (
    PersonSaid,
    StaffEdit,
    StaffSaid,
    StaffSubject,
    TeamSaid,
    TimeSaid,
)
from voronka.pipeline.entering import who_is_meant, write_rows
from voronka.transform.sources import NEWCOMERS_FILE, PEOPLE_FILE, TEAMS_FILE, TIMES_FILE

Line = dict[str, object]
_FILES = (NEWCOMERS_FILE, PEOPLE_FILE, TEAMS_FILE, TIMES_FILE)


def write_staff(
    folder: Path, edits: Sequence[StaffEdit], in_force: Mapping[StaffSubject, StaffSaid], zone: ZoneInfo
) -> None:
    """Write people, teams and times down; nothing where nobody stated any."""
    changes = [change for edit in sorted(edits, key=lambda each: each.edit_id) for change in edit.changes]
    lines: dict[Path, dict[str, Line]] = {file: {} for file in _FILES}
    for change in changes:
        if change.made.said is not None:
            for file, entry, line in _lines(change.made.subject_id, change.made.said, zone):
                lines[file][entry] = dict.fromkeys(line)
    for (_kind, subject_id), said in in_force.items():
        for file, entry, line in _lines(subject_id, said, zone):
            lines[file][entry] = line
    for file in _FILES:
        write_rows(folder / file, [{"entry": entry, **line} for entry, line in lines[file].items()])


def _lines(subject_id: str, said: StaffSaid, zone: ZoneInfo) -> Iterator[tuple[Path, str, Line]]:
    """Yield the lines of a statement, each with its file and its number there."""
    if isinstance(said, PersonSaid):
        yield from ((NEWCOMERS_FILE, *line) for line in _of_newcomer(subject_id, said))
        yield from ((PEOPLE_FILE, *line) for line in _of_person(subject_id, said))
    elif isinstance(said, TeamSaid):
        yield TEAMS_FILE, subject_id, _of_team(subject_id, said)
    else:
        yield from ((TIMES_FILE, *line) for line in _of_time(subject_id, said, zone))


def _of_newcomer(employee_id: str, said: PersonSaid) -> Iterator[tuple[str, Line]]:
    """Yield by what sources will know somebody who was added here, and whom a source knows under an id of its own."""
    if said.is_made_here:
        known = {"email": said.email, "phone": said.phone, "extension": said.extension}
        yield employee_id, {"employee_id": employee_id, "employee": said.name, **known, "merged_into": None}
        if said.same_as:
            nothing = dict.fromkeys(("employee", *known))
            yield (
                f"{employee_id}|{said.same_as}",
                {"employee_id": said.same_as, **nothing, "merged_into": employee_id},
            )


def _of_person(employee_id: str, said: PersonSaid) -> Iterator[tuple[str, Line]]:
    who: Line = {
        **who_is_meant("employee", employee_id, said.known_as),
        "called": said.name,
        **dict.fromkeys(("team_id", "team", "role")),
        "hired_on": _day(said.hired_on),
        "left_on": _day(said.left_on),
        "valid_from": None,
        "valid_to": None,
    }
    yield employee_id, who
    for each in said.placements:
        held: Line = {
            **who,
            "called": None,
            **who_is_meant("team", each.team_id, each.team),
            "role": each.role,
            "hired_on": None,
            "left_on": None,
            "valid_from": _day(each.valid_from),
            "valid_to": _day(each.valid_to) if each.valid_to < ALWAYS_TO else None,
        }
        yield f"{employee_id}|{each.valid_from}", held


def _of_team(team_id: str, said: TeamSaid) -> Line:
    return {
        **who_is_meant("team", team_id, said.known_as),
        # a source's team of the name that one was made under is the same team
        **({"team": said.known_as or said.name} if said.is_made_here else {}),
        "called": said.name,
        **who_is_meant("parent", said.parent_id, said.parent),
        **who_is_meant("lead", said.lead_employee_id, said.lead, of="lead_employee_id"),
    }


def _of_time(time_id: str, said: TimeSaid, zone: ZoneInfo) -> Iterator[tuple[str, Line]]:
    who = who_is_meant("employee", said.employee_id, said.known_as)
    if said.kind == "absence" and not said.is_part:
        ends = _moment(said.last + timedelta(days=1), time(), zone)
        yield time_id, {**who, "starts_at": _moment(said.first, time(), zone), "ends_at": ends, "kind": said.kind}
        return
    for day in said.days():
        hours = {
            "starts_at": _moment(day, said.opens or time(), zone),
            "ends_at": _moment(day, said.closes or time(), zone),
        }
        yield f"{time_id}|{day}", {**who, **hours, "kind": said.kind}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(day: date, hour: time, zone: ZoneInfo) -> str:
    local = datetime.combine(day, hour, zone)
    return local.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
