"""Tells by its content what a file is, and refuses by name what is not a table."""

import re
import zlib

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.foreign_texts import known_text
from voronka.domain.errors import InputError

HEAD_BYTES = 4096
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # two letters are not enough: a column may be called PK
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}
GZIP_MAGIC = b"\x1f\x8b"
GZIP_FORM = 16  # of zlib: what it takes apart has the header of gzip
OTHER_KINDS = {
    GZIP_MAGIC: ("a gzip archive", "Unpack it first"),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", "Unpack it first"),
    b"Rar!": ("a RAR archive", "Unpack it first"),
    b"BZh": ("a bzip2 archive", "Unpack it first"),
    b"\xfd7zXZ\x00": ("an xz archive", "Unpack it first"),
    b"\x28\xb5\x2f\xfd": ("a zstd archive", "Unpack it first"),
    b"\x89PNG": ("a picture", "Export the table as CSV or XLSX"),
    b"\xff\xd8\xff": ("a picture", "Export the table as CSV or XLSX"),
    b"GIF8": ("a picture", "Export the table as CSV or XLSX"),
    b"{\\rtf": ("a text document (RTF)", "Export the table as CSV or XLSX"),
    b"SQLite format 3\x00": ("a SQLite database", "Export its table as CSV"),
    b"%PDF": ("a PDF document", "Export the table as CSV or XLSX"),
    b"PGDMP": ("a copy of a database (SQL)", "Export its table as CSV"),
    b"1CDBMSV8": ("a database of 1C", "Export its table as CSV"),
    b"\x00\x01\x00\x00Standard ": ("an Access database", "Export its table as CSV"),
}
MARKUP = re.compile(
    rb"<(?:[!?]|/?(?:html|head|body|meta|title|style|script|table|tr|div|form|center|p|br|h\d)\b)", re.IGNORECASE
)
HTML = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|title|table|tr|div|form|center|p|br|h\d|style|script)\b", re.IGNORECASE
)
PROLOG = rb"(?:\s|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^>\[]*+(?:\[(?>.*?\])\s*)?>)*+"
PROCESS_LOG = re.compile(
    PROLOG + rb"<(?:\w+:)?log[\s>].*?(?:xes|<(?:\w+:)?(?:trace|event)\b)", re.DOTALL | re.IGNORECASE
)
XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
JSON_START = re.compile(rb"\[?\s*\{\s*(?:\"|\})")
ANSWER = re.compile(
    rb"\s*(?:(?:http/\S+ )?[45]\d\d\b|unauthorized|forbidden|access denied|not found|bad gateway|internal server error"
    rb"|service unavailable|too many requests|gateway time-?out|null\s*$|error\b)",
    re.IGNORECASE,
)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(file: SourceFile) -> str:
    """Return `csv`, `xlsx`, `xls`, `html`, `xml`, `xes`, `parquet` or `jsonl`."""
    with file.path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    if not head:
        raise InputError("the file is empty", where=file.name, do="Export it again")
    if head.startswith(ZIP_MAGICS):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(OLE_MAGIC):
        return "xls"
    if head.startswith(GZIP_MAGIC) and PROCESS_LOG.match(_plain(_unpacked(head))):
        return "xes"
    _refuse_foreign(head, file)
    return _kind_of_text(head, file)


def _refuse_foreign(head: bytes, file: SourceFile) -> None:
    for magic, (what, do) in OTHER_KINDS.items():
        if head.startswith(magic):
            raise InputError(f"this is {what}", where=file.name, do=do)


def _unpacked(head: bytes) -> bytes:
    """Return the beginning of what a gzip archive holds that begins with `head`."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | GZIP_FORM).decompress(head, HEAD_BYTES)
    except zlib.error:  # whatever it is, it is refused as an archive
        return b""


def _kind_of_text(head: bytes, file: SourceFile) -> str:
    text = _plain(head)
    if not text:
        raise InputError("the file holds nothing but blank space", where=file.name, do="Export it again")
    if PROCESS_LOG.match(text):
        return "xes"
    if MARKUP.match(text) or (text.startswith(b"<") and b"</" in text):
        return _kind_of_markup(text, file)
    _refuse_answer(text, file)
    if known := known_text(text):
        raise InputError(f"this is {known[0]}, not a table", where=file.name, do=known[1])
    if JSON_START.match(text) or (file.path.suffix.lower() in JSON_SUFFIXES and text.startswith((b"{", b"["))):
        return "jsonl"
    return "csv"


def _refuse_answer(text: bytes, file: SourceFile) -> None:
    """Refuse one line of plain words that a server answers with instead of a table."""
    if b"\n" not in text.strip() and ANSWER.match(text):
        raise InputError(
            "this is an answer of a server, not a table",
            where=file.name,
            do="Look into the file, sign in to the source again and export once more",
        )


def _kind_of_markup(text: bytes, file: SourceFile) -> str:
    if XML_WORKBOOK in text and b"<html" not in text.lower():
        return "xml"
    if HTML.search(text):
        return "html"
    raise InputError(
        "this is XML, not a table", where=file.name, do="Export the table as CSV or XLSX; look into the file to see why"
    )


def _plain(head: bytes) -> bytes:
    """Return the first bytes of a text without its byte order mark, the zeros of UTF-16 and the space before it."""
    for mark in BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip()
