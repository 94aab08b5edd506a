"""Reads records written in JSON, one object a line or in a list: one column for each key at their top."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.characters import HINT, looked_at, shown, visible
from voronka.connectors.files.delimited import Place, batch_of_table
from voronka.connectors.files.json_values import Digits, JsonRecord, decoded, json_lines, json_sequence
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.table import TableWriter
from voronka.connectors.files.table_body import Tally
from voronka.connectors.files.text import PlainText, plain_text
from voronka.domain.errors import InputError

LINE_SUFFIXES = {".jsonl", ".ndjson"}
OF_FAILURE = {"error", "errors", "error_description", "error_code", "exception", "fault", "detail", "message", "status"}
LINES_LOOKED_AT = 20


def read_json_lines(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch; the columns are the keys of all records in the order in which they first appear.

    What is not a JSON object is malformed; blank lines are not records. Two passes: keys, then values.
    """
    text = plain_text(file, options.encoding)
    keys = _keys(file, text)
    tally = Tally()
    with TableWriter(place.workdir / "records.csv", len(keys)) as table:
        for record in _records(text):
            if record.fields is None:
                table.bad(record.line, shown(record.text), record.fault)
            else:
                table.good(record.line, _values(record, keys, tally))
    reading = {"kind": "jsonl", "encoding": text.encoding.iana, "encoding_reason": text.encoding.reason}
    batch = batch_of_table(file, unique_names([visible(key) for key in keys]), reading, (table, ","), place)
    return FileBatch(**{**vars(batch), "flags": tally.flags()})


def _records(text: PlainText) -> Iterator[JsonRecord]:
    lines = [line for line in text.head()[:LINES_LOOKED_AT] if line.strip("\ufeff \t\r\n")]
    are_lines = sum(isinstance(decoded(line.strip("\ufeff \t\r\n")), dict) for line in lines) * 2 >= len(lines)
    with text.open() as source:
        yield from json_lines(source) if are_lines else json_sequence(source)


def _keys(file: SourceFile, text: PlainText) -> list[str]:
    keys: dict[str, None] = {}
    for record in _records(text):
        keys |= dict.fromkeys(record.fields or ())
    if not keys:
        raise InputError(
            "the file holds no JSON object with values", where=file.name, do="Write one JSON object a line, or a list"
        )
    records = list(islice(_records(text), 2))
    if len(records) == 1:
        _refuse_answer(file, records[0].fields or {})
    return list(keys)


def _refuse_answer(file: SourceFile, fields: dict[str, object]) -> None:
    """Refuse a file of one object that is no record: an error that the source answered with, or an envelope."""
    is_failure = bool(OF_FAILURE & {key.casefold() for key in fields})
    is_envelope = any(isinstance(value, list) and value and isinstance(value[0], dict) for value in fields.values())
    is_of_lines = file.path.suffix.lower() in LINE_SUFFIXES
    if is_failure or is_envelope or (not is_of_lines and file.path.suffix.lower() != ".json"):
        what = "this is one JSON object, not a table"
        raise InputError(
            f"{what}; often an error that the source answered with" if not is_envelope else f"{what} of records",
            where=file.name,
            do="Look into the file; records belong one JSON object a line, or in one list",
        )


def _values(record: JsonRecord, keys: Sequence[str], tally: Tally) -> list[str | None]:
    fields = record.fields or {}
    values = [_text(fields.get(key)) for key in keys]
    given = [value or "" for value in values]
    if not HINT.search("\n".join(given)):
        return values
    clean, codes = looked_at(given)
    for code in sorted(codes):
        tally.take(code, record.line)
    return [None if value is None else new for value, new in zip(values, clean, strict=True)]


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
        case Digits():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {_nested(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_nested, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
