"""A page's tables as files: those that an analysis answers, and no single question could be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.metrics.answer import Answer, AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.coded import CODES, word_of
from voronka.reports.file_names import file_name
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made, cut_of_cases, title_of
from voronka.reports.page import Frame, Page, Table
from voronka.reports.pages import page_of
from voronka.reports.tables import Language, Sheet, in_words, sheet_of_answer
from voronka.reports.team_words import MEANS, TITLES
from voronka.reports.xlsx import Described

HEADS = Title("Столбец", "Column"), Title("Что в нём", "What it holds")
IN_LANGUAGES = {"title_ru": "ru", "title_en": "en"}
"""Columns that hold a title in one language."""


@dataclass(frozen=True)
class PageTableFile:
    """A table of a page, by the names of both, to be written out in a language."""

    frame: Frame
    page: str
    table: str
    language: Language

    def file_name(self, ending: str) -> str:
        """Return what the file is called."""
        kind, _, of = self.table.partition(":")
        words = TITLES.get(kind, Title(self.table, self.table))
        metrics = [name for name in of.split(":") if name in self.frame.metrics.catalogue.names]
        titles = [words, *(title_of(self.frame.metrics, name) for name in metrics)]
        days = f"{self.frame.facts.first}—{self.frame.facts.last}"
        return file_name([in_words(title, self.language) for title in titles], [days], self.language, ending)

    def csv(self) -> CsvFile:
        """Return the table as separated values for the spreadsheet of the language."""
        return CsvFile(self._sheet(), self.language)

    def xlsx(self, made: Made) -> XlsxFile:
        """Return the table as a workbook with what its columns mean; `made` says by whom and when."""
        frame, language = self.frame, self.language
        version = next(iter(self._page.contents.versions()), "")
        cut = cut_of_cases(frame.metrics, frame.scope, Ask((), (), frame.asked.filters(), frame.facts), version, made)
        heads = tuple(in_words(head, language) for head in HEADS)
        return XlsxFile(self._sheet(), Described(heads, tuple(self._meanings())), cut.described(language), language)

    @cached_property
    def _page(self) -> Page:
        return page_of(self.page, self.frame)

    @cached_property
    def _table(self) -> Table:
        tables = self._page.contents.tables
        if self.table not in tables:
            hint = did_you_mean(self.table, tables)
            raise QuestionError(f"the page {self.page} has no table {self.table}", where="table", do=hint)
        return tables[self.table]

    def _meanings(self) -> Sequence[tuple[str, str]]:
        """Return what each column holds: the words of the page, and a metric's own definition."""
        catalogue, found = self.frame.metrics.settled(), []
        for column in self._table.columns:
            definition = catalogue.metrics[column.name].definition if column.name in catalogue.metrics else None
            means = MEANS.get(column.name) or definition
            if means:
                found.append((in_words(column.title, self.language), in_words(means, self.language)))
        return found

    def _sheet(self) -> Sheet:
        table = self._table
        columns = tuple(each for each in table.columns if IN_LANGUAGES.get(each.name, self.language) == self.language)
        rows = [self._row(row, columns) for row in table.rows]
        sheet = sheet_of_answer(Answer(columns, rows, table.totals, "", self.frame.today), self.language)
        has_totals = any(column.name in table.totals for column in columns)
        return sheet if has_totals else replace(sheet, totals=None)

    def _row(self, row: Row, columns: Sequence[AnswerColumn]) -> Row:
        """Return a row with its codes in words: metrics by their titles, values by the cut they are of."""
        shown = {column.name: row.get(column.name) for column in columns}
        metric, mix, factors = (shown.get(name) for name in ("metric", "mix_of", "factors"))
        role = self.frame.settings.roles.get(str(shown.get("role") or ""))
        if role:
            shown["role"] = in_words(Title(role.title.ru, role.title.en), self.language)
        if isinstance(factors, str):
            shown["factors"] = ", ".join(in_words(CODES["mix_of"][each], self.language) for each in factors.split(","))
        if isinstance(metric, str):
            shown["metric"] = in_words(title_of(self.frame.metrics, metric), self.language)
        if isinstance(mix, str):
            word = word_of(mix, str(shown["mix_value"]))
            shown["mix_value"] = in_words(word, self.language) if word else shown["mix_value"]
        return shown
