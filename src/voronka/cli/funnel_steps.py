"""Reads a funnel as it is asked for on the command line: its steps, its windows, what is optional."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.analyses.funnel import Funnel, FunnelStep, Order, Ties
from voronka.analyses.funnel_figures import SECOND
from voronka.domain.durations import length_of
from voronka.domain.errors import QuestionError, did_you_mean

LISTED = "List them: voronka path --show steps"
HOW = "Write it with its unit, as 14d, 36h, 90m or 2w"
MOST = 3
"""Names that a hint tells at most."""
Known = Mapping[str, tuple[int, ...]]
"""The names that a step may be asked by, and the places of what they mean in the log."""


@dataclass(frozen=True)
class Asking:
    """The options of a funnel as they were written."""

    steps: str
    order: Order = "ordered"
    ties: Ties = "either"
    window: str | None = None
    step_windows: Sequence[str] = ()
    optional: Sequence[str] = ()


def funnel_of(asking: Asking, known: Known) -> Funnel:
    """Return the funnel of what was written; QuestionError for a name that is not known and a length that is none."""
    names = step_names(asking.steps)
    windows = dict(_windowed(text, names) for text in asking.step_windows)
    optional = {_named(text.strip(), names, "--optional") for text in asking.optional}
    return Funnel(
        tuple(FunnelStep(name, _meant(name, known), windows.get(name), name in optional) for name in names),
        asking.order,
        None if asking.window is None else _micros(asking.window, "--window"),
        asking.ties,
    )


def step_names(text: str, option: str = "--steps") -> list[str]:
    """Return the steps of `A, B|C, "D, with a comma"`, each as it is written."""
    try:
        rows = list(csv.reader([text], skipinitialspace=True, strict=True))
    except csv.Error as fault:
        raise QuestionError(f"{option} cannot be read: {text}", do='Write them as A,B,"C, with a comma"') from fault
    names = [name.strip() for row in rows for name in row]
    if not all(names) or not names:
        raise QuestionError(f"{option} names a step without a name: {text}", do='Write them as A,B,"C, with a comma"')
    return names


def _meant(name: str, known: Known) -> tuple[int, ...]:
    """Return the places of a step, or of all the steps of `A|B`."""
    if name in known:
        return known[name]
    parts = [part.strip() for part in name.split("|")]
    for part in parts:
        if part not in known:
            raise QuestionError(f"the log has no step {part}", do=_beginning(part, known) or _nearest(part, known))
    return tuple(dict.fromkeys(place for part in parts for place in known[part]))


def _beginning(part: str, known: Known) -> str:
    """Return a hint of the steps whose names only begin with what was written; '' where none does."""
    longer = sorted(name for name in known if part and name.lower().startswith(part.lower()))
    return f"Did you mean {' or '.join(longer[:MOST])}?" if longer else ""


def _nearest(part: str, known: Known) -> str:
    return did_you_mean(part, known) or LISTED


def _windowed(text: str, names: Sequence[str]) -> tuple[str, int]:
    name, sign, length = text.rpartition("=")
    if not sign:
        raise QuestionError(f"--step-window has no length: {text}", do="Write it as STEP=2d")
    return _named(name.strip(), names, "--step-window"), _micros(length, "--step-window")


def _named(name: str, names: Sequence[str], option: str) -> str:
    if name not in names:
        raise QuestionError(f"{option} names no step of --steps: {name}", do=did_you_mean(name, names))
    return name


def _micros(text: str, option: str) -> int:
    seconds = length_of(text)
    if seconds is None:
        raise QuestionError(f"{option} is no length of time: {text}", do=HOW)
    return round(seconds * SECOND)
