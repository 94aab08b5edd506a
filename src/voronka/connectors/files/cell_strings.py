"""The texts that the cells of a workbook share, kept in memory while they are few and in a file when they are many."""

import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from voronka.connectors.files.elements import Handlers, PartFaultError, local, parse_piece
from voronka.connectors.files.package import Package
from voronka.connectors.files.sheet_xml import content, decoded, text_blocks, unescaped

CHARACTERS_IN_MEMORY = 16_000_000
ITEM_CHARACTERS_MAX = 1 << 27
PLAIN = re.compile(r"\s*<si>\s*<t(?:\s[^>]*)?>([^<]*)</t>\s*")
OPENING = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?sst\b[^>]*?(/?)>")


class SharedTexts:
    """The shared texts by their number; `path` is where those go for which there is no room."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: list[str] = []
        self._characters = 0
        self._ends = array("Q", [0])
        self._file: BinaryIO | None = None
        self._reading = lru_cache(maxsize=10_000)(self._read)

    def take(self, text: str) -> None:
        """Add the next text."""
        if self._characters < CHARACTERS_IN_MEMORY:
            self._held.append(text)
            self._characters += len(text) + 50
            return
        self._file = self._file or self._path.open("w+b")
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))

    def at(self, number: int) -> str:
        """Return a text; IndexError where there is none of this number."""
        if 0 <= number < len(self._held):
            return self._held[number]
        return self._reading(number - len(self._held))

    def close(self) -> None:
        """Close the file, where there is one."""
        if self._file:
            self._file.close()

    def _read(self, number: int) -> str:
        if self._file is None or not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number]).decode("utf-8", "surrogatepass")


def read_shared_texts(package: Package, part: str, texts: SharedTexts) -> None:
    """Take all texts of a part into `texts`; PartFaultError where it is not sound."""
    for prefix, item in _items(text_blocks(package, part)):
        plain = None if prefix else PLAIN.fullmatch(item)
        texts.take(decoded(unescaped(plain[1]) if plain else _parsed(item, prefix)))


def _items(blocks: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the names' prefix and each item up to its closing tag."""
    begun = content(blocks, OPENING)
    if begun is None:
        raise PartFaultError("its shared texts do not begin as they should")
    prefix, rest = begun
    if rest is None:
        return
    while True:
        *items, rest = rest.split(f"</{prefix}si>")
        yield from ((prefix, item) for item in items)
        if f"</{prefix}sst>" in rest:
            return
        block = next(blocks, "")
        if not block or len(rest) > ITEM_CHARACTERS_MAX:
            raise PartFaultError("its shared texts end in the middle")
        rest += block


def _parsed(item: str, prefix: str) -> str:
    """Return the text of an item made of runs, without its reading aids."""
    while (stripped := item.lstrip()).startswith(f"<{prefix}si/>"):
        item = stripped[len(f"<{prefix}si/>") :]
    reader = _RunReader()
    parse_piece(f"{item}</{prefix}si>", reader, "a shared text")
    return "".join(reader.parts)


class _RunReader(Handlers):
    """Gathers the text of the runs of one item."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[str] = []

    def start(self, name: str, _: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._open.append(local(name))

    def end(self, _: str) -> None:
        """Take the end of an element."""
        self._open.pop()

    def text(self, text: str) -> None:
        """Take text."""
        if self._open[-1] == "t" and "rPh" not in self._open:
            self.parts.append(text)
