"""Reads JSON lines: one object a line, one column for each key at its top."""

import json
from collections.abc import Iterator

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place, batch_of_table
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.table import TableWriter
from voronka.connectors.files.text import PlainText, plain_text
from voronka.domain.errors import InputError


def read_json_lines(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch; the columns are the keys of all records in the order in which they first appear.

    A line that is not a JSON object is malformed; blank lines are not records. Two passes: keys, then values.
    """
    text = plain_text(file, options.encoding, place.workdir)
    keys = list(dict.fromkeys(key for _, record in _records(text) if isinstance(record, dict) for key in record))
    if not keys:
        raise InputError("no line of the file is a JSON object", where=file.name, do="Write one JSON object a line")
    with TableWriter(place.workdir / "records.csv", len(keys)) as table:
        for row, record in enumerate(_records(text), start=1):
            line, fields = record
            if fields is None:
                table.bad(row, line)
            else:
                table.good(row, [_text(fields.get(key)) for key in keys])
    reading = {"kind": "jsonl", "encoding": text.encoding.name, "encoding_reason": text.encoding.reason}
    return batch_of_table(file, unique_names(keys), reading, (table, ","), place)


def _records(text: PlainText) -> Iterator[tuple[str, dict[str, object] | None]]:
    """Yield each line with its fields, None where the line is not an object; a number keeps the digits it came with."""
    decoder = json.JSONDecoder(parse_float=_Digits, parse_int=_Digits, parse_constant=_Digits)
    with text.path.open(encoding="utf-8", newline="\n") as source:
        for line in source:
            if stripped := line.strip():
                yield stripped, _fields(decoder, stripped)


class _Digits(str):
    """A number as it stands in the file."""

    __slots__ = ()


def _fields(decoder: json.JSONDecoder, line: str) -> dict[str, object] | None:
    if "\\u0000" in line:
        return None
    try:
        record = decoder.decode(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _text(value: object) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return _nested(value)


def _nested(value: object) -> str:
    """Return JSON text; numbers inside stand as they came."""
    match value:
        case _Digits():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {_nested(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_nested, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
