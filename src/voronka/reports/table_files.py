"""A table of a page about cases as a file: separated values, and a workbook with what the columns mean and the cut."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from voronka.domain.period import Period
from voronka.metrics.answer import Answer
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.file_names import file_name
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made, cut_of_cases
from voronka.reports.page import Frame, Table
from voronka.reports.tables import Language, Sheet, in_words, sheet_of_answer
from voronka.reports.xlsx import Described

HEADS = Title("Столбец", "Column"), Title("Что считается", "What it counts")


@dataclass(frozen=True)
class Content:
    """What stands in a file: the table, what its columns count by their names, the cut and the version of the data.

    `more` are lines of the cut beside the period and the filters.
    """

    table: Table
    means: Mapping[str, Title]
    asked: Ask
    data_version: str
    more: Sequence[tuple[Title, Title]] = ()


@dataclass(frozen=True)
class TableFile:
    """A table of a page of a frame, to be written out in a language; `content` makes it when it is asked for.

    `titles` are what the page and the table are called, `days` the period in the file's name, None without one.
    """

    frame: Frame
    language: Language
    titles: tuple[Title, Title]
    days: Period | None
    content: Callable[[], Content]

    def file_name(self, ending: str) -> str:
        """Return what the file is called."""
        titles = [" ".join(in_words(title, self.language) for title in self.titles)]
        days = [f"{self.days.first}—{self.days.last}"] if self.days else []
        return file_name(titles, days, self.language, ending)

    def csv(self) -> CsvFile:
        """Return the table as separated values for the spreadsheet of the language."""
        return CsvFile(self._sheet(self.content().table), self.language)

    def xlsx(self, made: Made) -> XlsxFile:
        """Return the table as a workbook; `made` says by whom and when."""
        content, frame = self.content(), self.frame
        cut = cut_of_cases(frame.metrics, frame.scope, content.asked, content.data_version, made, more=content.more)
        heads = tuple(in_words(head, self.language) for head in HEADS)
        told = tuple(
            (in_words(column.title, self.language), in_words(content.means[column.name], self.language))
            for column in content.table.columns
            if column.name in content.means
        )
        sheet = self._sheet(content.table)
        return XlsxFile(sheet, Described(heads, told), cut.described(self.language), self.language)

    def _sheet(self, table: Table) -> Sheet:
        answer = Answer(table.columns, list(table.rows), table.totals, "", self.frame.today)
        sheet = sheet_of_answer(answer, self.language)
        return sheet if table.totals else replace(sheet, totals=None)
