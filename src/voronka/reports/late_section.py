"""Why leads are late, as their page shows it: in words, what load does, on which days, who has leads waiting now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.lateness import Lateness
from voronka.domain.period import Period
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Query
from voronka.reports.ask import Ask, Block, known
from voronka.reports.lateness import (
    WORDS,
    at_work,
    effect_rows,
    judged_days,
    lateness_words,
    part_rows,
    remains_rows,
    why_late,
)
from voronka.reports.page import Frame, Table, of_one_version
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language, in_words

TableName = Literal["effects", "parts", "remains", "queues"]
WHY = Title("Почему отвечаем поздно", "Why answers are late")
TITLES = {
    "effects": Title("влияние загрузки", "effect of load"),
    "parts": Title("дни и часы", "days and hours"),
    "remains": Title("при низкой загрузке", "at low load"),
    "queues": Title("очередь сейчас", "queues now"),
}
LOAD = AnswerColumn("load", Title("Загрузка", "Load"), kind="dimension")
LOW = AnswerColumn("low", Title("95 %: от", "95 %: from"), "percent")
HIGH = AnswerColumn("high", Title("95 %: до", "95 %: to"), "percent")
LEADS = AnswerColumn("leads", Title("Лиды", "Leads"), "count")
COLUMNS = {
    "effects": (
        LOAD,
        AnswerColumn("specification", Title("При одинаковых", "Held equal"), kind="dimension"),
        AnswerColumn("percent", Title("Ответ дольше при удвоении", "Longer when it doubles"), "percent", better="down"),
        LOW,
        HIGH,
    ),
    "parts": (
        AnswerColumn("part", Title("Что", "What"), kind="dimension"),
        AnswerColumn("value", Title("День или час", "Day or hour"), kind="dimension"),
        LEADS,
        AnswerColumn("late_share", Title("Поздно", "Late"), "percent", better="down"),
        AnswerColumn("points", Title("Против остальных, п. п.", "Against the others, points"), "count"),
        LOW,
        HIGH,
        AnswerColumn("is_beyond_chance", Title("Больше случайного", "Beyond chance"), kind="dimension"),
    ),
    "remains": (
        LOAD,
        AnswerColumn("most", Title("Не больше", "At most"), "count"),
        LEADS,
        AnswerColumn("share_low", Title("Поздно при низкой загрузке", "Late at low load"), "percent", better="down"),
        AnswerColumn("late_share", Title("Поздно всего", "Late of all"), "percent", better="down"),
        AnswerColumn("percent", Title("Осталось бы опозданий", "Lateness that would remain"), "percent"),
        LOW,
        HIGH,
    ),
    "queues": (
        AnswerColumn("employee_id", Title("Сотрудник, id", "Employee, id"), kind="dimension"),
        AnswerColumn("employee", Title("Сотрудник", "Employee"), kind="dimension"),
        AnswerColumn("waiting", Title("Ждут ответа", "Waiting"), "count", better="down"),
        AnswerColumn("is_at_work", Title("Сейчас на работе", "At work now"), kind="dimension"),
    ),
}
MEANS = {
    "percent": Title(
        "На сколько процентов; у опозданий — какая их доля осталась бы при низкой загрузке",
        "By how many percent; of lateness, what share would remain at low load",
    ),
    "late_share": Title(
        "Доля лидов, которым ответили поздно или не ответили", "The share of leads answered late or not at all"
    ),
    "points": Title(
        "На сколько процентных пунктов доля опозданий больше, чем в остальные дни или часы",
        "By how many percentage points the share of late ones is above that of the other days or hours",
    ),
    "waiting": Title("Лиды сотрудника, которым никто ещё не ответил", "Leads of the person that nobody answered yet"),
    "is_at_work": Title(
        "В своей смене, а без смен — в часы компании; не в отпуске. На момент последней сборки",
        "In a shift, or in the company's hours without shifts; not absent. As of the last build",
    ),
}

CODES: Mapping[str, Mapping[object, Title]] = {
    "load": {
        "arrivals": Title("лидов у сотрудника за день", "leads of a person on a day"),
        "queue": Title("очередь сотрудника", "queue of the person"),
    },
    "specification": {
        "none": Title("без поправок", "nothing"),
        "hour_weekday": Title("часе и дне недели", "hour and weekday"),
        "month": Title("часе, дне недели и месяце", "hour, weekday and month"),
        "person": Title("часе, дне недели, месяце и сотруднике", "hour, weekday, month and person"),
    },
    "part": {
        "weekday": Title("день недели", "weekday"),
        "hour": Title("час", "hour"),
        "at_work": Title("сотрудник на работе", "person at work"),
    },
    "is_beyond_chance": {True: Title("да", "yes"), False: Title("нет", "no")},
    "is_at_work": {True: Title("да", "yes"), False: Title("нет", "no")},
}
"""What codes among the values are called in files."""


@dataclass(frozen=True)
class LateSection:
    """Why leads of the days judged are late; `asked` is the question of them, `waiting` whom leads wait for now."""

    found: Lateness
    asked: Ask
    waiting: Block
    tables: dict[str, Table]

    def words(self) -> dict[str, list[str]]:
        """Return what there is to say, by language."""
        return {language: lateness_words(self.found, language) for language in ("ru", "en")}


def late_section(frame: Frame) -> LateSection:
    """Return why leads are late under the page's filters, of the period or of half a year, all of one version."""
    return of_one_version(lambda: _made(frame), lambda made: [made.waiting.answer.data_version])


def _made(frame: Frame) -> LateSection:
    period, where = judged_days(frame.facts), frame.asked.filters()
    found = why_late(frame.metrics, Query(metrics=(), scope=frame.scope, where=where, period=period))
    waiting = frame.asker.ask("leads_unanswered", by=["employee"])
    rows: dict[str, list[Row]] = {
        "effects": effect_rows(found),
        "parts": [_called(row) for row in part_rows(found)],
        "remains": [_called(row) for row in remains_rows(found)],
    }
    tables = {name: Table(COLUMNS[name], tuple(each)) for name, each in rows.items()}
    return LateSection(
        found, Ask(("leads",), (), where, period), waiting, {**tables, "queues": _queues(frame, waiting)}
    )


def _called(row: Row) -> Row:
    """Return a row whose share says of what it is: other tables have shares too."""
    return {("late_share" if name == "share" else name): value for name, value in row.items()}


def _queues(frame: Frame, waiting: Block) -> Table:
    """Return how many leads wait for whom, and who of those that leads came to is at work at the last build."""
    metrics, now = frame.metrics, frame.metrics.known_until()
    lately = frame.asker.ask("leads", by=["employee"], period=_fortnight(frame))
    names = {
        str(row["employee_id"]): row["employee"]
        for row in (*lately.answer.rows, *waiting.answer.rows)
        if row["employee_id"] is not None
    }
    ids = sorted(names)
    day = now.replace(tzinfo=UTC).astimezone(ZoneInfo(metrics.company.zone)).date()
    there = at_work(
        metrics,
        ids,
        np.full(len(ids), now, dtype="datetime64[us]"),
        np.full(len(ids), day, dtype="datetime64[D]"),
    )
    left = {str(row["employee_id"]): int(known(row["leads_unanswered"]) or 0) for row in waiting.answer.rows}
    rows: list[Row] = [
        {"employee_id": key, "employee": names[key], "waiting": left.get(key, 0), "is_at_work": bool(is_there)}
        for key, is_there in zip(ids, there.tolist(), strict=True)
    ]
    rows.sort(key=lambda row: (-int(str(row["waiting"])), str(row["employee"])))
    totals: Row = {
        "waiting": int(waiting.total("leads_unanswered") or 0),
        "waiting_away": sum(int(str(row["waiting"])) for row in rows if not row["is_at_work"]),
        "people": len(rows),
        "at_work": sum(bool(row["is_at_work"]) for row in rows),
    }
    return Table(COLUMNS["queues"], tuple(rows), totals)


def _fortnight(frame: Frame) -> Period:
    return Period(frame.facts.last - timedelta(days=13), frame.facts.last)


def late_file(frame: Frame, name: TableName, language: Language) -> TableFile:
    """Return a table of the section, to be written out in a language."""

    def content() -> Content:
        section = late_section(frame)
        rows = tuple(_worded(row, language) for row in section.tables[name].rows)
        return Content(Table(COLUMNS[name], rows), MEANS, section.asked, section.waiting.answer.data_version)

    return TableFile(frame, language, (WHY, TITLES[name]), judged_days(frame.facts), content)


def _worded(row: Row, language: Language) -> Row:
    told = {name: titles.get(row.get(name)) for name, titles in CODES.items()}
    worded = {name: in_words(title, language) for name, title in told.items() if title}
    if row.get("part") == "weekday":
        worded["value"] = WORDS[language]["weekdays"].split()[int(str(row["value"])) - 1]
    return {**row, **worded}
