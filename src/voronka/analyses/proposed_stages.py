"""Steps that a model lacks: what cases often go through between two of its stages, proposed as stages of their own."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voronka.analyses.event_log import Numbers
from voronka.analyses.grey_zones import Process
from voronka.analyses.spread import MICROSECONDS

FEWEST_PASSAGES = 20
"""Passages from one stage to the next below which no stage is proposed between them."""
FEWEST_CASES = 10
SHARE_OUTSIDE, SHARE_WORK, SHARE_HERE = 0.1, 0.5, 0.5
"""A sub-path with a stage outside of the model must be in a tenth of passages; one of work alone in half of them, and
half of its passages must be here: a call is made everywhere and is no stage."""
SHARE_TIME = 0.1
"""What a stage has to hold of the usual time of its passages: an offer that is sent as its stage is entered is none."""
LONGEST = 3
_SAME = 0.9
"""A longer sub-path stands for a shorter one of which it has so much."""


@dataclass(frozen=True)
class Proposal:
    """A sub-path between two stages of the model that could be a stage of its own.

    `passages` is how often cases went from `source` to `target` by it, `share` that in percent of all such passages;
    the median is from its first event to the entry of `target`.
    """

    source: int
    target: int
    steps: tuple[int, ...]
    passages: int
    cases: int
    share: float
    median_seconds: float


def proposals(process: Process) -> tuple[Proposal, ...]:
    """Return the sub-paths outside of the model that deserve a stage, those of the most time first.

    One that leads to several stages is told once, where most go by it.
    """
    grams = _Grams.of(process)
    chosen: list[Proposal] = []
    for each in sorted(grams.proposed(process), key=lambda one: (-one.passages, len(one.steps), one.steps)):
        rivals = [other for other in chosen if _is_rival(each, other)]
        if all(len(each.steps) > len(it.steps) and each.passages >= _SAME * it.passages for it in rivals):
            chosen = [*(other for other in chosen if other not in rivals), each]
    told = {each.steps: each for each in sorted(chosen, key=lambda each: each.passages)}
    return tuple(sorted(told.values(), key=lambda each: (-each.passages * each.median_seconds, each.steps)))


def _is_rival(one: Proposal, other: Proposal) -> bool:
    return (one.source, one.target) == (other.source, other.target) and bool({*one.steps} & {*other.steps})


@dataclass(frozen=True, eq=False)
class _Grams:
    """Sub-paths of up to three steps in passages from one stage of the model to the next: each once a passage."""

    every: int
    passages: Numbers
    pair: Numbers
    code: Numbers
    case: Numbers
    took: Numbers
    whole: Numbers

    @classmethod
    def of(cls, process: Process) -> "_Grams":
        log, every = process.log, len(process.log.steps)
        is_entry = process.in_model[log.step]
        entries = np.flatnonzero(is_entry)
        follows = np.flatnonzero(log.case[entries[1:]] == log.case[entries[:-1]]) if len(entries) else entries
        pair_of_entry = np.full(len(entries), -1)
        pair_of_entry[follows] = log.step[entries[follows]] * every + log.step[entries[follows + 1]]
        passage = np.cumsum(is_entry) - 1
        inside = np.flatnonzero((process.outside | process.works)[log.step] & (passage >= 0))
        is_between = (pair_of_entry >= 0)[passage[inside]] & (log.case[entries[passage[inside]]] == log.case[inside])
        inside = inside[is_between]
        step, passage = log.step[inside], passage[inside]
        is_new = np.concatenate(([True], (step[1:] != step[:-1]) | (passage[1:] != passage[:-1])))[: len(step)]
        inside, step, passage = inside[is_new], step[is_new], passage[is_new]
        codes, places = _codes(step, passage, every)
        _, first = np.unique(passage[places] * (every + 1) ** LONGEST + codes, return_index=True)
        places, codes = places[first], codes[first]
        end = entries[passage[places] + 1]
        return cls(
            every,
            pair_of_entry[follows],
            pair_of_entry[passage[places]],
            codes,
            log.case[inside[places]],
            log.at[end] - log.at[inside[places]],
            log.at[end] - log.at[entries[passage[places]]],
        )

    def proposed(self, process: Process) -> Iterator[Proposal]:
        """Yield every sub-path that is frequent and long enough, those inside of others too."""
        base = (self.every + 1) ** LONGEST
        pairs, passed = np.unique(self.passages, return_counts=True)
        codes, everywhere = np.unique(self.code, return_counts=True)
        keys, group, counts = np.unique(self.pair * base + self.code, return_inverse=True, return_counts=True)
        pair, code = np.divmod(keys, base)
        among = passed[np.searchsorted(pairs, pair)]
        here = counts / everywhere[np.searchsorted(codes, code)]
        enough = (among >= FEWEST_PASSAGES) & (counts >= FEWEST_CASES) & (counts >= SHARE_OUTSIDE * among)
        for place in np.flatnonzero(enough).tolist():
            steps = self._steps(int(code[place]))
            share = counts[place] / among[place]
            is_work = not process.outside[list(steps)].any()
            if is_work and (share < SHARE_WORK or here[place] < SHARE_HERE):
                continue
            rows = group == place
            cases, median = len(np.unique(self.case[rows])), float(np.median(self.took[rows]))
            if cases >= FEWEST_CASES and median >= SHARE_TIME * float(np.median(self.whole[rows])):
                source, target = divmod(int(pair[place]), self.every)
                yield Proposal(
                    source, target, steps, int(counts[place]), cases, 100 * float(share), median / MICROSECONDS
                )

    def _steps(self, code: int) -> tuple[int, ...]:
        found: list[int] = []
        while code:
            code, step = divmod(code, self.every + 1)
            found.append(step - 1)
        return tuple(reversed(found))


def _codes(step: Numbers, passage: Numbers, every: int) -> tuple[Numbers, Numbers]:
    """Return the numbers of the sub-paths that begin at each event, and the event's place; a number tells its steps."""
    code = np.zeros(len(step), dtype=np.int64)
    codes, places = [], []
    for length in range(LONGEST):
        begins = np.arange(max(len(step) - length, 0))
        begins = begins[passage[begins] == passage[begins + length]]
        code = code[begins] * (every + 1) + step[begins + length] + 1
        codes.append(code)
        places.append(begins)
        code = _back(code, begins, len(step))
    return np.concatenate(codes), np.concatenate(places)


def _back(values: Numbers, places: Numbers, length: int) -> Numbers:
    found = np.zeros(length, dtype=np.int64)
    found[places] = values
    return found
