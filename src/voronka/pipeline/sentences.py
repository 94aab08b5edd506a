"""What is said of files and their rows, in the reader's language: by the English sentence, the only one code writes."""

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import yaml

from voronka.domain.errors import VoronkaError

_WORDS, _REFUSALS = (Path(__file__).with_name(f"{name}.ru.yml") for name in ("sentences", "refusals"))
_DEEDS = {language: Path(__file__).with_name(f"deeds.{language}.yml") for language in ("ru", "en")}
_ADDRESSES = Path(__file__).with_name("addresses.yml")
_ADDRESS = re.compile(r"(?P<path>(?:GET|POST|PUT|PATCH|DELETE) /[^?]*)(?:\?(?P<asked>.*))?", re.DOTALL)
_HOLE = re.compile(r"\{(\w+)\}")
_SAID = "_said"
"""What the name of a hole ends with whose value is a sentence itself."""
_FIGURES, _FIGURE = {"n", "sum"}, r"[\d,.-]"
"""Holes that hold a figure alone."""
_MARK = "; "
_LONGEST = 3
"""How many parts between marks one sentence may have."""
_PLACES = 6
"""How many marks of a message are tried as the end of its place, its sentence and its advice."""


def sentence_in(language: str, text: str) -> str:
    """Return a sentence in the language; one that has no words there stays as it is.

    Sentences joined by `; ` are said one by one, and so are the parts of a message: `where: what. What to do.`
    """
    if language != "ru" or not text:
        return text
    return _whole(text) or _joined(text) or _message(text) or _whole(text, is_loose=True) or text


def error_in(language: str, fault: VoronkaError) -> str:
    """Return an error's message in the language; in English whole where what happened has no words in it."""
    what = None if language == "en" else _whole(fault.what) or _joined(fault.what)
    if what is None:
        return fault.sentence()
    return VoronkaError(what, where=fault.where, do=sentence_in(language, fault.do)).sentence()


def refusal_in(language: str, text: str) -> str:
    """Return why a page is refused an answer, or what to do about it, in the language where it has words there."""
    if language != "ru" or not text:
        return text
    return _said_by(_REFUSALS, text, partial(refusal_in, language)) or sentence_in(language, text)


def deed_in(language: str, text: str) -> str:
    """Return what the audit log says was done in the language; what has no words stays as it is.

    An address becomes what it is for, and what was asked with it stands behind.
    """
    if found := _ADDRESS.fullmatch(text):
        return _address(language, found["path"], found["asked"] or "") or text
    return _said_by(_DEEDS["ru" if language == "ru" else "en"], text, partial(deed_in, language)) or text


def _address(language: str, path: str, asked: str) -> str | None:
    words = next((words for pattern, words in _addresses() if pattern.fullmatch(path)), None)
    if words is None:
        return None
    said = words[1] if language == "ru" else words[0]
    return f"{said} ({asked})" if asked else said


@cache
def _addresses() -> list[tuple[re.Pattern[str], list[str]]]:
    """Return the addresses with their words in English and Russian, those that leave the least open first."""
    words: dict[str, list[str]] = yaml.safe_load(_ADDRESSES.read_text(encoding="utf-8"))
    ranked = sorted(words.items(), key=lambda item: item[0].count("{"))
    return [(re.compile("[^/]+".join(map(re.escape, _HOLE.split(path)[::2]))), said) for path, said in ranked]


def _said_by(file: Path, text: str, of_part: Callable[[str], str]) -> str | None:
    """Return a text in the words of a file, None where it has none; `of_part` says a part of it."""
    for pattern, said in _patterns(file, is_loose=file == _REFUSALS):
        if found := pattern.fullmatch(text):
            filled = {name: of_part(part) if name.endswith(_SAID) else part for name, part in found.groupdict().items()}
            return "".join(filled[x] if place % 2 else x for place, x in enumerate(_HOLE.split(said)))
    return None


def _joined(text: str) -> str | None:
    """Return sentences that stand side by side in Russian, None where none is known; one may hold the mark itself."""
    parts, said, place = text.split(_MARK), [], 0
    while place < len(parts):
        ways = ((_whole(_MARK.join(parts[place:end])), end) for end in range(place + _LONGEST, place, -1))
        found, end = next((way for way in ways if way[0]), (None, place + 1))
        said.append(found or parts[place])
        place = end
    return None if said == parts else _MARK.join(said)


def _message(text: str) -> str | None:
    """Return a whole message in Russian, None where its sentence is not known."""
    for place in (0, *_behind(": ", text)):
        for end in (*_behind(". ", text), len(text) + 2):
            what = _whole(text[place : end - 2].removesuffix("." if end > len(text) else ""))
            if what is None or " " not in what:
                continue
            advice = text[end:].removesuffix(".")
            said = f"{text[:place]}{what}"
            return f"{said}. {_whole(advice) or advice}{'' if advice.endswith('?') else '.'}" if advice else said
    return None


def _behind(mark: str, text: str) -> list[int]:
    return [found.end() for found in re.finditer(re.escape(mark), text)][:_PLACES]


def _whole(text: str, *, is_loose: bool = False) -> str | None:
    """Return one sentence in Russian; `is_loose`: what varies in it may hold the mark that joins sentences."""
    for pattern, said in _patterns(_WORDS, is_loose=is_loose):
        if found := pattern.fullmatch(text):
            pieces = _HOLE.split(said)
            return "".join(_value(x, found[x]) if place % 2 else x for place, x in enumerate(pieces))
    return None


def _value(name: str, text: str) -> str:
    return sentence_in("ru", text) if name.endswith(_SAID) else text


@cache
def _patterns(file: Path, *, is_loose: bool) -> list[tuple[re.Pattern[str], str]]:
    """Return the sentences, those that say most first: of two that a text fits, the one with less left open."""
    words: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    ranked = sorted(words.items(), key=lambda item: len(_HOLE.sub("", item[0])), reverse=True)
    return [(_pattern(english, is_loose=is_loose), russian) for english, russian in ranked]


def _pattern(english: str, *, is_loose: bool) -> re.Pattern[str]:
    made = []
    for place, piece in enumerate(_HOLE.split(english)):
        one = _FIGURE if piece in _FIGURES else "." if is_loose or piece.endswith(_SAID) else f"(?:(?!{_MARK}).)"
        made.append(re.escape(piece) if place % 2 == 0 else f"(?P<{piece}>{one}+?)")
    return re.compile("".join(made), re.DOTALL)
