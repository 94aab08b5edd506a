"""The department as files: people with their history of teams, teams, who is away and own hours."""

from collections.abc import Iterator, Mapping
from typing import Literal

from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.page import Frame, Table
from voronka.reports.staff import Department, Placed, StaffPerson, StaffTeam, StaffTime
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import DAY, WEEKDAYS, Language, in_words

StaffTable = Literal["people", "teams", "times"]
STAFF = Title("Отдел:", "Department:")
TITLES: Mapping[StaffTable, Title] = {
    "people": Title("люди и переводы", "people and moves"),
    "teams": Title("команды", "teams"),
    "times": Title("отсутствия и графики", "absences and own hours"),
}
REASONS: Mapping[str, Title] = {
    "vacation": Title("отпуск", "vacation"),
    "sick": Title("больничный", "sick leave"),
    "other": Title("другое отсутствие", "other absence"),
    "": Title("отсутствие", "absence"),
}
HOURS = Title("свой график", "own hours")
MEANS = {
    "from": Title(
        "С какого дня человек в команде и роли; пусто — с самого начала",
        "From which day on the person is in the team and role; empty: from ever",
    ),
    "to": Title("По какой день, включительно; пусто — по сей день", "To which day, inside; empty: still"),
    "stated": Title(
        "Указано людьми в Воронке, а не взято из выгрузки", "Stated by people in Voronka, and not told by an export"
    ),
    "people": Title("Сколько людей в команде сегодня", "How many people are in the team today"),
}


def _text(name: str, ru: str, en: str) -> AnswerColumn:
    return AnswerColumn(name, Title(ru, en), kind="dimension")


def _day(name: str, ru: str, en: str) -> AnswerColumn:
    return AnswerColumn(name, Title(ru, en), DAY, kind="dimension")


_FROM, _TO = _day("from", "С", "From"), _day("to", "По", "To")
_PERSON = _text("person", "Сотрудник", "Person")
PEOPLE = (
    *(_PERSON, _text("team", "Команда", "Team"), _text("role", "Роль", "Role"), _FROM, _TO),
    *(_text("stated", "Указано здесь", "Stated here"), _day("hired_on", "Принят", "Hired")),
    _day("left_on", "Уволен", "Left"),
)
TEAMS = (
    *(_text("team", "Команда", "Team"), _text("lead", "Руководитель", "Lead"), _text("parent", "Входит в", "Part of")),
    *(AnswerColumn("people", Title("Людей", "People"), "count"), _day("closed_on", "Закрыта с", "Closed from")),
)
TIMES = (
    *(_PERSON, _text("what", "Что", "What"), _FROM, _TO),
    *(_text("hours", "Часы", "Hours"), _text("weekdays", "Дни недели", "Days of the week")),
)


def staff_file(frame: Frame, department: Department, name: StaffTable, language: Language, version: str) -> TableFile:
    """Return a list of the department, to be written out in a language; `version` is that of the data."""

    def content() -> Content:
        made = {"people": _people_rows, "teams": _team_rows, "times": _time_rows}[name](department, frame, language)
        columns = {"people": PEOPLE, "teams": TEAMS, "times": TIMES}[name]
        return Content(Table(columns, tuple(made)), MEANS, Ask(()), version)

    return TableFile(frame, language, (STAFF, TITLES[name]), None, content)


def _people_rows(known: Department, frame: Frame, language: Language) -> Iterator[Row]:
    """Yield a row per person and time in a team, the latest first; of who was in none a row without."""
    for person in known.people.values():
        about: Row = {"person": person.name, "hired_on": person.hired_on, "left_on": person.left_on}
        yield from ({**about, **_place(known, frame, each, language)} for each in person.placed)
        if not person.placed:
            yield about


def _place(known: Department, frame: Frame, placed: Placed, language: Language) -> Row:
    role = frame.settings.roles.get(placed.role or "")
    return {
        "team": known.team_name(placed.team_id),
        "role": in_words(Title(role.title.ru, role.title.en), language) if role else placed.role,
        "from": placed.first,
        "to": placed.last,
        "stated": placed.is_stated,
    }


def _team_rows(known: Department, _frame: Frame, _language: Language) -> Iterator[Row]:
    return (_team(known, each) for each in known.seen_teams)


def _team(known: Department, team: StaffTeam) -> Row:
    return {
        "team": team.name,
        "lead": _name(known.people.get(team.lead_id or "")),
        "parent": known.team_name(team.parent_id),
        "people": known.size(team.id),
        "closed_on": team.said.closed_on,
    }


def _time_rows(known: Department, _frame: Frame, language: Language) -> Iterator[Row]:
    return (_time(known, each, language) for each in known.times)


def _time(known: Department, each: StaffTime, language: Language) -> Row:
    told = each.told
    return {
        "person": _name(known.people.get(each.person_id)),
        "what": in_words(HOURS if told.kind == "shift" else REASONS[told.reason], language),
        "from": told.first,
        "to": told.last,
        "hours": told.hours,
        "weekdays": ", ".join(in_words(WEEKDAYS[day - 1], language) for day in told.weekdays) or None,
    }


def _name(person: StaffPerson | None) -> str | None:
    return person.name if person else None
