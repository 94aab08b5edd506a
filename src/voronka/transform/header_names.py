"""The names that other systems give to our columns, and how a header is compared with them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from voronka.domain.documents import read_own_yaml
from voronka.transform.duration_readers import UNIT_WORDS
from voronka.transform.import_tables import import_tables

_ACTIVITIES = "stg_activities"
_MONEYS = (
    *("руб", "рублей", "рублях", "р", "rub", "rur", "usd", "eur", "gbp", "kzt", "byn"),
    *(
        "тыс",
        "тысяч",
        "тысячах",
        "т",
        "млн",
        "миллионах",
        "k",
        "к",
        "thousand",
        "thousands",
        "mln",
        "million",
        "millions",
    ),
)
_OTHERS = ("utc", "gmt", "msk", "мск", "crm")
_UNITS = tuple(name for names in UNIT_WORDS.values() for name in names)
_NEUTRAL = (
    ("yes", "no"),
    ("y", "n"),
    *((*before, tax) for tax in ("ндс", "vat", "tax") for before in (("с",), ("без",), ("incl",), ("excl",), ())),
    *((before, word) for word in (*_UNITS, *_MONEYS) for before in ("in", "в")),
    *((word,) for word in (*_MONEYS, *_OTHERS, *_UNITS)),
)
"""Words at the end of a header that say how its values are written, not what they are."""
_NEAR = 0.9
_LONG = 7


@dataclass(frozen=True, order=True)
class Match:
    """How well a header answers to one of our columns: the lower, the better.

    level: 0 the whole header, 1 without its brackets, 2 without the table's own word, 3 without units, 4 nearly.
    tier: 0 a name of this table, 1 of any activity, 2 of any table. place: the rank among the names.
    """

    level: int
    tier: int
    place: int
    ours: str
    name: str


@dataclass(frozen=True)
class HeaderNames:
    """The names of one import table: ours by the squeezed name of theirs, with tier and place."""

    table: str
    file_words: tuple[str, ...]
    entity: frozenset[str]
    needs: tuple[tuple[str, ...], ...]
    together: tuple[frozenset[str], ...]
    known: Mapping[str, tuple[tuple[int, int, str, str], ...]]

    def matches(self, header: str) -> list[Match]:
        """Return our columns that a header may mean, best first; near names only where nothing else is found."""
        return self.exact(header) or self._near(header)

    def exact(self, header: str) -> list[Match]:
        """Return our columns of which the header is a known name, best first."""
        found: dict[str, Match] = {}
        for level, spelled in self._spellings(header):
            for tier, place, ours, name in self.known.get(spelled, ()):
                match = Match(level, tier, place, ours, name)
                found[ours] = min(match, found.get(ours, match))
        return sorted(found.values())

    def _spellings(self, header: str) -> Iterator[tuple[int, str]]:
        whole = words(header)
        bare = words(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", header))
        yield 0, "".join(whole)
        yield 1, "".join(bare)
        for level, text in ((2, bare), (3, _without_units(bare))):
            yield level, "".join(text)
            yield level, "".join(self._without_entity(text))
            yield level, "".join(self._without_entity(_split_id(text)))

    def _without_entity(self, text: tuple[str, ...]) -> tuple[str, ...]:
        while len(text) > 1 and text[0] in self.entity:
            text = text[1:]
        return text[:-1] if len(text) > 1 and text[-1] in self.entity else text

    def _near(self, header: str) -> list[Match]:
        text = "".join(words(header))
        if len(text) < _LONG:
            return []
        least, most = max(_LONG, len(text) * _NEAR / (2 - _NEAR)), len(text) * (2 - _NEAR) / _NEAR
        columns = import_tables()[self.table].columns
        close = (
            Match(4, tier, place, ours, name)
            for spelled, meanings in self.known.items()
            if least <= len(spelled) <= most and _are_near(text, spelled)
            for tier, place, ours, name in meanings
            if columns[ours] != "id"  # a contract is no contact
        )
        return sorted(close)[:1]


def _are_near(text: str, known: str) -> bool:
    """Return whether two names differ by a letter or so."""
    compared = SequenceMatcher(None, text, known, autojunk=False)
    return compared.quick_ratio() >= _NEAR and compared.ratio() >= _NEAR


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a header in lower case: `CloseDate`, `close_date` and `Close Date#2` are the same."""
    plain = (
        re.sub(r"#\d+$", "", text.strip()).replace("№", " n ").replace("#", " n ").replace("ё", "е").replace("Ё", "Е")
    )
    split = re.sub(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я][a-zа-я])", " ", plain)
    return tuple(re.findall(r"[^\W_]+", split.casefold()))


def squeezed(text: str) -> str:
    """Return a text's letters and digits in one piece, in lower case."""
    return "".join(words(text))


def says(text: str, phrase: str) -> bool:
    """Return whether the words of a phrase stand in a text one after another."""
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


@cache
def header_names() -> dict[str, HeaderNames]:
    """Return the names of each import table."""
    document = vocabulary()
    return {name: _table(name, document) for name in import_tables()}


@cache
def known_headers() -> frozenset[str]:
    """Return every name that a header of any table is known by, its letters and digits in one piece."""
    return frozenset().union(*(names.known for names in header_names().values()))


@cache
def extension_names() -> frozenset[str]:
    """Return what a person's internal number is called, letters and digits in one piece."""
    return frozenset(squeezed(str(name)) for name in vocabulary()["tables"]["employees"]["columns"]["extension"])


@cache
def vocabulary() -> dict[str, Any]:
    """Return the whole of header_names.yml."""
    path = Path(__file__).with_name("header_names.yml")
    return read_own_yaml(path.read_text(encoding="utf-8"))


def _table(name: str, document: Mapping[str, Any]) -> HeaderNames:
    own = document["tables"][name]
    shared = document["tables"]["activities"]["columns"] if import_tables()[name].stage == _ACTIVITIES else {}
    known: dict[str, dict[str, tuple[int, int, str, str]]] = {}
    for ours in import_tables()[name].columns:
        tiers = (own["columns"].get(ours, ()), shared.get(ours, ()), (ours, *document["common"].get(ours, ())))
        for tier, names in enumerate(tiers):
            for place, theirs in enumerate(names):
                for spelled in _also_spelled(str(theirs)):
                    known.setdefault(spelled, {}).setdefault(ours, (tier, place, ours, str(theirs)))
    return HeaderNames(
        name,
        tuple(own["words"]),
        frozenset(own["entity"]),
        tuple(tuple(group) for group in own["needs"]),
        tuple(frozenset(group) for group in own.get("together", ())),
        {theirs: tuple(sorted(meanings.values())) for theirs, meanings in known.items()},
    )


def _also_spelled(name: str) -> tuple[str, ...]:
    """Return a name in one piece, and with the sign of a number for the word: `номер платежа` is `№ платежа`."""
    first, *rest = words(name)
    return (squeezed(name), *(("n" + "".join(rest),) if first == "номер" and rest else ()))


def _split_id(text: tuple[str, ...]) -> tuple[str, ...]:
    """Return `leadid` as `lead`, `id`."""
    if len(text) == 1 and text[0].endswith("id") and len(text[0]) > len("id"):
        return (text[0][:-2], "id")
    return text


def _without_units(text: tuple[str, ...]) -> tuple[str, ...]:
    for unit in _NEUTRAL:
        if len(text) > len(unit) and text[-len(unit) :] == unit:
            return _without_units(text[: -len(unit)])
    return text
