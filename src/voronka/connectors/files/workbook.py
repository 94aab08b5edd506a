"""Reads one sheet of a workbook that is a ZIP as a table of text; OpenDocument and XLSB have their own readers."""

from contextlib import closing
from dataclasses import replace
from functools import partial

from voronka.connectors.files.batch import DAYS_FROM, FROM_1904, FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.binary_workbook import read_binary_workbook
from voronka.connectors.files.cell_strings import SharedTexts, read_shared_texts
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.number_formats import Epoch
from voronka.connectors.files.open_document import CONTENT, read_open_document
from voronka.connectors.files.package import Package, no_workbook, open_package
from voronka.connectors.files.sheet_xml import SheetText, merged_ranges, sheet_rows
from voronka.connectors.files.sheets import SheetSource, batch_of_sheets
from voronka.connectors.files.workbook_parts import Book, book_part, read_book

BINARY_BOOK = "xl/workbook.bin"


def read_workbook(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of one sheet: the one that is named, else the one whose header is known best."""
    with open_package(file, place.limits.unpacked_bytes) as package:
        if package.has(BINARY_BOOK):
            return read_binary_workbook(file, options, place)
        if book_part(package) is None:
            if package.has(CONTENT):
                return read_open_document(package, options, place)
            raise no_workbook(file, package.names())
        return _read_xlsx(package, options, place)


def _read_xlsx(package: Package, options: ReadOptions, place: Place) -> FileBatch:
    book = read_book(package)
    with closing(SharedTexts(place.workdir / "texts")) as texts:
        cells = _cells(package, book, texts)
        sheets = [
            SheetSource(
                sheet.name,
                sheet.is_visible,
                partial(sheet_rows, package, sheet.part, cells),
                partial(merged_ranges, package, sheet.part),
            )
            for sheet in book.sheets
        ]
        batch = batch_of_sheets(package.file, sheets, options, place, "xlsx")
        return replace(batch, reading={**batch.reading, DAYS_FROM: FROM_1904}) if book.is_1904 else batch


def _cells(package: Package, book: Book, texts: SharedTexts) -> SheetText:
    if book.texts_part:
        read_shared_texts(package, book.texts_part, texts)
    return SheetText(texts.at, book.formats, Epoch(book.is_1904), book.recalculates)
