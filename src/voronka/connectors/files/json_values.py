"""Finds the records in a JSON text: one object a line, or objects one after another, as in a list."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from voronka.connectors.files.characters import BROKEN

BLOCK_CHARACTERS = 1 << 18
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}]', re.DOTALL)
_NEXT_OBJECT = re.compile(r"\}\s*,?\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_SCALAR = re.compile(r'(?:"(?:[^"\\]++|\\.)*+"|[^\s,\[\]{}"]|"(?![^"]*"))++', re.DOTALL)
_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Digits(str):
    """A number by its digits in the file."""

    __slots__ = ()


def _fraction(text: str) -> Digits:
    """Return a number with a point; 1.234 as 1.2340, as a reader of texts could take it for a thousand and more."""
    return Digits(f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text)


_DECODER = json.JSONDecoder(parse_float=_fraction, parse_int=Digits, parse_constant=Digits)


@dataclass(frozen=True)
class JsonRecord:
    """A record: the 1-based line it starts on, its text, its fields or the code of domain.faults why it has none."""

    line: int
    text: str
    fields: dict[str, object] | None
    fault: str = ""


def decoded(text: str) -> object:
    """Return the value that a JSON text holds, numbers as `Digits`, None where it holds none or is broken."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def json_lines(source: TextIO) -> Iterator[JsonRecord]:
    """Yield a record for each line that is not blank."""
    for number, line in enumerate(source, start=1):
        text = line.strip().removeprefix("\ufeff")
        if text:
            yield _record(number, text, is_cut=not line.endswith("\n"))


def json_sequence(source: TextIO) -> Iterator[JsonRecord]:
    """Yield the objects of a list, or of a text that holds one after another; what is between them is left out."""
    text, line, is_end = "", 1, False
    while True:
        between = _BETWEEN.match(text)
        skipped = between.end() if between else 0
        line, text = line + text.count("\n", 0, skipped), text[skipped:]
        end = _end_of_value(text, is_end=is_end)
        if end is None:
            block = source.read(max(BLOCK_CHARACTERS, len(text)))
            text, is_end = text + block, not block
            if is_end and not text:
                return
            continue
        value, text = text[:end], text[end:]
        yield _record(line, value.strip(), is_cut=is_end and not text)
        line += value.count("\n")


def _end_of_value(text: str, *, is_end: bool) -> int | None:
    """Return where the first value ends, None where more of the text is needed to tell."""
    if not text.startswith("{"):
        found = _SCALAR.match(text)
        return None if not found or (found.end() == len(text) and not is_end) else found.end()
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            whole = decoded(text[: token.end()])
            return token.end() if whole is not None else _end_of_broken(text, token.end())
    if not is_end:
        return None
    return _end_of_broken(text, len(text))


def _end_of_broken(text: str, otherwise: int) -> int:
    """Return where a broken object ends: before the next that begins, so that it costs no other."""
    found = _NEXT_OBJECT.search(text)
    return min(found.end(), otherwise) if found else otherwise


def _record(line: int, text: str, *, is_cut: bool) -> JsonRecord:
    if BROKEN in text:
        return JsonRecord(line, text, None, "truncated" if is_cut and text.endswith(BROKEN) else "bad_encoding")
    found = decoded(text)
    if not isinstance(found, dict):
        return JsonRecord(line, text, None, "truncated" if is_cut and found is None else "bad_json")
    if "\x00" in text or ("\\u0000" in text and "\x00" in _all_text(found)):
        return JsonRecord(line, text, None, "nul_character")
    if "\\u" in text and _SURROGATE.search(_all_text(found)):
        return JsonRecord(line, text, None, "bad_encoding")
    return JsonRecord(line, text, found)


def _all_text(value: object) -> str:
    match value:
        case str():
            return value
        case dict():
            return " ".join(f"{key} {_all_text(each)}" for key, each in value.items())
        case list():
            return " ".join(map(_all_text, value))
        case _:
            return ""
