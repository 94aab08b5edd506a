"""Chooses the sheet of a workbook that holds the table, whatever kind of workbook it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.grid_batch import Head, Task, batch_of_grid, find_head
from voronka.connectors.files.header_rows import folded
from voronka.connectors.files.merged_cells import MergedCells, Range
from voronka.domain.errors import InputError, SettingsError, did_you_mean
from voronka.domain.flags import Flag

OTHER_SHEETS = "other_sheets"
BETWEEN = " / "
"""What stands between the names of sheets: no name in Excel has a slash."""
TABLE_COLUMNS_MIN = 2


def _no_ranges() -> list[Range]:
    return []


@dataclass(frozen=True)
class SheetSource:
    """A sheet whose rows can be read anew each time; `merged` gives the ranges of its merged cells."""

    name: str
    is_visible: bool
    rows: Callable[[], Iterator[GridRow]]
    merged: Callable[[], Sequence[Range]] = _no_ranges


@dataclass(frozen=True)
class _Opened:
    sheet: SheetSource
    rows: Iterator[GridRow]
    head: Head


def batch_of_sheets(
    file: SourceFile, sheets: Sequence[SheetSource], options: ReadOptions, place: Place, kind: str
) -> FileBatch:
    """Return the batch of the sheet that is named, else of the one whose header is wanted, else of the first table.

    Other sheets are named in the reading; of those with the same header a flag says that they are not read.
    InputError where no sheet holds anything.
    """
    found, others = _choose(file, sheets, options)
    reading = {"kind": kind, "sheet": found.sheet.name, "header_row": str(found.head.header_row)}
    merged = MergedCells(found.sheet.merged(), found.head.header_row)
    head = replace(found.head, sample=tuple(map(merged.row, found.head.sample)))
    unread = [sheet.name for sheet in sheets if sheet is not found.sheet]
    reading |= {"other_sheets": BETWEEN.join(unread)} if unread else {}
    batch = batch_of_grid(Task(file, options, place), head, map(merged.row, found.rows), reading)
    batch = replace(batch, flags=(*batch.flags, *merged.flags()))
    if not others:
        return batch
    named = ", ".join(others)
    flag = Flag(OTHER_SHEETS, f"other sheets have the same columns and are not read: {named}; name one with sheet")
    return replace(batch, flags=(*batch.flags, flag))


def _choose(file: SourceFile, sheets: Sequence[SheetSource], options: ReadOptions) -> tuple[_Opened, list[str]]:
    if options.sheet is not None:
        return _named(file, sheets, options), []
    opened = [one for sheet in sheets if (one := _opened(sheet, options))]
    if not opened:
        raise _nothing(file, sheets, options)
    best = max(opened, key=lambda one: _rank(one, options))
    names = {folded(name) for name in best.head.names if name}
    alike = [x for x in opened if x is not best and x.sheet.is_visible and x.head.sample]
    return best, [x.sheet.name for x in alike if {folded(name) for name in x.head.names if name} == names]


def _named(file: SourceFile, sheets: Sequence[SheetSource], options: ReadOptions) -> _Opened:
    wanted = str(options.sheet)
    same = [sheet for sheet in sheets if sheet.name == wanted]
    near = [sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()]
    if not same and not near:
        hint = did_you_mean(wanted, [sheet.name for sheet in sheets])
        raise InputError(f"there is no sheet {wanted}", where=file.name, do=hint)
    sheet = (same or near)[0]
    opened = _opened(sheet, options)
    if opened is None:
        raise _nothing(file, [sheet], options)
    return opened


def _opened(sheet: SheetSource, options: ReadOptions) -> _Opened | None:
    rows = sheet.rows()
    head = find_head(rows, options)
    return None if head is None else _Opened(sheet, rows, head)


def _rank(one: _Opened, options: ReadOptions) -> tuple[int, bool, bool, bool, bool]:
    """Return what the greatest of wins, of equals the first."""
    names = {folded(name) for name in one.head.names if name}
    wanted = len(names & {folded(name) for name in options.expected})
    has_rows = bool(one.head.sample)
    is_table = len(names) >= TABLE_COLUMNS_MIN and has_rows
    is_known = is_table and len(names & options.known) >= TABLE_COLUMNS_MIN
    return wanted, one.sheet.is_visible, has_rows and wanted > 0, is_known, is_table


def _nothing(file: SourceFile, sheets: Sequence[SheetSource], options: ReadOptions) -> Exception:
    if options.header_row is not None and any(next(sheet.rows(), None) for sheet in sheets):
        what = f"there is no row {options.header_row} for the header"
        return SettingsError(what, where=file.name, do="Correct header_row")
    what = "the sheet is empty" if len(sheets) == 1 else "all sheets are empty"
    what += ": the workbook holds nothing but blank space"
    return InputError(what, where=file.name, do="Export it again")
