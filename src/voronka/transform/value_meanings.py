"""Recognises texts: directions, results of calls, states of tasks, outcomes, known names in another spelling."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from voronka.transform.header_names import squeezed, vocabulary

_OUT = ("out", "outbound", "outgoing", "исходящий", "исходящая", "исходящее", "исх")
_IN = ("in", "inbound", "incoming", "входящий", "входящая", "входящее", "вх")
_AS_IS: Mapping[str, frozenset[str]] = {
    "status": frozenset({"planned", "done", "cancelled", "no_show"}),
    "direction": frozenset({*_OUT, *_IN}),
    "outcome": frozenset({"won", "lost", "open"}),
    "answered": frozenset(),
}
"""Texts that the core itself understands: they need no line in `values`."""


def recognised(group: str, texts: Iterable[str]) -> dict[str, str | bool]:
    """Return what each text means that is known in a group: status, direction, answered or outcome."""
    found = {text: _meanings(group).get(squeezed(text)) for text in texts}
    return {text: _typed(meaning) for text, meaning in found.items() if meaning is not None}


def to_be_said(group: str, meanings: Mapping[str, str | bool]) -> dict[str, str | bool]:
    """Return those meanings that the core would not see by itself."""
    return {text: meaning for text, meaning in meanings.items() if text.strip().lower() not in _AS_IS[group]}


def respelled(texts: Iterable[str], known: Sequence[str]) -> dict[str, str | bool]:
    """Return, for each text that is no known name but is one when spaces and hyphens are left out, that name."""
    by_letters: dict[str, set[str]] = {}
    for name in known:
        by_letters.setdefault(_joined(name), set()).add(name)
    exact = {_folded(name) for name in known}
    found: dict[str, str | bool] = {}
    for text in texts:
        names = by_letters.get(_joined(text), set())
        if _folded(text) not in exact and len(names) == 1:
            found[text] = next(iter(names))
    return found


def _folded(name: str) -> str:
    return " ".join(name.lower().replace("ё", "е").split())


def _joined(name: str) -> str:
    """Return a name without spaces and hyphens; other signs may tell two companies apart."""
    return re.sub(r"[\s_\-–—]+", "", _folded(name))


@cache
def _meanings(group: str) -> dict[str, str]:
    return {squeezed(str(text)): meaning for meaning, texts in vocabulary()["values"][group].items() for text in texts}


def _typed(meaning: str) -> str | bool:
    return meaning == "true" if meaning in {"true", "false"} else meaning
