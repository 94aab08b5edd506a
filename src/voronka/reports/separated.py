"""Tables as separated values that the spreadsheet of the reader's country opens by a double click.

A Russian spreadsheet parts cells at `;` and writes numbers with a comma, an English one parts at `,` and writes a
point; both need the mark at the start to read UTF-8. Money has two decimals, other numbers those that tell something.
"""

import csv
import io
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from voronka.domain.formulas import defused
from voronka.reports.tables import Cell, Kind, Language, Sheet

MARK = "\ufeff"
SEPARATORS = {"ru": ";", "en": ","}

DIGITS = 6
"""The decimals that tell something; of a number below one as many digits after its zeros."""
MOST_DECIMALS = 15
"""Beyond these a number is what counting in binary has left of nothing."""
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)


def separated(sheet: Sheet, language: Language) -> bytes:
    """Return the table with its titles, rows and totals in UTF-8 with a mark, lines ended as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[language])
    writer.writerow([defused(column.title) for column in sheet.columns])
    totals = [sheet.totals] if sheet.totals else []
    kinds = [column.kind for column in sheet.columns]
    for row in (*sheet.rows, *totals):
        writer.writerow([_written(cell, kind, language) for cell, kind in zip(row, kinds, strict=True)])
    return (MARK + out.getvalue()).encode()


def _written(cell: Cell, kind: Kind, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return defused(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    text = _number(Decimal(str(cell)), kind)
    return text.replace(".", ",") if language == "ru" else text


def _number(value: Decimal, kind: Kind) -> str:
    """Return a number without an exponent, '' for what is none."""
    if not value.is_finite():
        return ""
    if kind == "money":
        return _rounded(value, 2)
    places = min(max(DIGITS, DIGITS - 1 - value.adjusted()), MOST_DECIMALS)
    return _rounded(value, places).rstrip("0").rstrip(".")


def _rounded(value: Decimal, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return f"{rounded.copy_abs() if rounded.is_zero() else rounded:f}"
