"""Tells which rows of an old binary workbook (.xls, .xlsb) are hidden: the library that reads its cells does not.

Whoever asks has the cells from elsewhere; where the rows' own records are not what they should be, none is hidden.
"""

import struct
from collections.abc import Iterator

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.elements import PartFaultError
from voronka.connectors.files.package import Package, is_zip, open_package
from voronka.connectors.files.workbook_parts import links_of

SECTOR_SHIFT, FOLDER_START, FURTHER_TABLE, TABLE_START = 30, 48, 68, 76
"""Where the head of an OLE file says how large its sectors are, and where its folder and table of sectors begin."""
FREE_FROM = 0xFFFFFFFA
"""Numbers of sectors from here on are none."""
ENTRY = 128
BOOKS = ("workbook", "book")
SMALL_BELOW = 4096
"""Streams of fewer bytes stand elsewhere; no program writes so small a workbook."""
SHEET_PLACE, ROW, END = 0x0085, 0x0208, 0x000A
ROW_IS_HIDDEN = 0x20
"""The bit of a row's record whose height is nought (.xls); in .xlsb it is a bit of the byte after the height's."""
NEW_ROW, NEW_SHEET, NEW_ROWS_END = 0, 156, 146
NEW_ROW_IS_HIDDEN = 0x10
NO_LINK = 0xFFFFFFFF
BOOK_PART = "xl/workbook.bin"


def hidden_rows(file: SourceFile, sheet: int, bytes_max: int) -> frozenset[int]:
    """Return the 1-based numbers of the hidden rows of a sheet, counted from 0 among the workbook's.

    InputError where a ZIP would unpack to more than `bytes_max`.
    """
    try:
        if is_zip(file.path):
            with open_package(file, bytes_max) as package:
                return frozenset(_of_new(package, sheet))
        return frozenset(_of_old(_book_stream(file.path.read_bytes()), sheet))
    except (PartFaultError, struct.error, IndexError, UnicodeDecodeError):
        return frozenset()


def _book_stream(content: bytes) -> bytes:
    """Return the stream of an OLE file that holds the workbook, b'' where it has none or a very small one."""
    size = 1 << struct.unpack_from("<H", content, SECTOR_SHIFT)[0]
    table = _sector_table(content, size)
    folder = _chained(content, size, table, struct.unpack_from("<I", content, FOLDER_START)[0])
    found = {}
    for place in range(0, len(folder) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", folder, place + 64)[0]
        name = folder[place : place + max(length - 2, 0)].decode("utf-16-le").casefold()
        found[name] = struct.unpack_from("<II", folder, place + 116)
    start, length = next((found[name] for name in BOOKS if name in found), (0, 0))
    return _chained(content, size, table, start) if length >= SMALL_BELOW else b""


def _sector_table(content: bytes, size: int) -> list[int]:
    """Return which sector follows each, from the sectors that the head and its further ones name."""
    named = list(struct.unpack_from("<109I", content, TABLE_START))
    further, count = struct.unpack_from("<II", content, FURTHER_TABLE)
    for _ in range(min(count, len(content) // size)):
        if further >= FREE_FROM:
            break
        block = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        named += block[:-1]
        further = block[-1]
    blocks = (struct.unpack_from(f"<{size // 4}I", content, (at + 1) * size) for at in named if at < FREE_FROM)
    return [following for block in blocks for following in block]


def _chained(content: bytes, size: int, table: list[int], start: int) -> bytes:
    parts: list[bytes] = []
    at = start
    while at < FREE_FROM and len(parts) <= len(table):
        parts.append(content[(at + 1) * size : (at + 2) * size])
        at = table[at]
    return b"".join(parts)


def _of_old(book: bytes, sheet: int) -> Iterator[int]:
    places = [struct.unpack_from("<I", book, at)[0] for kind, at, _ in _old_records(book, 0) if kind == SHEET_PLACE]
    for kind, at, _ in _old_records(book, places[sheet]):
        if kind == ROW and struct.unpack_from("<H", book, at + 12)[0] & ROW_IS_HIDDEN:
            yield struct.unpack_from("<H", book, at)[0] + 1


def _old_records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and size of the records of a part of the stream, to the part's end."""
    head = struct.Struct("<HH")
    while at + 4 <= len(book):
        kind, size = head.unpack_from(book, at)
        if kind == END:
            return
        yield kind, at + 4, size
        at += 4 + size


def _of_new(package: Package, sheet: int) -> Iterator[int]:
    links = links_of(package, BOOK_PART)
    sheets = [link for kind, body in _new_records(package, BOOK_PART) if kind == NEW_SHEET and (link := _link(body))]
    for kind, body in _new_records(package, links[sheets[sheet]][1] if sheets[sheet] in links else BOOK_PART):
        if kind == NEW_ROWS_END:
            return
        if kind == NEW_ROW and body[11] & NEW_ROW_IS_HIDDEN:
            yield struct.unpack_from("<I", body)[0] + 1


def _link(body: bytes) -> str:
    length = struct.unpack_from("<I", body, 8)[0]
    return "" if length == NO_LINK else body[12 : 12 + 2 * length].decode("utf-16-le")


def _new_records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records of a part; each begins with its kind and size in groups of seven bits."""
    held, at = b"", 0
    for block in package.blocks(part):
        held, at = held[at:] + block, 0
        while (found := _new_head(held, at)) and found[1] + found[2] <= len(held):
            kind, begin, size = found
            yield kind, held[begin : begin + size]
            at = begin + size


def _new_head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Return a record's kind, where its body begins and how long it is; None where its head is not whole."""
    kind, at = _grouped(held, at, 2)
    size, at = _grouped(held, at, 4)
    return (kind, at, size) if at <= len(held) else None


def _grouped(held: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of at most so many groups and where it ends: beyond the bytes where its end is not there yet."""
    number = 0
    for group in range(most):
        if at >= len(held):
            return 0, len(held) + 1
        number |= (held[at] & 127) << 7 * group
        at += 1
        if held[at - 1] <= 127:  # noqa: PLR2004 - without the bit that says that more follows
            break
    return number, at
