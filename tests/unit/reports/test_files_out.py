import io

from openpyxl import load_workbook

from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.tables import Sheet, SheetColumn
from voronka.reports.xlsx import Described

SHEET = Sheet((SheetColumn("a", "Client", "text"), SheetColumn("n", "Sum", "number")), [["Ivan", 1.5]], ["Ivan", 2])


def hide(text: str) -> str:
    return text.replace("Ivan", "•••")


def test_texts_of_rows_and_totals_are_hidden_and_titles_and_numbers_stay() -> None:
    file = CsvFile(SHEET, "en")
    assert file.written().decode("utf-8-sig").splitlines() == ["Client,Sum", "Ivan,1.5", "Ivan,2"]
    assert file.hidden(hide).written().decode("utf-8-sig").splitlines() == ["Client,Sum", "•••,1.5", "•••,2"]


def test_the_cut_of_a_workbook_is_hidden_too_and_the_definitions_stay() -> None:
    of_ivan = Described(("What", "Value"), (("Client", "Ivan"),))
    book = load_workbook(io.BytesIO(XlsxFile(SHEET, of_ivan, of_ivan, "en").hidden(hide).written()))
    cells = {page.title: [cell.value for row in page.iter_rows(min_row=2) for cell in row] for page in book.worksheets}
    assert cells == {"Data": ["•••", 1.5, "•••", 2], "Definitions": ["Client", "Ivan"], "Cut": ["Client", "•••"]}
