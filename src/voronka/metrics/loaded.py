"""Tells "not loaded" from "nothing happened": a count over a fact that no source has ever filled is unknown, not 0."""

from collections.abc import Iterable
from dataclasses import replace
from threading import Lock

from voronka.lake.engine import Engine
from voronka.metrics.answer import PREVIOUS, Answer, LeftOut, Row, records
from voronka.metrics.resolve import Question

STANDS_ON = {"fct_deal_states": "fct_deals"}
"""Derived facts, and the fact that a source fills."""


class LoadedFacts:
    """Knows which facts hold any row at all, asked once per version of the data."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._version = ""
        self._known: dict[str, bool] = {}

    def missing(self, facts: Iterable[str], version: str) -> frozenset[str]:
        """Return those of the facts that were never loaded."""
        with self._lock:
            if version != self._version:
                self._version, self._known = version, {}
            return frozenset(fact for fact in facts if not self._is_loaded(fact))

    def _is_loaded(self, fact: str) -> bool:
        return self._has_rows(fact) or (fact in STANDS_ON and self._has_rows(STANDS_ON[fact]))

    def _has_rows(self, fact: str) -> bool:
        if fact not in self._known:
            self._known[fact] = bool(records(self._engine.execute(f"SELECT 1 AS n FROM {fact} LIMIT 1")))
        return self._known[fact]


def without_missing(answer: Answer, question: Question, missing: frozenset[str]) -> Answer:
    """Return the answer with what was not loaded unknown, and told under `left_out`."""
    if not missing:
        return answer
    unknown: set[str] = set()
    told = []
    for wanted in question.wanted:
        facts = {leaf.subject.fact for leaf in question.catalogue.leaves(wanted.metric.name) if leaf.subject}
        told += [LeftOut(wanted.name, f"not loaded: {_subject(fact)}", 0) for fact in sorted(facts & missing)]
        if wanted.part == "fact" and wanted.metric.is_base and facts & missing:
            unknown |= {wanted.name, wanted.name + PREVIOUS}
    rows = [_blanked(row, unknown) for row in answer.rows]
    return replace(answer, rows=rows, totals=_blanked(answer.totals, unknown), left_out=(*answer.left_out, *told))


def _subject(fact: str) -> str:
    return STANDS_ON.get(fact, fact).removeprefix("fct_").replace("_", " ")


def _blanked(row: Row, unknown: set[str]) -> Row:
    return {name: None if name in unknown else value for name, value in row.items()}
