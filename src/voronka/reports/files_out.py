"""Tables on their way into a file: what will stand in it, before it is written, so that texts can still be hidden."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from voronka.reports.separated import separated
from voronka.reports.tables import Cell, Language, Sheet
from voronka.reports.xlsx import Described, workbook

Hide = Callable[[str], str]


@dataclass(frozen=True)
class CsvFile:
    """A table to be written as separated values for the spreadsheet of the language."""

    sheet: Sheet
    language: Language

    def hidden(self, hide: Hide) -> "CsvFile":
        """Return the file with every text that is no title put through `hide`."""
        return replace(self, sheet=_sheet(self.sheet, hide))

    def written(self) -> bytes:
        """Return the file."""
        return separated(self.sheet, self.language)


@dataclass(frozen=True)
class XlsxFile:
    """A table to be written as a workbook, with what its columns mean and which cut of which data it is."""

    sheet: Sheet
    definitions: Described
    cut: Described
    language: Language

    def hidden(self, hide: Hide) -> "XlsxFile":
        """Return the file with every text of the table and of the cut put through `hide`."""
        lines = tuple(tuple(hide(text) for text in line) for line in self.cut.lines)
        return replace(self, sheet=_sheet(self.sheet, hide), cut=replace(self.cut, lines=lines))

    def written(self) -> bytes:
        """Return the file; QuestionError where there are more rows than a sheet holds."""
        return workbook(self.sheet, self.definitions, self.cut, self.language)


def _sheet(sheet: Sheet, hide: Hide) -> Sheet:
    def shown(row: Sequence[Cell]) -> list[Cell]:
        return [hide(cell) if isinstance(cell, str) else cell for cell in row]

    return replace(sheet, rows=[shown(row) for row in sheet.rows], totals=shown(sheet.totals) if sheet.totals else None)
