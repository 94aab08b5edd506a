"""Tells by its content what a file is, and refuses by name what is not a table."""

import re

from voronka.connectors.files.batch import SourceFile
from voronka.domain.errors import InputError

HEAD_BYTES = 4096
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # two letters are not enough: a column may be called PK
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}
OTHER_KINDS = {
    b"\x1f\x8b": ("a gzip archive", "Unpack it first"),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", "Unpack it first"),
    b"Rar!": ("a RAR archive", "Unpack it first"),
    b"%PDF": ("a PDF document", "Export the table as CSV or XLSX"),
}
MARKUP = re.compile(
    rb"<(?:[!?]|/?(?:html|head|body|meta|title|style|script|table|tr|div|form|center|p|br|h\d)\b)", re.IGNORECASE
)
HTML = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|title|table|tr|div|form|center|p|br|h\d|style|script)\b", re.IGNORECASE
)
XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(file: SourceFile) -> str:
    """Return `csv`, `xlsx`, `xls`, `html`, `xml`, `parquet` or `jsonl`."""
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
    _refuse_foreign(head, file)
    return _kind_of_text(head, file)


def _refuse_foreign(head: bytes, file: SourceFile) -> None:
    for magic, (what, do) in OTHER_KINDS.items():
        if head.startswith(magic):
            raise InputError(f"this is {what}", where=file.name, do=do)


def _kind_of_text(head: bytes, file: SourceFile) -> str:
    text = _without_mark(head).replace(b"\x00", b"").lstrip()
    is_json_name = file.path.suffix.lower() in JSON_SUFFIXES
    if not text:
        raise InputError("the file holds nothing but blank space", where=file.name, do="Export it again")
    if MARKUP.match(text) or (text.startswith(b"<") and b"</" in text):
        return _kind_of_markup(text, file)
    if is_json_name:
        return _json_lines(text, file)
    if text.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise InputError(
            "this is JSON, not a table; often an error that the source answered with",
            where=file.name,
            do="Look into the file; records, one JSON object a line, belong into a .jsonl file",
        )
    return "csv"


def _kind_of_markup(text: bytes, file: SourceFile) -> str:
    if XML_WORKBOOK in text:
        return "xml"
    if HTML.search(text):
        return "html"
    raise InputError(
        "this is XML, not a table", where=file.name, do="Export the table as CSV or XLSX; look into the file to see why"
    )


def _json_lines(text: bytes, file: SourceFile) -> str:
    if text.startswith(b"["):
        raise InputError("this is one JSON list", where=file.name, do="Write one JSON object a line (JSON lines)")
    if not text.startswith(b"{"):
        raise InputError("the file begins with no JSON object", where=file.name, do="Write one JSON object a line")
    return "jsonl"


def _without_mark(head: bytes) -> bytes:
    for mark in BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head
