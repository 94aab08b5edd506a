"""Reads one sheet of an XLSX workbook as a table of text."""

from contextlib import closing
from functools import partial

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.number_formats import Epoch
from voronka.connectors.files.package import Package, open_package
from voronka.connectors.files.shared_texts import SharedTexts, read_shared_texts
from voronka.connectors.files.sheet_xml import SheetText, sheet_rows
from voronka.connectors.files.sheets import SheetSource, batch_of_sheets
from voronka.connectors.files.workbook_parts import Book, read_book

UNPACKED = 2_000_000_000


def read_workbook(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of one sheet: the one that is named, else the one whose header is known best."""
    with (
        open_package(file, UNPACKED) as package,
        closing(SharedTexts(place.workdir / "texts")) as texts,
    ):
        book = read_book(package)
        cells = _cells(package, book, texts)
        sheets = [
            SheetSource(sheet.name, sheet.is_visible, partial(sheet_rows, package, sheet.part, cells))
            for sheet in book.sheets
        ]
        return batch_of_sheets(file, sheets, options, place, "xlsx")


def _cells(package: Package, book: Book, texts: SharedTexts) -> SheetText:
    if book.texts_part:
        read_shared_texts(package, book.texts_part, texts)
    return SheetText(texts.at, book.formats, Epoch(book.is_1904), book.recalculates)
