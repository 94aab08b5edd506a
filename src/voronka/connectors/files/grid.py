"""What a sheet of a workbook or a table of a page is before its header is known: numbered rows of texts."""

from typing import NamedTuple

ERROR_CELL = "error_cell"
FORMULA_WITHOUT_VALUE = "formula_without_value"
HIDDEN_ROW = "hidden_row"


class GridRow(NamedTuple):
    """One row: its 1-based number as the spreadsheet shows it, its texts, and what is doubtful about some of them.

    `marks` are positions of texts with ERROR_CELL or FORMULA_WITHOUT_VALUE; `fault` is the code of domain.faults where
    the row is not whole. `spans` are positions of cells that reach down, each with the rows that it stands for.
    `is_hidden`: whoever opens the file does not see the row.
    """

    number: int
    cells: list[str]
    marks: tuple[tuple[int, str], ...] = ()
    fault: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    is_hidden: bool = False
