"""Decides in which encoding a text file is written: its mark, UTF-8, the pattern of UTF-16, then by its letters."""

import codecs
from dataclasses import dataclass, field
from pathlib import Path

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.letters import guess
from voronka.domain.errors import InputError, SettingsError, did_you_mean

BLOCK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 18
SAMPLE_LINES = 200  # of each block, so that the whole file is looked at
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
USUAL = ("auto", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r", "latin-1")
IANA = {
    "ascii": "UTF-8",
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "utf-32": "UTF-32",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1254": "windows-1254",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp866": "IBM866",
    "iso8859-1": "ISO-8859-1",
    "iso8859-5": "ISO-8859-5",
    "mac-cyrillic": "x-mac-cyrillic",
}
WIDE = ("utf-16-le", "utf-16-be")
WIDE_SHARE_MIN = 0.95
BINARY_SHARE = 0.2
USUAL_LETTERS = (
    range(0x20, 0x7F),
    range(0xA0, 0x250),
    range(0x400, 0x500),
    range(0x2000, 0x2070),
    range(0x20A0, 0x2123),
)


@dataclass(frozen=True)
class Encoding:
    """A codec's name and how it was chosen."""

    name: str
    reason: str

    @property
    def iana(self) -> str:
        """Return the name that the rest of the world knows the encoding by; a mark of UTF-8 makes no other one."""
        return IANA.get(self.name, self.name)

    @property
    def is_utf8(self) -> bool:
        """Say whether the bytes are UTF-8, with or without a mark."""
        return self.iana == "UTF-8"

    @property
    def is_single_byte(self) -> bool:
        """Say whether each byte is a character."""
        return not self.name.startswith("utf-")


@dataclass
class Scan:
    """What one pass over the bytes showed.

    `lines` counts line feeds; `returns` and `pairs` count carriage returns and those before a line feed. `longest` is
    how many bytes stand between line ends at most, rounded down to blocks. `valid` and `broken` count sampled lines
    with other letters than plain ones by whether they are UTF-8.
    """

    is_utf8: bool = True
    zeros: int = 0
    lines: int = 0
    returns: int = 0
    pairs: int = 0
    ends_line: bool = False
    longest: int = 0
    head: bytes = b""
    valid: int = 0
    broken: int = 0
    sample: list[bytes] = field(default_factory=list)

    @property
    def line_end(self) -> str | None:
        """Return what ends every line of the file alike, None where they differ or single returns do."""
        if not self.returns:
            return "\n"
        return "\r\n" if self.returns == self.pairs == self.lines else None

    @property
    def usual_end(self) -> str | None:
        """Return what ends most lines where lines end differently, else None."""
        counts = {"\r\n": self.pairs, "\n": self.lines - self.pairs, "\r": self.returns - self.pairs}
        return max(counts, key=lambda end: counts[end]) if sum(map(bool, counts.values())) > 1 else None


def scan_bytes(path: Path) -> Scan:
    """Read the whole file once, in blocks."""
    scan = Scan()
    decoder = codecs.getincrementaldecoder("utf-8")()
    sampled = run = 0
    with path.open("rb") as source:
        while block := source.read(BLOCK_BYTES):
            if block.endswith(b"\r"):
                block += source.read(1)
            scan.head = scan.head or block[:SAMPLE_BYTES]
            scan.is_utf8 = scan.is_utf8 and _decodes(decoder, block)
            scan.zeros += block.count(b"\x00")
            scan.lines += block.count(b"\n")
            if b"\r" in block:
                scan.returns += block.count(b"\r")
                scan.pairs += block.count(b"\r\n")
            run = 0 if b"\n" in block or b"\r" in block else run + len(block)
            scan.longest = max(scan.longest, run)
            scan.ends_line = block.endswith((b"\n", b"\r"))
            if scan.is_utf8 and not block.isascii():
                scan.valid += min(SAMPLE_LINES, block.count(b"\n") + 1)
            elif not scan.is_utf8:
                sampled += _sample(scan, block, SAMPLE_BYTES - sampled)
    if scan.is_utf8 and not _decodes(decoder, b"", final=True):  # cut inside a character
        scan.is_utf8, scan.valid = False, 0
        _sample(scan, scan.head, SAMPLE_BYTES)
    return scan


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _sample(scan: Scan, block: bytes, room: int) -> int:
    """Count lines of a block by whether they are UTF-8, keep those that are not; return how many bytes were kept."""
    kept = 0
    lines = [line for line in block.replace(b"\r", b"\n").split(b"\n", 20 * SAMPLE_LINES)[:-1] if not line.isascii()]
    for line in lines[:SAMPLE_LINES] or [block[:SAMPLE_BYTES]]:
        if line.isascii():
            continue
        if is_utf8(line):
            scan.valid += 1
        else:
            scan.broken += 1
            if kept < room:
                scan.sample.append(line[:SAMPLE_BYTES])
                kept += len(line)
    return kept


def is_utf8(line: bytes) -> bool:
    """Say whether bytes are UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def choose_encoding(file: SourceFile, wanted: str, scan: Scan) -> Encoding:
    """Return the encoding: `wanted` unless it is `auto`, else the one that most lines of the file are in."""
    if wanted != "auto":
        return _named(file, wanted, scan)
    for mark, name in MARKS.items():
        if scan.head.startswith(mark) and (name != "utf-8-sig" or scan.is_utf8 or scan.valid >= scan.broken):
            return Encoding(name, "byte order mark")
    wide = _wide(scan)
    if wide:
        return wide
    start = scan.head.rstrip(b"\x00")
    if start.count(b"\x00") > BINARY_SHARE * len(start):
        raise zero_bytes(file)
    if scan.is_utf8:
        return Encoding("utf-8", "the whole file is valid UTF-8")
    if scan.valid and scan.valid >= scan.broken:
        return Encoding("utf-8", "most lines are valid UTF-8")
    return _by_letters(file, scan)


def _wide(scan: Scan) -> Encoding | None:
    """Return the UTF-16 without a mark that the first bytes are, None where they are none."""
    if b"\x00" not in scan.head:
        return None
    head = scan.head[: len(scan.head) // 2 * 2]
    shares = {name: _usual_share(head.decode(name, "replace")) for name in WIDE}
    name = max(shares, key=lambda name: shares[name])
    if shares[name] < WIDE_SHARE_MIN:
        return None
    return Encoding(name, "no byte order mark, but every second byte is that of UTF-16")


def _usual_share(text: str) -> float:
    usual = sum(1 for letter in text if letter in "\t\r\n\ufeff" or any(ord(letter) in each for each in USUAL_LETTERS))
    return usual / len(text) if text else 0.0


def _by_letters(file: SourceFile, scan: Scan) -> Encoding:
    found = guess(b"\n".join(scan.sample)[:SAMPLE_BYTES])
    if found is None:
        raise InputError(
            "the encoding is unclear: neither UTF-8 nor one whose letters the file is made of",
            where=file.name,
            do="Name it in the stream, for example read: { encoding: koi8-r }, or export the file as UTF-8",
        )
    return Encoding(found.codec, found.reason)


def _named(file: SourceFile, wanted: str, scan: Scan) -> Encoding:
    try:
        name = codecs.lookup(wanted).name
        codecs.getincrementaldecoder(name)().decode(b"", final=True).encode()
    except (LookupError, AttributeError, TypeError) as fault:
        hint = did_you_mean(wanted, USUAL)
        raise SettingsError(f"unknown encoding: {wanted}", where=file.name, do=hint) from fault
    if name == "utf-8" and scan.broken > scan.valid:
        raise not_decodable(file, name)
    has_mark = scan.head.startswith(codecs.BOM_UTF8)
    return Encoding("utf-8-sig" if name == "utf-8" and has_mark else name, "set by the stream")


def not_decodable(file: SourceFile, encoding: str) -> InputError:
    """Return the refusal of a file most of whose lines hold bytes its encoding does not know."""
    return InputError(
        f"the file is not valid {encoding}",
        where=file.name,
        do="Correct the encoding of the stream (read: { encoding: ... }), or export the file as UTF-8",
    )


def zero_bytes(file: SourceFile) -> InputError:
    """Return the refusal of what is no text at all."""
    return InputError(
        "the file is not a table (binary data)",
        where=file.name,
        do="Export the table as CSV or XLSX; for a text in UTF-16 set read: { encoding: utf-16-le }",
    )
