"""Splits a delimited text into records one by one, where the fast reader met one that it cannot split or should not."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TextIO

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.characters import BROKEN, HINT, LOST
from voronka.connectors.files.layout import SEPARATORS, Layout, unquoted
from voronka.connectors.files.row_ends import RowEnds
from voronka.connectors.files.table import TableWriter
from voronka.connectors.files.table_body import TRAILING_NUL, TableBody
from voronka.connectors.files.text import PlainText
from voronka.domain.errors import InputError

TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*+)"')
LEARNING_ROWS = 50
LINES_JOINED = 100
BLOCK_CHARACTERS = 1 << 14
LINE_BYTES_IN_BLOCKS = 1 << 20
SEPARATORS_BY_CHANCE = 4  # so many in a quoted value, at the very places where records have them, are no chance
OTHER_WIDTH_MIN = 3  # a remark may hold one comma
END_MARKS = "\x00\x1a"  # what crashes and old programs leave at the end of a file


class SoftLine(str):
    """A line that ends otherwise than most lines of the file do: perhaps its end belongs to a value."""

    __slots__ = ()


class Lines:
    """The lines of a text with their numbers; lines can be given back.

    `usual_end` is what ends most lines of a text whose line ends differ; the others are given as a SoftLine.
    """

    def __init__(self, source: TextIO, limit: int, name: str, usual_end: str | None = None) -> None:
        self.number = 0
        self._usual_end = usual_end
        self._source = source
        self._limit = limit
        self._name = name
        self._returned: deque[str] = deque()

    def take(self) -> str:
        """Return the next line with its line feed, '' at the end of the text; InputError for an endless one."""
        line = self._returned.popleft() if self._returned else self._source.readline(self._limit)
        if line:
            self.number += 1
            if len(line) >= self._limit:
                raise _too_long(self._name, self.number, self._limit)
        return self._ended(line) if self._usual_end else line

    def _ended(self, line: str) -> str:
        """Return a line as it comes with a line feed for its end."""
        if not line.endswith(("\r", "\n")) or isinstance(line, SoftLine):
            return line
        end = "\r\n" if line.endswith("\r\n") else line[-1]
        plain = line.removesuffix(end) + "\n"
        return plain if end == self._usual_end or line == "\n" else SoftLine(plain)

    def take_block(self) -> list[str]:
        """Return the next lines, as many as are worth a look at once; some may have been given back before."""
        lines = list(self._returned) or self._source.readlines(BLOCK_CHARACTERS)
        self._returned.clear()
        self.number += len(lines)
        return lines

    def give_back(self, lines: Sequence[str]) -> None:
        """Put lines that were taken last in front again."""
        end = self._usual_end  # those that end as usual come out again as they came in
        self._returned.extendleft(
            line if end is None or isinstance(line, SoftLine) else line.removesuffix("\n") + end * line.endswith("\n")
            for line in reversed(lines)
        )
        self.number -= len(lines)


def _too_long(name: str, line: int, limit: int) -> InputError:
    return InputError(
        f"a record is longer than {limit:,} characters",
        where=f"{name}, line {line}",
        do="Look for a missing quote or line end, or raise limits.field_characters in voronka.toml",
    )


class RecordReader:
    """Reads the records of a text into a table: each that can be read in one way only; others are put aside.

    A record is one line, or as many as a quoted value takes. Whatever is wrong with a record costs this record only.
    """

    def __init__(self, text: PlainText, layout: Layout, table: TableWriter, body: TableBody, ends: RowEnds) -> None:
        self._layout = layout
        self._fit = ends.fit
        self._blank_end = layout.separator * (ends.width - ends.named) if ends.is_open else ""
        self._table = table
        self._body = body
        self._separator = layout.separator
        self._width = len(layout.columns)
        self._usual_end = text.usual_end
        self._codec = text.encoding.name if text.encoding.is_single_byte else ""
        separator = re.escape(layout.separator)
        value = rf'(?:"(?:[^"]++|"")*+"|[^"\n{separator}]*+)'
        self._is_whole = re.compile(rf"{value}(?:{separator}{value}){{{self._width - 1}}}").fullmatch
        self._gap = layout.separator * 2
        self._is_hinted = self._codec in {"", "cp1251", "cp1252", "iso8859-1"}  # HINT knows UTF-8 that is read so
        field = rf'[^"\n{separator}]*+'
        values = self._width - 1 - len(self._blank_end)
        blank = re.escape(self._blank_end)
        self._plain_lines = re.compile(rf"(?:[0-9]++(?:{separator}{field}){{{values}}}{blank}\n)++").fullmatch
        self._takes_blocks = (
            self._usual_end is None and body.kinds.has_wordy_header and text.scan.longest < LINE_BYTES_IN_BLOCKS
        )
        self._fields = re.compile(rf'((?:[^"{separator}]|"[^"]*")*)(?:{separator}|$)', re.DOTALL)
        self._loose = re.compile(rf'(?:^|{separator})[ \t]+"|"[ \t]+(?:{separator}|$)').search
        self._lines: Lines
        self._limit = 0
        self._is_cut = False

    def read(self, file: SourceFile, source: TextIO, limit: int) -> None:
        """Read all records below the header."""
        self._limit = limit
        self._lines = Lines(source, limit, file.name, self._usual_end)
        while self._lines.number < self._layout.body_line - 1 and self._lines.take():
            pass
        for line in self._unusual():
            self._record(line)

    def _unusual(self) -> Iterator[str]:
        """Write the plain records, which are the most, at once; yield the lines of all others."""
        take, lines, body, table = self._lines.take, self._lines, self._body, self._table
        alone = 0  # how many lines are looked at one by one before whole blocks are tried again
        while True:
            is_learned = table.rows >= LEARNING_ROWS and body.is_calm
            if is_learned and alone <= 0 and self._takes_blocks:
                block = lines.take_block()
                if not block:
                    return
                if self._are_plain("".join(block)):
                    table.plain_lines(lines.number - len(block) + 1, block)
                    continue
                lines.give_back(block)
                alone = len(block)
            line = take()
            if not line:
                return
            alone -= 1
            number = lines.number
            if is_learned and line.__class__ is str and line[-1] == "\n" and (text := self._plain(line)):
                table.plain(number, text)
            else:
                yield line

    def _are_plain(self, block: str) -> bool:
        """Say whether lines are all plain records whose first value is a whole number."""
        if not self._plain_lines(block):
            return False
        return not HINT.search(block) if self._is_hinted else block.isascii()

    def _plain(self, line: str) -> str:
        """Return the text of a record that is whole, surely data and not doubtful, '' where it must be looked at."""
        if not line.endswith(self._blank_end + "\n"):
            return ""
        if '"' not in line:
            return line[:-1] if line.count(self._separator) == self._width - 1 and self._is_sure(line[:-1]) else ""
        if line.count('"') % 2:
            return self._joined(line)
        return line[:-1] if '="' not in line and self._is_whole(line[:-1]) and self._is_sure(line[:-1]) else ""

    def _is_sure(self, text: str) -> bool:
        """Say whether a record of the table's width is surely data, and nothing is doubtful about its letters."""
        if HINT.search(text) if self._is_hinted else not text.isascii():
            return False
        first = text.partition(self._separator)[0]
        if first.isdigit() and self._body.kinds.has_wordy_header:
            return True
        if self._gap in text or text[-1:] == self._separator:
            return False
        return self._body.kinds.is_surely_data(first, text.rpartition(self._separator)[2])

    def _joined(self, line: str) -> str:
        """Return the text of a record of several lines, '' (and the lines back) where it is not surely one."""
        taken: list[str] = []
        while len(taken) < LINES_JOINED and (following := self._lines.take()):
            taken.append(following)
            if '"' in following and following.count('"') % 2:
                text = line + "".join(taken)
                others = self._width - 1
                are_records = all(each.count(self._separator) == others for each in (line, *taken))
                is_one = bool(text[-1] == "\n" and '="' not in text and self._is_whole(text[:-1]))
                if is_one and not are_records and self._is_sure(text[:-1]):
                    return text[:-1]
                break
        self._lines.give_back(taken)
        return ""

    def _record(self, line: str) -> None:
        number, text = self._lines.number, line.removesuffix("\n")
        self._is_cut = not line.endswith("\n")
        if self._is_cut:
            text = self._without_end(text, number)
        if not text or text.isspace():
            self._body.gap()
            return
        if isinstance(line, SoftLine) and (cells := self._softly_joined(text)):
            self._take(number, cells)
            return
        if '"' in text:
            self._quoted(number, text)
        elif cells := self._fit(text.split(self._separator)):
            self._take(number, cells, text if len(cells) == text.count(self._separator) + 1 else None)
        else:
            self._misfit(number, text, text.split(self._separator))

    def _softly_joined(self, text: str) -> list[str] | None:
        """Return the values of a record with a line end of another kind inside a value, None where it is none.

        It is one where the lines up to a usual end have the table's width together and not each by itself.
        """
        taken: list[str] = []
        is_open = True
        while is_open and len(taken) < LINES_JOINED and (line := self._lines.take()):
            taken.append(line)
            is_open = isinstance(line, SoftLine)
        parts = [text, *(line.removesuffix("\n") for line in taken)]
        if not is_open and not all(self._fit(self._split(part)) for part in parts):
            cells = self._fit(self._split("\n".join(parts)))
            if cells:
                return cells
        self._lines.give_back(taken)
        return None

    def _split(self, text: str) -> list[str]:
        return (self._strict(text) or []) if '"' in text else text.split(self._separator)

    def _without_end(self, text: str, number: int) -> str:
        """Return the last line of the file without what stands behind its end."""
        plain = text.rstrip(END_MARKS)
        if "\x00" in text[len(plain) :] and "\x00" not in plain:
            self._body.tally.take(TRAILING_NUL, number)
            return plain
        return text.rstrip("\x1a")

    def _take(self, number: int, cells: list[str], text: str | None = None) -> None:
        whole = text if text is not None else self._separator.join(cells)
        if fault := self._fault_of_letters(whole):
            self._body.fault(number, whole, fault)
        elif text is None and any(cell.startswith('="') for cell in cells):
            self._body.row(number, [_without_formula(cell) for cell in cells])
        else:
            self._body.row(number, cells, text)

    def _fault_of_letters(self, text: str) -> str | None:
        if BROKEN in text:
            is_cut = self._is_cut and text.endswith(BROKEN) and text.count(BROKEN) == 1
            return "truncated" if is_cut else "bad_encoding"
        if "\x00" in text:
            return "nul_character"
        is_doubtful = self._codec and (not self._is_hinted or HINT.search(text))
        return "bad_encoding" if is_doubtful and _is_utf8_inside(text, self._codec) else None

    def _misfit(self, number: int, text: str, cells: Sequence[str]) -> None:
        """Put a record of another width aside; the end of one file may be glued to the header of the next."""
        header = self._layout.text
        if len(cells) > self._width and text.endswith(header):
            self._record(text.removesuffix(header).removesuffix("\ufeff") + "\n")
            self._body.row(number, list(self._layout.header))
            return
        few = "truncated" if self._is_cut else "too_few_fields"
        code = "too_many_fields" if len(cells) >= self._width else few
        told = self._otherwise_divided(text) if len(cells) == 1 else None
        self._body.fault(number, text, self._fault_of_letters(text) or code, told or cells)

    def _otherwise_divided(self, text: str) -> list[str] | None:
        """Return the values of a line that another separator divides as the header is divided, None where none does.

        It is a record or a header of an export that was put behind this one, and no remark below the table.
        """
        for separator in SEPARATORS:
            cells = text.split(separator)
            if len(cells) == self._width >= OTHER_WIDTH_MIN and separator != self._separator:
                return cells
        return None

    def _quoted(self, number: int, text: str) -> None:
        """Take a record with quotes: as the standard says; else as it is meant where that is one reading only."""
        if self._loose(text) and (cells := self._protected(text)):
            self._take(number, cells)
            return
        values = self._strict(text)
        if values is not None:
            cells = self._fit(values) or self._unwrapped(values)
            if cells:
                self._take(number, cells)
            else:
                self._misfit(number, text, values)
        elif cells := self._escaped(text):
            self._take(number, cells)
        elif not self._over_lines(number, text):
            cells = self._protected(text)
            if cells:
                self._take(number, cells)
            else:
                self._body.fault(number, text, self._fault_of_letters(text) or "stray_quote")

    def _strict(self, text: str) -> list[str] | None:
        try:
            return next(csv.reader([text], delimiter=self._separator, strict=True))
        except (csv.Error, StopIteration):
            return None

    def _unwrapped(self, values: Sequence[str]) -> list[str] | None:
        """Return the values of a line that is in quotes as a whole, with its own quotes doubled."""
        inner = self._strict(values[0]) if len(values) == 1 and self._separator in values[0] else None
        return self._fit(inner) if inner else None

    def _escaped(self, text: str) -> list[str] | None:
        """Return the values of a line whose quotes are escaped by a backslash."""
        if '\\"' not in text:
            return None
        try:
            reader = csv.reader([text], delimiter=self._separator, escapechar="\\", doublequote=False, strict=True)
            return self._fit(next(reader))
        except (csv.Error, StopIteration):
            return None

    def _protected(self, text: str) -> list[str] | None:
        """Return the values where quotes protect separators wherever they stand: `"a;b" c` is one value."""
        if text.count('"') % 2:
            return None
        cells, place = [], 0
        while found := self._fields.match(text, place):
            cells.append(unquoted(found[1], is_nested=True))
            if found.end() == len(text) and not found[0].endswith(self._separator):
                return self._fit(cells)
            place = found.end()
            if place == len(text):
                return self._fit([*cells, ""])
        return None

    def _over_lines(self, number: int, text: str) -> bool:
        """Take a record whose quoted value goes on in the lines after; False where none does, with the lines back."""
        if text.count('"') % 2 == 0:
            return False
        taken, characters, is_open = [], len(text), True
        while is_open and characters < self._limit and (line := self._lines.take()):
            taken.append(line)
            characters += len(line)
            is_open = line.count('"') % 2 == 0
        if is_open:
            if characters < self._limit and not any(self._looks_whole(line.removesuffix("\n")) for line in taken):
                self._body.fault(number, _one_text(text, taken), "truncated")
                return True
        elif self._takes_lines(number, text, taken):
            return True
        self._lines.give_back(taken)
        return False

    def _takes_lines(self, number: int, text: str, taken: Sequence[str]) -> bool:
        """Take lines that two quotes hold together as one record, or aside as one; False where they are none."""
        whole = _one_text(text, taken)
        values = self._strict(whole)
        cells = self._fit(values) if values else None
        if cells and not self._are_records([text, *taken] if len(taken) < LINES_JOINED else taken):
            self._take(number, cells)
            return True
        if values and not cells and not any(self._looks_whole(line.removesuffix("\n")) for line in taken):
            self._misfit(number, whole, values)
            return True
        return False

    def _are_records(self, lines: Sequence[str]) -> bool:
        """Say whether lines that two quotes hold together are rather whole records, each quote a stray one."""
        separators = (len(lines) - 1) * (self._width - 1)
        return separators >= SEPARATORS_BY_CHANCE and all(self._looks_whole(line.removesuffix("\n")) for line in lines)

    def _looks_whole(self, line: str) -> bool:
        """Say whether a line looks like a record of its own, stray quotes or not."""
        if line.count(self._separator) + 1 != self._width and not (self._fit(self._split(line)) if line else None):
            return False
        return self._body.kinds.is_like(line.partition(self._separator)[0].strip('"'))


def _one_text(text: str, taken: Sequence[str]) -> str:
    return f"{text}\n{''.join(taken)}".removesuffix("\n")


def _without_formula(cell: str) -> str:
    """Return the text of a cell such as ="00123", which spreadsheets write to keep zeros."""
    found = TEXT_FORMULA.fullmatch(cell)
    return found[1].replace('""', '"') if found else cell


def _is_utf8_inside(text: str, codec: str) -> bool:
    """Say whether a line of a file in a one-byte encoding is in truth UTF-8."""
    if text.isascii():
        return False
    try:
        return LOST not in text.encode(codec).decode("utf-8")
    except UnicodeError:
        return False
