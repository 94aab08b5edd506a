"""The tables of the funnel's page as files: separated values, and a workbook with what the columns mean and the cut."""

from dataclasses import dataclass, replace
from typing import Literal

from voronka.metrics.answer import Answer
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.file_names import file_name
from voronka.reports.funnel_asked import FunnelAsked
from voronka.reports.funnel_cohorts import cohorts_table
from voronka.reports.funnel_page import funnel_look
from voronka.reports.funnel_words import in_language, meanings, titled
from voronka.reports.legend import Made, cut_of_cases
from voronka.reports.page import Frame, Table
from voronka.reports.plain_funnel_page import step_titles
from voronka.reports.table_files import CsvFile, XlsxFile
from voronka.reports.tables import Language, Sheet, in_words, sheet_of_answer
from voronka.reports.xlsx import Described

TableName = Literal["steps", "losses", "groups", "cohorts"]
FUNNEL = Title("Воронка", "Funnel")
TITLES = {
    "steps": Title("шаги", "steps"),
    "losses": Title("причины потерь", "reasons of losses"),
    "groups": Title("по разрезу", "by cut"),
    "cohorts": Title("по месяцам", "by month"),
}
HEADS = Title("Столбец", "Column"), Title("Что считается", "What it counts")


@dataclass(frozen=True)
class TableFile:
    """A table of the page of a frame, to be written out in a language."""

    frame: Frame
    asked: FunnelAsked
    name: TableName
    language: Language

    def file_name(self, ending: str) -> str:
        """Return what the file is called."""
        titles = [f"{in_words(FUNNEL, self.language)} {in_words(TITLES[self.name], self.language)}"]
        days = f"{self.frame.facts.first}—{self.frame.facts.last}"
        return file_name(titles, [days], self.language, ending)

    def csv(self) -> CsvFile:
        """Return the table as separated values for the spreadsheet of the language."""
        table, _ = self._table()
        return CsvFile(self._sheet(table), self.language)

    def xlsx(self, made: Made) -> XlsxFile:
        """Return the table as a workbook; `made` says by whom and when."""
        table, version = self._table()
        frame = self.frame
        cut = cut_of_cases(frame.metrics, frame.scope, Ask((), (), frame.asked.filters(), frame.facts), version, made)
        heads = tuple(in_words(head, self.language) for head in HEADS)
        means = Described(heads, tuple(meanings(table.columns, self.language)))
        return XlsxFile(self._sheet(table), means, cut.described(self.language), self.language)

    def _table(self) -> tuple[Table, str]:
        if self.name == "cohorts":
            return cohorts_table(self.frame, self.asked)
        look = funnel_look(self.frame, self.asked)
        titles = step_titles(look)
        table = look.tables().get(self.name, Table((), ()))
        return in_language(titled(table, titles), titles, self.language), look.now.journeys.data_version

    def _sheet(self, table: Table) -> Sheet:
        answer = Answer(table.columns, list(table.rows), table.totals, "", self.frame.today)
        sheet = sheet_of_answer(answer, self.language)
        return sheet if table.totals else replace(sheet, totals=None)
