"""The regulations under a page's filters: how each is kept, who is due now and overdue, and which steps have none."""

from dataclasses import dataclass

from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Query
from voronka.reports.ask import Block
from voronka.reports.links import RecordLinks
from voronka.reports.page import Frame, Table, of_one_version
from voronka.reports.regulations import FIGURES, Unregulated, in_force, live, unregulated

MOST = 200
"""Limits that a page lists; the totals tell how many there are."""
LIVE = (
    AnswerColumn("regulation", Title("Регламент", "Regulation"), kind="dimension"),
    AnswerColumn("state", Title("Состояние", "State"), kind="dimension"),
    AnswerColumn("title", Title("Запись", "Record"), kind="dimension"),
    AnswerColumn("employee", Title("Сотрудник", "Employee"), kind="dimension"),
    AnswerColumn("due_at", Title("Срок", "Due"), kind="dimension"),
    AnswerColumn("over_hours", Title("Просрочено на", "Overdue by"), "hours", better="down"),
)
REGISTER = (
    AnswerColumn("regulation", Title("Регламент", "Regulation"), kind="dimension"),
    AnswerColumn("hours", Title("Срок", "Limit"), "hours"),
    AnswerColumn("clock", Title("Часы", "Clock"), kind="dimension"),
    AnswerColumn("owner", Title("Владелец", "Owner"), kind="dimension"),
    AnswerColumn("version", Title("Версия", "Version"), kind="dimension"),
    AnswerColumn("reviewed_on", Title("Пересмотрен", "Reviewed"), kind="dimension"),
)
WRITTEN = (
    REGISTER[0],
    AnswerColumn("binds", Title("Для чего", "Of what"), kind="dimension"),
    *REGISTER[1:],
)
"""The register as the files say it now, each regulation for each pipeline that it binds."""


@dataclass(frozen=True)
class Regulations:
    """How regulations are kept in the page's period, what runs now whatever the period, what is in force, what is not.

    `waiting` and `overdue` count all that runs, `live` lists the soonest due and the latest overdue.
    """

    kept: Block
    live: Table
    register: Table
    unregulated: tuple[Unregulated, ...]
    waiting: int
    overdue: int


def regulations_of(frame: Frame, links: RecordLinks, most: int = MOST) -> Regulations:
    """Return the regulations under the page's filters, all of one version of the data; `most` limits are listed."""
    return of_one_version(lambda: _made(frame, links, most), lambda made: [made.kept.answer.data_version])


def _made(frame: Frame, links: RecordLinks, most: int) -> Regulations:
    query = Query(metrics=(), scope=frame.scope, where=frame.asked.filters())
    titles = {str(each["regulation_id"]): each["title"] for each in in_force(frame.metrics, query)}
    running = live(frame.metrics, query, links)
    rows = [_live_row(each, titles) for each in running]
    overdue = sum(each["state"] == "overdue" for each in running)
    return Regulations(
        kept=frame.asker.ask(*FIGURES.values(), by=["regulation"], period=frame.facts),
        live=Table(LIVE, tuple(rows[:most])),
        register=Table(REGISTER, tuple(_register_row(each) for each in in_force(frame.metrics, query))),
        unregulated=tuple(unregulated(frame.metrics, query)),
        waiting=len(running) - overdue,
        overdue=overdue,
    )


def _live_row(row: Row, titles: dict[str, object]) -> Row:
    minutes = row["minutes_over"]
    return {
        "regulation": titles.get(str(row["regulation"])) or row["regulation"],
        "regulation_id": row["regulation"],
        "state": row["state"],
        "title": row["title"] or row["id"],
        "employee": row["employee"],
        "employee_id": row["employee_id"],
        "due_at": row["due_at"],
        "over_hours": float(str(minutes)) / 60,
        "open": row["url"],
    }


def _register_row(row: Row) -> Row:
    return {
        "regulation": row["title"] or row["regulation_id"],
        "hours": float(str(row["minutes"])) / 60,
        "clock": row["clock"],
        "owner": row["owner"],
        "version": row["version"],
        "reviewed_on": row["reviewed_on"],
    }
