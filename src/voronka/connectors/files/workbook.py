"""Reads one sheet of an XLSX workbook as a table of text."""

import datetime as dt
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place, batch_of_table
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.table import TableWriter
from voronka.domain.errors import InputError, SettingsError, did_you_mean

UNPACKED_BYTES_MAX = 2 << 30
RATIO_MAX = 200
RATIO_MATTERS_FROM_BYTES = 100 << 20
Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_workbook(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of one sheet; its header is the first row that holds anything, unless `header_row` is set."""
    _refuse_bomb(file)
    sheet = _sheet(file, options.sheet)
    rows = _numbered_rows(sheet)
    header_row, header = _header(file, rows, options.header_row)
    columns = unique_names(header)
    with TableWriter(place.workdir / "sheet.csv", len(columns)) as table:
        for number, values in rows:
            if any(values):
                _write_row(table, number - header_row, values, len(columns))
    reading = {"kind": "xlsx", "sheet": sheet.name, "header_row": str(header_row)}
    return batch_of_table(file, columns, reading, (table, ","), place)


def _refuse_bomb(file: SourceFile) -> None:
    try:
        with zipfile.ZipFile(file.path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as fault:
        raise _damaged(file, str(fault)) from fault
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise InputError("this is a ZIP archive, not an XLSX workbook", where=file.name, do="Unpack it first")
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    is_suspicious = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > RATIO_MAX * packed
    if unpacked > UNPACKED_BYTES_MAX or is_suspicious:
        raise InputError(
            f"unpacked, the workbook would take {unpacked >> 20} MB",
            where=file.name,
            do="Export the table as CSV, or delete the empty formatted rows of its sheets",
        )


def _damaged(file: SourceFile, cause: str) -> InputError:
    return InputError(f"the workbook is damaged ({cause})", where=file.name, do="Export or download it again")


def _sheet(file: SourceFile, wanted: str | None) -> CalamineSheet:
    try:
        book = CalamineWorkbook.from_path(file.path)
        if wanted is None:
            return book.get_sheet_by_index(0)
        if wanted not in book.sheet_names:
            hint = did_you_mean(wanted, book.sheet_names)
            raise InputError(f"there is no sheet {wanted}", where=file.name, do=hint)
        return book.get_sheet_by_name(wanted)
    except PasswordError as fault:
        raise InputError("the workbook has a password", where=file.name, do="Save it without one") from fault
    except (CalamineError, OSError, IndexError) as fault:
        raise _damaged(file, str(fault)) from fault


def _numbered_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the number that the spreadsheet shows."""
    if sheet.start is None:
        return
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [cell_text(cell) for cell in row]


def _header(file: SourceFile, rows: Iterator[tuple[int, list[str]]], wanted: int | None) -> tuple[int, list[str]]:
    for number, values in rows:
        if number == wanted or (wanted is None and any(values)):
            return number, values
    if wanted is None:
        raise InputError("the sheet is empty", where=file.name, do="Name another sheet of the workbook")
    raise SettingsError(f"there is no row {wanted} for the header", where=file.name, do="Correct header_row")


def _write_row(table: TableWriter, number: int, values: list[str], width: int) -> None:
    if any("\x00" in value for value in values):
        table.bad(number, "\t".join(values).replace("\x00", ""))
    else:
        table.good(number, values[:width])


def cell_text(cell: Cell) -> str:  # noqa: PLR0911 - one line for each type of cell
    """Return a cell as text: ISO dates, durations as H:MM:SS, whole numbers without a fraction."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case int() | float():
            return repr(cell)
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
        case dt.date():
            return cell.isoformat()
        case dt.time():
            return _clock(cell.hour * 3600 + cell.minute * 60 + cell.second, cell.microsecond)
        case dt.timedelta():
            return _duration(cell)


def _duration(span: dt.timedelta) -> str:
    sign, span = ("-", -span) if span < dt.timedelta() else ("", span)
    return sign + _clock(span.days * 86400 + span.seconds, span.microseconds)


def _clock(seconds: int, microseconds: int) -> str:
    fraction = f".{microseconds:06d}".rstrip("0") if microseconds else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"
