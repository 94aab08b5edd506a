"""Tables as separated values that the spreadsheet of the reader's country opens by a double click.

A Russian spreadsheet parts cells at `;` and writes numbers with a comma, an English one parts at `,` and writes a
point; both need the mark at the start to read UTF-8. Numbers are not rounded. A text that a spreadsheet would run as a
formula gets an apostrophe in front of it (OWASP, CSV injection).
"""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from voronka.reports.tables import Cell, Language, Sheet

MARK = "\ufeff"
SEPARATORS = {"ru": ";", "en": ","}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def separated(sheet: Sheet, language: Language) -> bytes:
    """Return the table with its titles, rows and totals in UTF-8 with a mark, lines ended as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[language])
    writer.writerow([_text(column.title) for column in sheet.columns])
    totals = [sheet.totals] if sheet.totals else []
    writer.writerows([_written(cell, language) for cell in row] for row in (*sheet.rows, *totals))
    return (MARK + out.getvalue()).encode()


def _written(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return _number(cell, language)


def _number(cell: float | Decimal, language: Language) -> str:
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return text.replace(".", ",") if language == "ru" else text


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
