"""Decides in which encoding a text file is written: its mark, then strict UTF-8, then Russian Windows."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from voronka.connectors.files.batch import SourceFile
from voronka.domain.errors import InputError, SettingsError, did_you_mean

BLOCK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 16
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
USUAL = ("auto", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r", "latin-1")
ASCII_BYTES = bytes(range(128))
RUSSIAN_CAPITALS = bytes(range(0xC0, 0xE0))
RUSSIAN_LETTERS = bytes(range(0xC0, 0x100)) + "Ёё".encode("cp1251")
COMMON_LETTERS = "оеаинтсрвлОЕАИНТСРВЛ".encode("cp1251")
LETTERS_SHARE_MIN = 0.75  # the rest is dashes, quotes and number signs; UTF-8 read as cp1251 comes to about 0.5
COMMON_SHARE_MIN = 0.3  # 0.67 in Russian text; the accents of German or French read as cp1251 stay below
COMMON_SHARE_OF_CAPITALS_MIN = 0.5  # KOI8-R read as cp1251 comes to 0.35, with nearly all letters capitals


@dataclass(frozen=True)
class Encoding:
    """A codec's name and how it was chosen."""

    name: str
    reason: str


@dataclass(frozen=True)
class Scan:
    """What one pass over the bytes showed."""

    is_utf8: bool
    has_zero_bytes: bool
    has_carriage_returns: bool
    high_sample: bytes


def scan_bytes(path: Path) -> Scan:
    """Read the whole file once, in blocks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, zeros, returns, high = True, False, False, b""
    with path.open("rb") as source:
        while block := source.read(BLOCK_BYTES):
            is_utf8 = is_utf8 and _decodes(decoder, block)
            zeros = zeros or b"\x00" in block
            returns = returns or b"\r" in block
            if len(high) < SAMPLE_BYTES and not block.isascii():
                high += block.translate(None, ASCII_BYTES)[:SAMPLE_BYTES]
    return Scan(is_utf8 and _decodes(decoder, b"", final=True), zeros, returns, high)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def choose_encoding(file: SourceFile, wanted: str, scan: Scan) -> Encoding:
    """Return the encoding: `wanted` unless it is `auto`, else the first that fits the whole file."""
    if wanted != "auto":
        return _named(file, wanted, scan)
    with file.path.open("rb") as source:
        head = source.read(4)
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return Encoding(name, "byte order mark")
    _refuse_zero_bytes(file, scan)
    if scan.is_utf8:
        return Encoding("utf-8", "the whole file is valid UTF-8")
    if _is_russian_windows(scan.high_sample):
        return Encoding("cp1251", "not UTF-8; read as cp1251 it holds Russian letters")
    raise InputError(
        "the encoding is unclear: neither UTF-8 nor Russian cp1251",
        where=file.name,
        do="Name it in the stream, for example read: { encoding: koi8-r }, or export the file as UTF-8",
    )


def _named(file: SourceFile, wanted: str, scan: Scan) -> Encoding:
    try:
        name = codecs.lookup(wanted).name
        codecs.getincrementaldecoder(name)().decode(b"", final=True).encode()
    except (LookupError, AttributeError, TypeError) as fault:
        hint = did_you_mean(wanted, USUAL)
        raise SettingsError(f"unknown encoding: {wanted}", where=file.name, do=hint) from fault
    if not name.startswith(("utf-16", "utf-32")):
        _refuse_zero_bytes(file, scan)
    if name == "utf-8" and not scan.is_utf8:
        raise not_decodable(file, name)
    with file.path.open("rb") as source:
        has_mark = source.read(3) == codecs.BOM_UTF8
    return Encoding("utf-8-sig" if name == "utf-8" and has_mark else name, "set by the stream")


def not_decodable(file: SourceFile, encoding: str, offset: int | None = None) -> InputError:
    """Return the refusal of a file that holds bytes its encoding does not know."""
    place = "" if offset is None else f" (near byte {offset})"
    return InputError(
        f"the file is not valid {encoding}{place}",
        where=file.name,
        do="Correct the encoding of the stream (read: { encoding: ... }), or export the file as UTF-8",
    )


def _refuse_zero_bytes(file: SourceFile, scan: Scan) -> None:
    if scan.has_zero_bytes:
        raise zero_bytes(file)


def zero_bytes(file: SourceFile) -> InputError:
    """Return the refusal of a text that holds NUL characters."""
    return InputError(
        "the file is not a table (binary data)",
        where=file.name,
        do="Export the table as CSV or XLSX; for a text in UTF-16 set read: { encoding: utf-16-le }",
    )


def _is_russian_windows(high: bytes) -> bool:
    letters = _count(high, RUSSIAN_LETTERS)
    are_capitals = _count(high, RUSSIAN_CAPITALS) > letters / 2
    share_min = COMMON_SHARE_OF_CAPITALS_MIN if are_capitals else COMMON_SHARE_MIN
    is_common = _count(high, COMMON_LETTERS) >= share_min * letters
    return bool(letters) and letters >= LETTERS_SHARE_MIN * len(high) and is_common


def _count(text: bytes, letters: bytes) -> int:
    return len(text) - len(text.translate(None, letters))
