"""Makes any text file one that the CSV reader takes as it is: UTF-8, no mark, lines that end with a line feed."""

import codecs
import io
from dataclasses import dataclass
from pathlib import Path

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.encodings import (
    BLOCK_BYTES,
    Encoding,
    choose_encoding,
    not_decodable,
    scan_bytes,
    zero_bytes,
)

MARK = "\ufeff"  # what is left of a byte order mark when the encoding was named with its byte order


@dataclass(frozen=True)
class PlainText:
    """A UTF-8 file with line feeds only: the source itself or a copy of it; `encoding` is the source's."""

    path: Path
    encoding: Encoding


def plain_text(file: SourceFile, wanted_encoding: str, workdir: Path) -> PlainText:
    """Return the text of `file`; a copy goes into `workdir` only when something has to be changed.

    Carriage returns, alone or before a line feed, become line feeds everywhere, inside quoted values too: exports mix
    them, and the reader counts records rightly only where all lines end alike.
    """
    scan = scan_bytes(file.path)
    encoding = choose_encoding(file, wanted_encoding, scan)
    is_plain = encoding.name == "utf-8" and not scan.has_carriage_returns
    return PlainText(file.path if is_plain else _copy(file, encoding, workdir / "text.csv"), encoding)


def _copy(file: SourceFile, encoding: Encoding, target: Path) -> Path:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding.name)(), translate=True)
    offset = 0
    with file.path.open("rb") as source, target.open("wb") as copy:
        while True:
            block = source.read(BLOCK_BYTES)
            try:
                text = decoder.decode(block, final=not block)
                copy.write((text if offset else text.removeprefix(MARK)).encode())
            except UnicodeError as fault:
                raise not_decodable(file, encoding.name, offset) from fault
            if "\x00" in text:
                raise zero_bytes(file)
            if not block:
                return target
            offset += len(block)
