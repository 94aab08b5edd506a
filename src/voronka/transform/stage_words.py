"""Guesses of what a pipeline's stages are: which are won or lost, a plain milestone, and their usual order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from voronka.transform.header_names import squeezed, vocabulary, words

Outcome = Literal["open", "won", "lost"]
_MIDDLE = 4.5
"""Where an open stage of unknown name stands among the groups of the usual order."""


@dataclass(frozen=True)
class StageGuess:
    """A stage as the source calls it, the rows in it, and what it seems to be."""

    text: str
    rows: int
    outcome: Outcome
    milestone: str | None
    is_known: bool


def guess_stages(found: Mapping[str, int], entity: str) -> tuple[StageGuess, ...]:
    """Return the stages in a sensible order; `found`: texts with counts, `entity`: leads or deals."""
    guesses = [_guess(text, rows, entity) for text, rows in found.items()]
    return tuple(sorted(guesses, key=lambda guess: (*_rank(guess), -guess.rows, guess.text)))


def _guess(text: str, rows: int, entity: str) -> StageGuess:
    outcome = outcome_of(text)
    wanted = {"leads": "qualified", "deals": "accepted"}.get(entity, "")
    plain = outcome == "open" and squeezed(_bare(text)) in _squeezed(wanted)
    is_known = outcome != "open" or plain or _place(text) is not None
    return StageGuess(text, rows, outcome, wanted if plain else None, is_known)


def outcome_of(text: str) -> Outcome:
    """Return the outcome that a stage's name speaks of, open where it speaks of none.

    Of «Архив: проиграна» the whole is asked first, then what stands behind the colon.
    """
    said = _spoken_of(text)
    return said if said != "open" or ":" not in text else _spoken_of(text.rpartition(":")[2])


def _spoken_of(text: str) -> Outcome:
    plain = squeezed(_bare(text))
    spoken = " ".join(words(_bare(text)))
    for outcome in ("lost", "won"):
        if plain in _squeezed(outcome) or _starts(spoken, outcome):
            return outcome
    return "open"


def _starts(spoken: str, outcome: str) -> bool:
    """Return whether a name begins as the outcome's names do: with whole English words, with stems of Russian ones."""
    return any(
        f"{spoken} ".startswith(f"{start} " if start.isascii() else start)
        for start in vocabulary()["stages"][f"{outcome}_starts"]
    )


def _bare(text: str) -> str:
    """Return a stage's name without a number in front or the prefix of a Bitrix24 pipeline (`C3:WON`)."""
    return re.sub(r"^\s*(?:C\d+:|\d{1,2}\s*[.)\-:]\s*(?=\D))", "", text)


@cache
def _squeezed(group: str) -> frozenset[str]:
    return frozenset(squeezed(str(name)) for name in vocabulary()["stages"].get(group, ()))


def _place(text: str) -> int | None:
    plain = squeezed(_bare(text))
    for place, names in enumerate(vocabulary()["stages"]["order"]):
        if plain in {squeezed(str(name)) for name in names}:
            return place
    return None


def _rank(guess: StageGuess) -> tuple[int, float]:
    group = ("open", "won", "lost").index(guess.outcome)
    numbered = re.match(r"^\s*(\d{1,2})\s*[.)\-:]", guess.text)
    if numbered:
        return group, float(numbered[1]) / 100
    place = _place(guess.text)
    return group, _MIDDLE if place is None else float(place)
