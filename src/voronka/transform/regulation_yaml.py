"""Writes a regulation into the text of a pipeline's file as a person would: every other line stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from voronka.transform.proposal_yaml import scalar

KEY = "regulations"
_LONGEST = 110
"""Characters of a line; a longer regulation goes on in the next one."""
_OFFSET = 2
_BREAKS = ("\r", "\x85", "\u2028", "\u2029")
"""Ends of lines to YAML alone: with these its lines are not ours."""
_Pairs = Sequence[tuple[yaml.Node, yaml.Node]]


@dataclass(frozen=True)
class _Edit:
    """What stands from one place of a text to another, replaced."""

    start: int
    end: int
    text: str


def with_new_regulation(text: str, values: Mapping[str, str]) -> str | None:
    """Return the text with one more regulation behind the others; None where it has no place for it.

    `values` are its keys with their values as YAML words, in order.
    """
    root = _root(text)
    if root is None:
        return None
    key, known = _entry(root.value, KEY)
    if key is None or known is None:
        ended = text if text.endswith("\n") else f"{text}\n"
        return "\n".join([f"{ended}{KEY}:", *_item(values, _OFFSET)]) + "\n"
    if isinstance(known, yaml.SequenceNode) and known.value:
        last = known.value[-1]
        if known.flow_style:
            return _edited(text, [_Edit(last.end_mark.index, last.end_mark.index, f", {_flow(values)}")])
        return _with_lines(text, _last_line(last) + 1, _item(values, known.start_mark.column))
    is_void = known.start_mark.index == known.end_mark.index
    bare = text if is_void else _edited(text, [_Edit(key.end_mark.index, known.end_mark.index, ":")])
    return _with_lines(bare, key.start_mark.line + 1, _item(values, key.start_mark.column + _OFFSET))


def with_regulation(text: str, number: int, values: Mapping[str, str | None]) -> str | None:
    """Return the text with other values of a regulation, which is the `number`th; a value of None is left out.

    None where the lines are such that this cannot be done.
    """
    item = _of_number(text, number)
    if item is None or any(value is None and _entry(item.value, key)[0] is None for key, value in values.items()):
        return None
    edits = [
        edit
        for key, value in values.items()
        for edit in (_less(text, item, key) if value is None else _other(text, item, key, value))
    ]
    missing = {key: value for key, value in values.items() if value is not None and _entry(item.value, key)[0] is None}
    return _edited(text, [*edits, *_more(text, item, missing)])


def without_regulation(text: str, number: int) -> str | None:
    """Return the text without the `number`th regulation; None where the lines are such that this cannot be done."""
    root, item = _root(text), _of_number(text, number)
    key, known = _entry(root.value, KEY) if root else (None, None)
    if item is None or key is None or not isinstance(known, yaml.SequenceNode):
        return None
    if known.flow_style:
        return _edited(text, [_out_of(known.value, number)])
    edits = [_lines(text, _dash_line(text, item), _last_line(item) + 1)]
    if len(known.value) == 1:
        colon = text.index(":", key.end_mark.index) + 1
        edits.append(_Edit(colon, colon, " []"))
    return _edited(text, edits)


def _root(text: str) -> yaml.MappingNode | None:
    if any(mark in text for mark in _BREAKS):
        return None
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if isinstance(root, yaml.MappingNode) and not root.flow_style else None


def _of_number(text: str, number: int) -> yaml.MappingNode | None:
    root = _root(text)
    known = _entry(root.value, KEY)[1] if root else None
    if not isinstance(known, yaml.SequenceNode) or number >= len(known.value):
        return None
    found = known.value[number]
    return found if isinstance(found, yaml.MappingNode) else None


def _entry(pairs: _Pairs, name: str) -> tuple[yaml.Node, yaml.Node] | tuple[None, None]:
    return next(((key, value) for key, value in pairs if key.value == name), (None, None))


def _other(text: str, item: yaml.MappingNode, name: str, value: str) -> Iterator[_Edit]:
    """Yield the edit of a key that is there."""
    key, held = _entry(item.value, name)
    if key is None or held is None:
        return
    if held.start_mark.index == held.end_mark.index:  # nothing behind the colon
        colon = text.index(":", key.end_mark.index) + 1
        yield _Edit(colon, colon, f" {value}")
    elif isinstance(held, yaml.CollectionNode) and not held.flow_style:
        start = text.index(":", key.end_mark.index) + 1
        yield _Edit(start, _end_of_line(text, _last_line(held)), f" {value}")
    else:
        yield _Edit(held.start_mark.index, held.end_mark.index, value)


def _more(text: str, item: yaml.MappingNode, values: Mapping[str, str]) -> Iterator[_Edit]:
    """Yield the edit that adds keys: behind the last ones, in a block of lines under the limit itself."""
    if not values:
        return
    told = [f"{key}: {value}" for key, value in values.items()]
    if item.flow_style:
        end = item.value[-1][1].end_mark.index
        yield _Edit(end, end, "".join(f", {each}" for each in told))
        return
    _, limit = _entry(item.value, "minutes")
    line = (limit or item.value[-1][1]).end_mark.line
    end, indent = _end_of_line(text, line), " " * item.start_mark.column
    yield _Edit(end, end, "".join(f"\n{indent}{each}" for each in told))


def _less(text: str, item: yaml.MappingNode, name: str) -> Iterator[_Edit]:
    """Yield the edit that takes a key out; of one beside the dash the value alone."""
    place = next(number for number, (key, _) in enumerate(item.value) if key.value == name)
    key, held = item.value[place]
    if item.flow_style:
        yield _out_of(item.value, place)
    elif key.start_mark.line == _dash_line(text, item):
        yield from _other(text, item, name, "null")
    else:
        yield _lines(text, key.start_mark.line, _last_line(held) + 1)


def _out_of(parts: Sequence[yaml.Node] | _Pairs, place: int) -> _Edit:
    """Return the edit that takes a part out of a list on one line, with one comma."""
    bounds = [
        (part[0].start_mark.index, part[1].end_mark.index)
        if isinstance(part, tuple)
        else (part.start_mark.index, part.end_mark.index)
        for part in parts
    ]
    start, end = bounds[place]
    if place:
        return _Edit(bounds[place - 1][1], end, "")
    return _Edit(start, bounds[1][0] if len(bounds) > 1 else end, "")


def _item(values: Mapping[str, str], indent: int) -> list[str]:
    """Return the lines of a new regulation in a list of lines."""
    lines, inner = [" " * indent + "- { "], " " * (indent + 2 * _OFFSET)
    parts = [f"{key}: {value}" for key, value in values.items()]
    for number, part in enumerate(parts):
        said = part + (", " if number < len(parts) - 1 else " }")
        if len(lines[-1]) + len(said) > _LONGEST and lines[-1].strip() != "- {":
            lines.append(inner)
        lines[-1] += said
    return [line.rstrip() for line in lines]


def _flow(values: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{key}: {value}" for key, value in values.items()) + " }"


def _last_line(node: yaml.Node) -> int:
    """Return the last line of a value: the mark of a block stands behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    return end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line


def _dash_line(text: str, item: yaml.Node) -> int:
    """Return the line of the dash before an item, which may stand above it."""
    return text.count("\n", 0, text.rindex("-", 0, item.start_mark.index))


def _start_of_line(text: str, line: int) -> int:
    place = 0
    for _ in range(line):
        place = text.find("\n", place) + 1
        if not place:
            return len(text)
    return place


def _end_of_line(text: str, line: int) -> int:
    end = text.find("\n", _start_of_line(text, line))
    return len(text) if end < 0 else end


def _lines(text: str, first: int, behind: int) -> _Edit:
    return _Edit(_start_of_line(text, first), _start_of_line(text, behind), "")


def _with_lines(text: str, line: int, new: Sequence[str]) -> str:
    whole = text if text.endswith("\n") else f"{text}\n"
    start = _start_of_line(whole, line)
    return whole[:start] + "".join(f"{each}\n" for each in new) + whole[start:]


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def minutes_word(minutes: float) -> str:
    """Return minutes as a person writes them: 30, not 30.0."""
    return str(int(minutes)) if minutes == int(minutes) else repr(minutes)


def title_word(title: str | Mapping[str, str]) -> str:
    """Return a title, or its languages, as one YAML word."""
    if isinstance(title, str):
        return scalar(title)
    return "{ " + ", ".join(f"{language}: {scalar(said)}" for language, said in title.items()) + " }"
