"""Workbooks of the old binary form (.xls) made by hand for tests: one stream in the smallest OLE file that holds it."""

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DAY_STYLE = 1


class Day(float):
    """A number whose cell is formatted as a day."""

    __slots__ = ()


class Hidden(tuple["Value", ...]):
    """The cells of a row that people do not see."""

    __slots__ = ()


Value = str | float | Day | None
Row = Sequence[Value]


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _beginning(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0x0600))


def _cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    style = DAY_STYLE if isinstance(value, Day) else 0
    return _record(0x0203, struct.pack("<HHHd", row, column, style, value))


def _row(number: int, row: Row) -> bytes:
    flags = 0x0120 if isinstance(row, Hidden) else 0x0100
    return _record(0x0208, struct.pack("<HHHHHHHH", number - 1, 0, len(row), 255, 0, 0, flags, 0))


def _sheet(rows: Mapping[int, Row]) -> bytes:
    heads = (_row(number, row) for number, row in rows.items())
    cells = (
        _cell(number - 1, column, value)
        for number, row in rows.items()
        for column, value in enumerate(row)
        if value is not None
    )
    return _beginning(0x0010) + b"".join(heads) + b"".join(cells) + _record(0x000A, b"")


def _book(sheets: Mapping[str, Mapping[int, Row]]) -> bytes:
    styles = b"".join(_record(0x00E0, struct.pack("<HH", 0, kind) + bytes(16)) for kind in (0, 14))
    parts = [_sheet(rows) for rows in sheets.values()]
    entries = [name.encode("utf-16-le") for name in sheets]
    listed = sum(4 + 8 + len(entry) for entry in entries)
    place = len(_beginning(0x0005)) + len(styles) + listed + len(_record(0x000A, b""))
    bounds = b""
    for name, entry, part in zip(sheets, entries, parts, strict=True):
        bounds += _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + entry)
        place += len(part)
    return _beginning(0x0005) + styles + bounds + _record(0x000A, b"") + b"".join(parts)


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def ole(stream: str, content: bytes) -> bytes:
    """Return an OLE file that holds one stream."""
    size = max(len(content), 4096)
    count = -(-size // SECTOR)
    chain = [FAT, END, *range(3, count + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, END, 0, child=1) + _entry(stream, 2, 2, size)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    return head + table + folder.ljust(SECTOR, b"\0") + content.ljust(count * SECTOR, b"\0")


def old_workbook(**sheets: Mapping[int, Row]) -> bytes:
    """Make an .xls: sheets by name, rows by the number that the spreadsheet shows."""
    return ole("Workbook", _book(sheets))
