"""Gives out the rows of an old binary workbook (.xls, .xlsb); runs in a process of its own, whose memory is bounded.

The library that reads these holds a whole sheet, empty cells too, and ends its process where there is no room. Run as
a script with the file's path and the bytes of memory it may use; it answers each line of JSON on its input:
`null` with the sheets, `[sheet, rows]` with the rows of a sheet (all where `rows` is null) and then `null`.
"""

import datetime as dt
import json
import sys
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

try:
    import resource
except ImportError:  # Windows: the process is bounded by the machine
    resource = None  # type: ignore[assignment]

Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
SECONDS = 86_400


def plain(cell: Cell) -> object:
    """Return a cell as JSON holds it: text and truth as they are, `["n", digits]`, `["t", day]`, `["d", days]`."""
    match cell:
        case str() | bool():
            return cell
        case int() | float():
            return ["n", repr(cell)]
        case dt.datetime():
            is_day = cell.time() == dt.time()
            return ["t", cell.date().isoformat() if is_day else cell.isoformat()]
        case dt.date():
            return ["t", cell.isoformat()]
        case dt.time():
            return ["d", (cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6) / SECONDS]
        case _:
            return ["d", cell.total_seconds() / SECONDS]


def say(what: object) -> None:
    """Write one line of the answer."""
    sys.stdout.write(json.dumps(what) + "\n")


def answer(book: CalamineWorkbook, asked: list[int | None] | None) -> None:
    """Write what was asked for."""
    if asked is None:
        sheets = [
            [index, sheet.name, sheet.visible == SheetVisibleEnum.Visible]
            for index, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        say(sheets)
        return
    sheet = book.get_sheet_by_index(int(asked[0] or 0))
    given = 0
    for number, row in enumerate(sheet.iter_rows() if sheet.start is not None else (), start=1):
        if any(cell != "" for cell in row):
            say([number, [plain(cell) for cell in row]])
            given += 1
            if given == asked[1]:
                break
    say(None)


def main(path: str, memory: int) -> None:
    """Answer until the input ends."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        book = CalamineWorkbook.from_path(path)
        for line in sys.stdin:
            answer(book, json.loads(line))
            sys.stdout.flush()
    except PasswordError:
        say({"fault": "password"})
    except (CalamineError, OSError, IndexError, MemoryError) as fault:
        say({"fault": str(fault) or type(fault).__name__})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
