"""The tables of the path's page as files: separated values, and a workbook with what the columns mean and the cut."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voronka.metrics.answer import Answer
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.file_names import file_name
from voronka.reports.legend import Made, cut_of_cases
from voronka.reports.links import RecordLinks
from voronka.reports.page import Frame, Table
from voronka.reports.path_against import Against, held_against, plain_against
from voronka.reports.path_grey import grey_beside, plain_grey_beside
from voronka.reports.path_hands import HandsAsked, hands_beside, plain_hands
from voronka.reports.path_page import KnownPipeline, PathAsked, path_page, path_query
from voronka.reports.path_tables import (
    deviations_table,
    edges_table,
    hands_table,
    meanings,
    shares_table,
    times_table,
    ways_table,
    zones_table,
)
from voronka.reports.plain import Plain
from voronka.reports.plain_path_page import plain_path_of_page
from voronka.reports.separated import separated
from voronka.reports.tables import Language, Sheet, in_words, sheet_of_answer
from voronka.reports.xlsx import Described, workbook

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
HEADS = Title("Столбец", "Column"), Title("Что считается", "What it counts")
OF_PATH: Mapping[str, Callable[[Plain, Language], Table]] = {
    "edges": edges_table,
    "ways": ways_table,
    "deviations": deviations_table,
}


@dataclass(frozen=True)
class PathFile:
    """A table of the page of a frame, to be written out in a language; `against` and `hands` are of their tables."""

    frame: Frame
    asked: PathAsked
    pipelines: Sequence[KnownPipeline]
    name: TableName
    language: Language
    against: Against
    hands: HandsAsked

    def file_name(self, ending: str) -> str:
        """Return what the file is called."""
        titles = [f"{in_words(PATH, self.language)} {in_words(TITLES[self.name], self.language)}"]
        days = f"{self.frame.facts.first}—{self.frame.facts.last}"
        return file_name(titles, [days], self.language, ending)

    def csv(self) -> bytes:
        """Return the table as separated values for the spreadsheet of the language."""
        table, _ = self._table()
        return separated(self._sheet(table), self.language)

    def xlsx(self, made: Made) -> bytes:
        """Return the table as a workbook; `made` says by whom and when."""
        (table, version), frame = self._table(), self.frame
        asked = Ask((), (), frame.asked.filters(), frame.facts)
        cut = cut_of_cases(frame.metrics, frame.scope, asked, version, made)
        heads = tuple(in_words(head, self.language) for head in HEADS)
        means = Described(heads, tuple(meanings(table.columns, self.language)))
        return workbook(self._sheet(table), means, cut.described(self.language), self.language)

    def _table(self) -> tuple[Table, str]:
        """Return the table and the version of the data that it is of."""
        if self.name in OF_PATH:
            made = path_page(self.frame, self.asked, self.pipelines)
            told = plain_path_of_page(made, self.asked, self.pipelines)
            return OF_PATH[self.name](told, self.language), told["data_version"]
        metrics, query = self.frame.metrics, path_query(self.frame, self.asked, self.pipelines)
        if self.name == "zones":
            told = plain_grey_beside(grey_beside(metrics, query))
            return zones_table(told, self.language), told["data_version"]
        if self.name == "handovers":
            told = plain_hands(metrics, hands_beside(metrics, query, self.hands), self.hands, RecordLinks({}))
            return hands_table(told, self.language), told["data_version"]
        held = held_against(self.frame, query, self.against)
        told = plain_against(held, self.against)
        written = shares_table if self.name == "shares" else times_table
        return written(held, told, self.language), told["data_version"] or ""

    def _sheet(self, table: Table) -> Sheet:
        answer = Answer(table.columns, list(table.rows), {}, "", self.frame.today)
        return replace(sheet_of_answer(answer, self.language), totals=None)
