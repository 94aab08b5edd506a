"""Opens any text file as lines of text, whatever its encoding and line ends; bytes that are no letters are marked."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.characters import BROKEN, DECODING
from voronka.connectors.files.encodings import (
    BLOCK_BYTES,
    Encoding,
    Scan,
    choose_encoding,
    is_utf8,
    not_decodable,
    scan_bytes,
)
from voronka.connectors.files.letters import guess

HEAD_CHARACTERS = 1 << 20
HEAD_LINES = 2000
LINES_MENDED = 50


@dataclass(frozen=True)
class PlainText:
    """A text file, its encoding, and what a pass over its bytes showed."""

    path: Path
    encoding: Encoding
    scan: Scan

    def open(self, *, keeps_ends: bool = False) -> TextIO:
        """Open the text: BROKEN stands where bytes are no letter; every line ends with a line feed, or as it does."""
        newline = "" if keeps_ends else None
        return self.path.open(encoding=self.encoding.name, errors=DECODING, newline=newline)

    @property
    def usual_end(self) -> str | None:
        """Return what ends most lines where lines end differently, None where that is not so or not known."""
        return self.scan.usual_end if self.encoding.is_utf8 or self.encoding.is_single_byte else None

    def head(self) -> list[str]:
        """Return the first lines, each with its line feed; a last one that is cut by the limit is left out."""
        with self.open() as source:
            text = source.read(HEAD_CHARACTERS)
        lines = text.splitlines(keepends=True) if _has_only_feeds(text) else _lines(text)
        if len(text) == HEAD_CHARACTERS and len(lines) > 1:
            lines = lines[:-1]
        return self._mended(list(islice(lines, HEAD_LINES)))

    def _mended(self, lines: list[str]) -> list[str]:
        """Return the lines with the first of them, where they are in another encoding than most, read in their own."""
        if not self.encoding.is_utf8 and not self.encoding.is_single_byte:
            return lines
        with self.path.open("rb") as source:
            raw = source.read(BLOCK_BYTES).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n", LINES_MENDED)
        for number, (line, own) in enumerate(zip(lines, raw[:LINES_MENDED], strict=False)):
            codec = None if own.isascii() else self._other_codec(line, own)
            if codec:
                lines[number] = own.decode(codec, DECODING) + "\n" * line.endswith("\n")
        return lines

    def _other_codec(self, line: str, own: bytes) -> str | None:
        if self.encoding.is_single_byte:
            return "utf-8" if is_utf8(own) else None
        found = guess(own) if BROKEN in line else None
        return found.codec if found else None


def _has_only_feeds(text: str) -> bool:
    return not any(mark in text for mark in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def plain_text(file: SourceFile, wanted_encoding: str) -> PlainText:
    """Return how the text of `file` is to be read; InputError where that is unclear."""
    scan = scan_bytes(file.path)
    text = PlainText(file.path, choose_encoding(file, wanted_encoding, scan), scan)
    if wanted_encoding != "auto" and not text.encoding.is_utf8 and _is_mostly_broken(text):
        raise not_decodable(file, text.encoding.name)
    return text


def _is_mostly_broken(text: PlainText) -> bool:
    lines = [line for line in text.head() if not line.isascii()]
    return sum(BROKEN in line for line in lines) * 2 > len(lines)


def utf8_copy(text: PlainText, skipped_lines: int, target: Path) -> bool:
    """Write a text of bytes without its first lines as UTF-8 with line feeds; False where bytes are no letters.

    All lines of the text end alike, and each line end is one or two bytes.
    """
    codec, has_returns = text.encoding.name, text.scan.line_end == "\r\n"
    with text.path.open("rb") as source, target.open("wb") as copy:
        for _ in range(skipped_lines):
            source.readline()
        while block := source.read(BLOCK_BYTES):
            if has_returns:
                if block.endswith(b"\r"):
                    block += source.read(1)
                block = block.replace(b"\r\n", b"\n")
            try:
                copy.write(block if text.encoding.is_utf8 else block.decode(codec).encode())
            except UnicodeError:
                return False
    return True
