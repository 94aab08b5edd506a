"""Chooses the import table that a file is for, by its headers and by the words of its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from voronka.domain.errors import InputError, SettingsError, did_you_mean
from voronka.transform.header_names import HeaderNames, header_names, says, vocabulary
from voronka.transform.import_tables import import_tables

_TIERS = (1.0, 0.6, 0.25)
"""What a header counts for: a name of this table, of any activity, of any table."""
_FILE_WORD = 2.0
_MORE_WORDS = 1.0
"""What each further word counts for: «line items» tells more than «sales»."""
_TOGETHER = 0.5
"""What columns count for that hardly another table has side by side."""
_LEAST = 0.5
"""The score below which nothing is proposed: a date and an owner alone are in every table."""
_WORTH_NAMING = 0.3
"""A runner-up has at least this share of the best one's score."""


@dataclass(frozen=True)
class Choice:
    """The table chosen, why, and the next best one ('' where nothing else fits)."""

    table: str
    reason: str
    runner_up: str


def choose_table(headers: Sequence[str], file_name: str, into: str | None = None) -> Choice:
    """Return the table a file is for. Raises SettingsError for an unknown `into`, InputError where nothing fits."""
    if into is not None and into not in import_tables():
        raise SettingsError(f"there is no table {into} to import into", do=did_you_mean(into, import_tables()))
    weights = _weights(headers)
    scores = {name: _score(names, weights, file_name) for name, names in header_names().items()}
    ranked = sorted((name for name in scores if scores[name] > 0), key=lambda name: -scores[name])
    others = [name for name in ranked if name != into]
    if into is not None:
        return Choice(into, "as asked for", others[0] if others else "")
    if _is_foreign(file_name) or not ranked or scores[ranked[0]] < _LEAST:
        raise InputError(
            "the headers and the file's name do not tell which of our tables the file is for",
            where=file_name,
            do=f"Say it with --into, such as --into {ranked[0] if ranked else 'deals, leads, calls or employees'}",
        )
    best = ranked[0]
    if spoken := _spoken_of(scores, best, file_name):
        needed = ", ".join(" or ".join(group) for group in header_names()[spoken].needs)
        raise InputError(
            "the headers and the file's name do not tell which of our tables the file is for: the name speaks of "
            f"{spoken}, but the headers lack what these need: {needed}",
            where=file_name,
            do=f"Say it with --into, such as --into {best}",
        )
    rivals = [name for name in ranked[1:] if scores[name] >= _WORTH_NAMING * scores[best]]
    return Choice(best, _reason(header_names()[best], weights, file_name), next(iter(rivals), ""))


def _weights(headers: Sequence[str]) -> dict[str, dict[str, tuple[float, str]]]:
    """Return, for each header and table, its weight and the column of ours: what few tables know weighs more."""
    found: dict[str, dict[str, tuple[float, str]]] = {}
    for header in headers:
        best = {name: exact[0] for name, names in header_names().items() if (exact := names.exact(header))}
        tiers = {name: _TIERS[match.tier] for name, match in best.items()}
        total = sum(tiers.values())
        found[header] = {name: (tier * tier / total, best[name].ours) for name, tier in tiers.items()}
    return found


def _score(names: HeaderNames, weights: Mapping[str, Mapping[str, tuple[float, str]]], file_name: str) -> float:
    met = {match.ours for header in weights for match in names.exact(header)}
    if not all(any(ours in met for ours in group) for group in names.needs):
        return 0.0
    hits: dict[str, float] = {}
    for by_table in weights.values():
        weight, ours = by_table.get(names.table, (0.0, ""))
        hits[ours] = max(weight, hits.get(ours, 0.0))
    side_by_side = _TOGETHER if any(group <= met for group in names.together) else 0.0
    spoken = len(_file_word(names, file_name).split())
    return sum(hits.values()) + side_by_side + (_FILE_WORD + _MORE_WORDS * (spoken - 1) if spoken else 0.0)


def _spoken_of(scores: Mapping[str, float], best: str, file_name: str) -> str | None:
    """Return a table that the file's name speaks of at more length than of the best; its headers do not fit."""
    shortest = len(_file_word(header_names()[best], file_name))
    for name, names in header_names().items():
        word = _file_word(names, file_name)
        if scores[name] == 0 and " " in word and len(word) > shortest:
            return name
    return None


def _is_foreign(file_name: str) -> bool:
    """Return whether the file's name speaks of a thing that has no table here, such as invoices or tickets."""
    return any(says(PurePath(file_name).stem, word) for word in vocabulary()["foreign"])


def _file_word(names: HeaderNames, file_name: str) -> str:
    """Return the longest word of the table that stands in the file's name, '' where there is none."""
    stem = re.sub(r"\d+", " ", PurePath(file_name).stem)
    return max((word for word in names.file_words if says(stem, word)), key=len, default="")


def _reason(names: HeaderNames, weights: Mapping[str, Mapping[str, tuple[float, str]]], file_name: str) -> str:
    word = _file_word(names, file_name)
    mine = sorted(((by[names.table][0], header) for header, by in weights.items() if names.table in by), reverse=True)
    shown = ", ".join(f"«{header}»" for _, header in mine[:3])
    parts = ([f"«{word}» in the file's name"] if word else []) + ([f"headers such as {shown}"] if shown else [])
    return "; ".join(parts)
