"""Writes items of a list in a YAML text as a person would: every other line stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml

_LONGEST = 110
"""Characters of a line; a longer item goes on in the next one."""
_OFFSET = 2
_BREAKS = ("\r", "\x85", "\u2028", "\u2029")
"""Ends of lines to YAML alone: with these its lines are not ours."""
_Pairs = Sequence[tuple[yaml.Node, yaml.Node]]


Place = tuple[str, int]
"""An item: the key of the list that it is in, and which one it is there, the first being 0."""


@dataclass(frozen=True)
class _Edit:
    """What stands from one place of a text to another, replaced."""

    start: int
    end: int
    text: str


def with_new_item(text: str, name: str, values: Mapping[str, str]) -> str | None:
    """Return the text with one more item behind the others of a list; None where it has no place for it.

    `values` are its keys with their values as YAML words, in order.
    """
    root = _root(text)
    if root is None:
        return None
    key, known = _entry(root.value, name)
    if key is None or known is None:
        ended = text if text.endswith("\n") else f"{text}\n"
        return "\n".join([f"{ended}{name}:", *_item(values, _OFFSET)]) + "\n"
    if isinstance(known, yaml.SequenceNode) and known.value:
        last = known.value[-1]
        if known.flow_style:
            return _edited(text, [_Edit(last.end_mark.index, last.end_mark.index, f", {_flow(values)}")])
        return _with_lines(text, _last_line(last) + 1, _item(values, known.start_mark.column))
    is_void = known.start_mark.index == known.end_mark.index
    bare = text if is_void else _edited(text, [_Edit(key.end_mark.index, known.end_mark.index, ":")])
    return _with_lines(bare, key.start_mark.line + 1, _item(values, key.start_mark.column + _OFFSET))


def with_item(text: str, place: Place, values: Mapping[str, str | None], behind: str = "") -> str | None:
    """Return the text with other values of an item of a list; a value of None is left out.

    In a block of lines new keys stand below the key `behind`, or the last one. None where the lines are such that this
    cannot be done.
    """
    item = _of_number(text, place)
    if item is None or any(value is None and _entry(item.value, key)[0] is None for key, value in values.items()):
        return None
    edits = [
        edit
        for key, value in values.items()
        for edit in (_less(text, item, key) if value is None else _other(text, item, key, value))
    ]
    missing = {key: value for key, value in values.items() if value is not None and _entry(item.value, key)[0] is None}
    return _edited(text, [*edits, *_more(text, item, missing, behind)])


def with_value(text: str, name: str, value: str, behind: str) -> str | None:
    """Return the text with another value of one of its own keys, a new one below the key `behind`; None: no place."""
    root = _root(text)
    if root is None:
        return None
    is_known = _entry(root.value, name)[0] is not None
    edits = _other(text, root, name, value) if is_known else _more(text, root, {name: value}, behind)
    return _edited(text, [*edits])


def without_item(text: str, place: Place) -> str | None:
    """Return the text without an item of a list; None where the lines are such that this cannot be done."""
    (name, number), root, item = place, _root(text), _of_number(text, place)
    key, known = _entry(root.value, name) if root else (None, None)
    if item is None or key is None or not isinstance(known, yaml.SequenceNode):
        return None
    if known.flow_style:
        return _edited(text, [_out_of(known.value, number)])
    edits = [_lines(text, _dash_line(text, item), _last_line(item) + 1)]
    if len(known.value) == 1:
        colon = text.index(":", key.end_mark.index) + 1
        edits.append(_Edit(colon, colon, " []"))
    return _edited(text, edits)


def with_items_arranged(text: str, name: str, order: Sequence[int | Mapping[str, str]]) -> str | None:
    """Return the text with a list's items in another order; None where the lines are such that this cannot be done.

    A number is an item that stands there, a mapping a new one, as for `with_new_item`; what is not named, is left out.
    Comments above an item go where it goes; those of one that is left out stay.
    """
    root = _root(text)
    key, known = _entry(root.value, name) if root else (None, None)
    if key is None or not isinstance(known, yaml.SequenceNode) or not known.value or not order:
        return None
    if list(order) == list(range(len(known.value))):
        return text
    return _flow_arranged(text, known, order) if known.flow_style else _block_arranged(text, known, order)


def _flow_arranged(text: str, known: yaml.SequenceNode, order: Sequence[int | Mapping[str, str]]) -> str | None:
    bounds = [(each.start_mark.index, each.end_mark.index) for each in known.value]
    between = [text[one[1] : other[0]] for one, other in pairwise(bounds)]
    if any("#" in each for each in between):
        return None
    items = [text[slice(*bounds[each])] if isinstance(each, int) else _flow(each) for each in order]
    return _edited(text, [_Edit(bounds[0][0], bounds[-1][1], (between[0] if between else ", ").join(items))])


def _block_arranged(text: str, known: yaml.SequenceNode, order: Sequence[int | Mapping[str, str]]) -> str:
    whole = text if text.endswith("\n") else f"{text}\n"
    lines = whole.split("\n")
    first = behind = _dash_line(text, known.value[0])
    kept, above = dict[int, list[str]](), list[str]()
    for number, item in enumerate(known.value):
        dash, end = _dash_line(text, item), _last_line(item) + 1
        if number in order:
            kept[number], above = [*above, *lines[behind:end]], []
        else:
            above = [*above, *lines[behind:dash]]
        behind = end
    column = known.start_mark.column
    arranged = [line for each in order for line in (kept[each] if isinstance(each, int) else _item(each, column))]
    return "\n".join([*lines[:first], *arranged, *above, *lines[behind:]])


def _root(text: str) -> yaml.MappingNode | None:
    if any(mark in text for mark in _BREAKS):
        return None
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if isinstance(root, yaml.MappingNode) and not root.flow_style else None


def _of_number(text: str, place: Place) -> yaml.MappingNode | None:
    (name, number), root = place, _root(text)
    known = _entry(root.value, name)[1] if root else None
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


def _more(text: str, item: yaml.MappingNode, values: Mapping[str, str], behind: str) -> Iterator[_Edit]:
    """Yield the edit that adds keys: behind the last ones, in a block of lines below one of them."""
    if not values:
        return
    told = [f"{key}: {value}" for key, value in values.items()]
    if item.flow_style:
        end = item.value[-1][1].end_mark.index
        yield _Edit(end, end, "".join(f", {each}" for each in told))
        return
    _, above = _entry(item.value, behind)
    end, indent = _end_of_line(text, _last_line(above or item.value[-1][1])), " " * item.start_mark.column
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
    """Return the lines of a new item in a list of lines."""
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
