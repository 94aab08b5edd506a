"""The tables of another process' page as files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.log_path import LogAsked, log_path
from voronka.reports.page import Frame, Table
from voronka.reports.path_files import PATH
from voronka.reports.path_files import TITLES as OF_PATH
from voronka.reports.path_tables import MEANS, deviations_table, edges_table, log_funnel_table, ways_table
from voronka.reports.plain import Plain
from voronka.reports.plain_log_path import plain_log_path
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language

LogTable = Literal["edges", "ways", "deviations", "funnel"]
TITLES: Mapping[LogTable, Title] = {
    "edges": OF_PATH["edges"],
    "ways": OF_PATH["ways"],
    "deviations": OF_PATH["deviations"],
    "funnel": Title("воронка шагов", "funnel of steps"),
}
WRITTEN: Mapping[LogTable, Callable[[Plain, Language], Table]] = {
    "edges": edges_table,
    "ways": ways_table,
    "deviations": deviations_table,
    "funnel": log_funnel_table,
}
OF_SALES = frozenset({"worked_hours", "win_rate", "amount", "points", "win_rate_low", "win_rate_high"})
"""Columns of what another process has not: working time, deals won, money."""


@dataclass(frozen=True)
class LogTables:
    """The tables of another process; of a frame only who asks matters."""

    frame: Frame
    asked: LogAsked
    data_version: str

    def file(self, name: LogTable, language: Language) -> TableFile:
        """Return one of them, to be written out in a language."""
        title = Title(f"{PATH.ru}, {self.asked.log}:", f"{PATH.en}, {self.asked.log}:")

        def content() -> Content:
            found = log_path(self.frame.metrics, self.frame.scope, self.asked)
            table = of_process(WRITTEN[name](plain_log_path(found, self.data_version), language))
            return Content(table, MEANS, Ask((), ()), self.data_version)

        return TableFile(self.frame, language, (title, TITLES[name]), None, content)


def of_process(table: Table) -> Table:
    """Return a table without the columns that only sales have."""
    kept = tuple(column for column in table.columns if column.name not in OF_SALES)
    names = [column.name for column in kept]
    return Table(kept, tuple({name: row[name] for name in names} for row in table.rows))
