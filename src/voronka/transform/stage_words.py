"""Guesses of what a pipeline's stages are: which are won or lost, a plain milestone, and their usual order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from voronka.transform.header_names import squeezed, vocabulary, words

Outcome = Literal["open", "won", "lost"]
_MIDDLE = 4.5
"""Where an open stage of unknown name stands among the groups of the usual order."""
_STRAY = 0.1
"""The share of open records that may have a closing date where such dates are those of closed ones."""


@dataclass(frozen=True)
class StageGuess:
    """A stage as the source calls it, the rows in it, and what it seems to be.

    `is_known`: its name tells what it is. `closed`: how many of the rows have a closing date.
    """

    text: str
    rows: int
    outcome: Outcome
    milestone: str | None
    is_known: bool
    closed: int = 0


def guess_stages(
    found: Mapping[str, int], entity: str, closed: Mapping[str, int] | None = None
) -> tuple[StageGuess, ...]:
    """Return the stages in a sensible order; `found`: texts with counts, `entity`: leads or deals.

    `closed` are the rows that have a closing date, by text. Where such dates tell open records from closed ones, a
    stage of unknown name all of whose rows have one is taken for lost: that counts no sale which nobody made.
    """
    guesses = [replace(_guess(text, rows, entity), closed=(closed or {}).get(text, 0)) for text, rows in found.items()]
    if _tell_closed(guesses):
        guesses = [
            each if each.is_known or each.closed < each.rows else replace(each, outcome="lost") for each in guesses
        ]
    return tuple(sorted(guesses, key=lambda guess: (*_rank(guess), -guess.rows, guess.text)))


def _tell_closed(guesses: Sequence[StageGuess]) -> bool:
    """Say whether closing dates stand on closed records alone: some columns hold the day that is only expected."""
    open_ = [each for each in guesses if each.is_known and each.outcome == "open"]
    has_none = any(each.closed < each.rows for each in guesses)
    return has_none and sum(each.closed for each in open_) <= _STRAY * sum(each.rows for each in open_)


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
