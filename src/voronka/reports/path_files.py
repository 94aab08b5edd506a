"""The tables of the path's page as files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.links import RecordLinks
from voronka.reports.page import Frame, Table
from voronka.reports.path_against import Against, held_against, plain_against
from voronka.reports.path_grey import grey_beside, plain_grey_beside
from voronka.reports.path_hands import HandsAsked, hands_beside, plain_hands
from voronka.reports.path_page import KnownPipeline, PathAsked, path_page, path_query
from voronka.reports.path_tables import (
    MEANS,
    deviations_table,
    edges_table,
    hands_table,
    shares_table,
    times_table,
    ways_table,
    zones_table,
)
from voronka.reports.plain import Plain
from voronka.reports.plain_path_page import plain_path_of_page
from voronka.reports.process_cut import Line, clock_line, hands_lines, path_lines
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language

TableName = Literal["edges", "ways", "deviations", "zones", "shares", "times", "handovers"]
PATH = Title("Путь клиента", "Customer path")
TITLES: Mapping[TableName, Title] = {
    "edges": Title("переходы", "edges"),
    "ways": Title("варианты", "ways"),
    "deviations": Title("отклонения", "deviations"),
    "zones": Title("серые зоны", "grey zones"),
    "shares": Title("два среза, доли", "two cuts, shares"),
    "times": Title("два среза, сроки", "two cuts, times"),
    "handovers": Title("передачи", "hand-overs"),
}
OF_PATH: Mapping[str, Callable[[Plain, Language], Table]] = {
    "edges": edges_table,
    "ways": ways_table,
    "deviations": deviations_table,
}


@dataclass(frozen=True)
class PathTables:
    """The tables of the page of a frame; `against` and `hands` are of theirs."""

    frame: Frame
    asked: PathAsked
    pipelines: Sequence[KnownPipeline]
    against: Against
    hands: HandsAsked

    def file(self, name: TableName, language: Language) -> TableFile:
        """Return one of them, to be written out in a language."""

        def content() -> Content:
            table, version = self._table(name, language)
            return Content(
                Table(table.columns, table.rows),
                MEANS,
                Ask((), (), self.frame.asked.filters(), self.frame.facts),
                version,
                tuple(self._cut(name)),
            )

        return TableFile(self.frame, language, (PATH, TITLES[name]), self.frame.facts, content)

    def _cut(self, name: TableName) -> Iterator[Line]:
        """Yield what was asked for beside the period and the filters."""
        yield from path_lines(self.frame.metrics, path_query(self.frame, self.asked, self.pipelines))
        if name == "handovers":
            yield from hands_lines(self.hands)
        if name == "times":
            yield clock_line(self.against.clock)

    def _table(self, name: TableName, language: Language) -> tuple[Table, str]:
        """Return the table and the version of the data that it is of."""
        if name in OF_PATH:
            made = path_page(self.frame, self.asked, self.pipelines)
            told = plain_path_of_page(made, self.asked, self.pipelines)
            return OF_PATH[name](told, language), told["data_version"]
        metrics, query = self.frame.metrics, path_query(self.frame, self.asked, self.pipelines)
        if name == "zones":
            told = plain_grey_beside(grey_beside(metrics, query))
            return zones_table(told, language), told["data_version"]
        if name == "handovers":
            told = plain_hands(metrics, hands_beside(metrics, query, self.hands), self.hands, RecordLinks({}))
            roles = {code: Title(role.title.ru, role.title.en) for code, role in self.frame.settings.roles.items()}
            return hands_table(told, language, roles), told["data_version"]
        held = held_against(self.frame, query, self.against)
        told = plain_against(held, self.against)
        written = shares_table if name == "shares" else times_table
        return written(held, told, language), told["data_version"] or ""
