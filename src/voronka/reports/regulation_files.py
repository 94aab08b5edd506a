"""The limits that run now and the register of regulations as files."""

from typing import Literal

from voronka.metrics.answer import Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.coded import CODES
from voronka.reports.leads_regulations import LIVE, REGISTER, regulations_of
from voronka.reports.links import RecordLinks
from voronka.reports.page import Frame, Table
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language, in_words

TableName = Literal["due", "register"]
MOST = 100_000
"""Limits that a file holds at most."""
TITLES = {"due": Title("сроки сейчас", "due now"), "register": Title("что записано", "register")}
REGULATIONS = Title("Регламенты:", "Regulations:")
STATES = {"waiting": Title("срок идёт", "running"), "overdue": Title("просрочено", "overdue")}
MEANS = {
    "over_hours": Title(
        "На сколько часов регламента просрочено; со знаком минус — сколько осталось",
        "By how many hours of the regulation's clock it is overdue; below nought, how many are left",
    ),
    "due_at": Title("Когда истекает срок, по времени компании", "When the limit ends, by the company's clock"),
    "hours": Title("Сколько часов даёт регламент", "How many hours the regulation gives"),
}


def regulation_file(frame: Frame, links: RecordLinks, name: TableName, language: Language) -> TableFile:
    """Return a table of regulations, to be written out in a language: all limits that run, not the first of them."""

    def content() -> Content:
        found = regulations_of(frame, links, MOST)
        table = found.live if name == "due" else found.register
        columns = LIVE if name == "due" else REGISTER
        rows = tuple(_worded(row, language) for row in table.rows)
        asked = Ask((), (), frame.asked.filters(), None)  # what runs now runs whatever the period
        return Content(Table(columns, rows), MEANS, asked, found.kept.answer.data_version)

    return TableFile(frame, language, (REGULATIONS, TITLES[name]), None, content)


def _worded(row: Row, language: Language) -> Row:
    told = {"state": STATES.get(str(row.get("state"))), "clock": CODES["clock"].get(str(row.get("clock")))}
    return {**row, **{name: in_words(title, language) for name, title in told.items() if title}}
