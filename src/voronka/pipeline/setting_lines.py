"""Writes one setting into the text of voronka.toml as a person would: comments, order and all else stay."""

import re
import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import InlineTable

Path = tuple[str, ...]
_HEADER = re.compile(r"\s*\[[^\[\]]+\]\s*(#.*)?")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def with_value(text: str, path: Path, value: object) -> str | None:
    """Return the text with a setting set, taken out for None; None where it cannot be said in this text.

    The new text says this one thing otherwise and everything else as before: that is looked at, not hoped for.
    """
    before = tomllib.loads(text)
    wanted = with_said(before, path, value)
    if wanted == before:
        return text
    for way in (_replaced, _beside_its_comment, _put, _appended):
        try:
            found = way(text, path, value)
            if found is not None and tomllib.loads(found) == wanted:
                return found
        except (ValueError, KeyError, TypeError, AttributeError):  # tomlkit's own errors are ValueErrors too
            continue
    return None


def said_at(told: Mapping[str, Any], path: Path) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Return what a file says of a setting, None where it says nothing."""
    found: Any = told
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def with_said(told: Mapping[str, Any], path: Path, value: object) -> dict[str, Any]:
    """Return what a file says with one setting otherwise, left out for None."""
    head, rest = path[0], path[1:]
    if not rest:
        kept = {key: each for key, each in told.items() if key != head}
        return kept if value is None else {**told, head: value}
    inner = told.get(head)
    if value is None and not isinstance(inner, Mapping):
        return dict(told)
    return {**told, head: with_said(inner if isinstance(inner, Mapping) else {}, rest, value)}


def _replaced(text: str, path: Path, value: object) -> str | None:
    """Put a value in the place of the one that is there, or take it out with its line."""
    document = tomlkit.parse(text)
    table = _table(document, path[:-1])
    if table is None or (path[-1] not in table and not isinstance(table, InlineTable)):
        return None
    if value is None:
        del table[path[-1]]
    else:
        table[path[-1]] = _item(value)
    return document.as_string()


def _put(text: str, path: Path, value: object) -> str | None:
    """Add to a table that has no header of its own."""
    document = tomlkit.parse(text)
    table = _table(document, path[:-1])
    if table is None or value is None:
        return None
    table[path[-1]] = _item(value)
    return document.as_string()


def _beside_its_comment(text: str, path: Path, value: object) -> str | None:
    """Add a line to its table: below the comment that shows its default, else below the table's last line."""
    lines = text.split("\n")
    first, last = _section(lines, path[:-1])
    if value is None or first is None:
        return None
    shown = re.compile(rf"#\s*{re.escape(path[-1])}\s*=.*")
    at = next((n for n in range(first, last) if shown.fullmatch(lines[n].strip())), None)
    if at is None:
        told = (n for n in range(last - 1, first - 1, -1) if lines[n].strip() and not lines[n].strip().startswith("#"))
        at = next(told, first - 1)
    return "\n".join([*lines[: at + 1], _line(path[-1], value), *lines[at + 1 :]])


def _appended(text: str, path: Path, value: object) -> str | None:
    """Add a table with this one line at the end."""
    if value is None or len(path) == 1:
        return None
    header = ".".join(_key(part) for part in path[:-1])
    return f"{text.rstrip()}\n\n[{header}]\n{_line(path[-1], value)}\n"


def _section(lines: Sequence[str], table: Path) -> tuple[int | None, int]:
    """Return the lines of a table, its header not among them; a first one of None where the text has no such header."""
    headers = [n for n, line in enumerate(lines) if _HEADER.fullmatch(line)]
    if not table:
        return 0, headers[0] if headers else len(lines)
    for place, number in enumerate(headers):
        name = lines[number].split("#")[0].strip()[1:-1]
        if tuple(part.strip().strip("\"'") for part in name.split(".")) == table:
            return number + 1, headers[place + 1] if place + 1 < len(headers) else len(lines)
    return None, len(lines)


def _table(document: Any, path: Path) -> MutableMapping[str, Any] | None:  # noqa: ANN401 - tomlkit's tables
    found = document
    for part in path:
        if not isinstance(found, MutableMapping) or part not in found:
            return None
        found = found[part]
    return found if isinstance(found, MutableMapping) else None


def _item(value: object) -> Any:  # noqa: ANN401 - an item of tomlkit's
    if not isinstance(value, Mapping):
        return tomlkit.item(value)
    table = tomlkit.inline_table()
    table.update(value)
    return table


def _line(key: str, value: object) -> str:
    return f"{_key(key)} = {_item(value).as_string()}"


def _key(part: str) -> str:
    return part if _BARE.fullmatch(part) else tomlkit.item(part).as_string()
