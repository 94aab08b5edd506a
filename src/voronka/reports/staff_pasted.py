"""Reads a list of times away as somebody copied it from a spreadsheet: who, from, to, and where told hours and why."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from voronka.domain.errors import QuestionError
from voronka.domain.staff import TimeSaid
from voronka.reports.staff import StaffPerson, folded

MOST_LINES = 1000
Reason = Literal["vacation", "sick", "other"]
_REASONS: tuple[tuple[str, Reason], ...] = (
    ("отпуск", "vacation"),
    ("vacation", "vacation"),
    ("holiday", "vacation"),
    ("больн", "sick"),
    ("sick", "sick"),
)
_HOURS = re.compile(r"(\d{1,2})[:.](\d\d)\s*[-–—]\s*(\d{1,2})[:.](\d\d)")
_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y")


@dataclass(frozen=True)
class PastedFault:
    """A line that cannot be read: its number from one, its text, and why."""

    line: int
    text: str
    fault: QuestionError


def read_times(text: str, people: Iterable[StaffPerson]) -> tuple[list[TimeSaid], list[PastedFault]]:
    """Return the times away of a pasted list, and the lines that do not fit; QuestionError for a list of nothing.

    The first line may hold titles. A time of one day may leave its end out.
    """
    known, lines = list(people), [line for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        raise QuestionError(f"a list has from one to {MOST_LINES} lines", do="Copy who, from and to as three columns")
    found: list[TimeSaid] = []
    faults: list[PastedFault] = []
    for number, line in enumerate(lines, start=1):
        cells = _cells(line)
        if number == 1 and len(lines) > 1 and not any(_day(cell) for cell in cells):
            continue
        try:
            found.append(_time(cells, known))
        except QuestionError as fault:
            faults.append(PastedFault(number, line.strip(), fault))
    return found, faults


def _cells(line: str) -> list[str]:
    parts = line.split("\t") if "\t" in line else re.split(r"\s*[;,]\s*|\s{2,}", line)
    return [part.strip() for part in parts]


def _time(cells: Sequence[str], people: Sequence[StaffPerson]) -> TimeSaid:
    days = [day for day in map(_day, cells[1:]) if day is not None]
    if not days:
        raise QuestionError("the line has no day", do="Write days as 31.12.2026")
    person = _person(cells[0], people)
    opens, closes = next((found for cell in cells[1:] if (found := _hours(cell))), (None, None))
    words = folded(" ".join(cell for cell in cells[1:] if _day(cell) is None and not _hours(cell)))
    usual: Reason = "other" if words else "vacation"
    reason = next((reason for word, reason in _REASONS if word in words), usual)
    return TimeSaid(
        employee_id=person.subject,
        known_as=person.said.known_as or person.name,
        kind="absence",
        reason=reason,
        first=days[0],
        last=days[min(1, len(days) - 1)],
        opens=opens,
        closes=closes,
    )


def _hours(text: str) -> tuple[time, time] | None:
    """Return the hours that a cell says, 14:00-18:00; QuestionError for such as no clock shows."""
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    first_hour, first_minute, hour, minute = (int(each) for each in found.groups())
    try:
        return time(first_hour, first_minute), time(hour, minute)
    except ValueError as fault:
        raise QuestionError(f"there are no hours {text}", do="Write them as 14:00-18:00") from fault


def _person(name: str, people: Sequence[StaffPerson]) -> StaffPerson:
    """Return whom a name means, whichever of first and last name comes first; QuestionError for nobody, or for two."""
    wanted = set(folded(name).split())
    found = [each for each in people if set(folded(each.name).split()) == wanted] if wanted else []
    if len(found) > 1:
        raise QuestionError(f"{len(found)} people are called {name}", do="Enter their times one by one")
    if not found:
        raise QuestionError(f"nobody is called {name}", do="Write the name as it stands in the list of people")
    return found[0]


def _day(text: str) -> date | None:
    for written in _FORMATS:
        try:
            return datetime.strptime(text.strip(), written).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
