"""Tells "not loaded" from "nothing happened": a count over what no source has ever given is unknown, not 0."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Lock

from voronka.domain.fragments import TODAY
from voronka.lake.engine import Engine
from voronka.metrics.answer import PREVIOUS, Answer, LeftOut, Row, records
from voronka.metrics.definition import Metric
from voronka.metrics.resolve import Question
from voronka.metrics.sql import quoted

STANDS_ON = {"fct_quality_issues": "fct_checked_records", "fct_deal_states": "fct_deals", "fct_purchases": "fct_deals"}
"""Derived facts, and the fact that a source fills."""


class LoadedFacts:
    """Knows which facts hold any row, and which columns any value; asked once per version of the data."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._version = ""
        self._known: dict[tuple[str, str], bool] = {}

    def missing(self, leaf: Metric, version: str) -> str:
        """Return what a metric lacks, in words: its fact, or a column that its rows are told by; '' where nothing."""
        if leaf.subject is None:
            return ""
        fact = leaf.subject.fact
        with self._lock:
            if version != self._version:
                self._version, self._known = version, {}
            if not self._is_loaded(fact):
                return f"not loaded: {_subject(fact)}"
            columns = [name for name in _needed(leaf) if not self._has_rows(fact, name)]
            return f"never given: {', '.join(columns)}" if columns and self._has_rows(fact) else ""

    def is_known(self, leaf: Metric, today: date, version: str) -> bool:
        """Say whether any row that a base metric counts was ever loaded, with a value where it adds values up."""
        fact = leaf.fact
        value = f"({leaf.fragment.sql}) IS NOT NULL" if leaf.fragment else ""
        conditions = [*(f"({each.sql})" for each in (fact.where, leaf.where) if each), *([value] if value else [])]
        where = " AND ".join(conditions) or "TRUE"
        with self._lock:
            if version != self._version:
                self._version, self._known = version, {}
            if (fact.fact, where) not in self._known:
                sql = f"SELECT 1 AS n FROM {fact.fact} AS f WHERE {where} LIMIT 1"
                given = {name: value for name, value in ((TODAY, today),) if f"${name}" in sql}
                self._known[fact.fact, where] = bool(records(self._engine.execute(sql, given)))
            return self._known[fact.fact, where]

    def _is_loaded(self, fact: str) -> bool:
        return self._has_rows(fact) or (fact in STANDS_ON and self._has_rows(STANDS_ON[fact]))

    def _has_rows(self, fact: str, column: str = "") -> bool:
        if (fact, column) not in self._known:
            where = f"WHERE {quoted(column)} IS NOT NULL " if column else ""
            found = records(self._engine.execute(f"SELECT 1 AS n FROM {fact} {where}LIMIT 1"))
            self._known[fact, column] = bool(found)
        return self._known[fact, column]


def without_missing(answer: Answer, question: Question, missing: Callable[[Metric], str]) -> Answer:
    """Return the answer with what cannot be known unknown, and told under `left_out`.

    A formula that only adds up is the sum of what is known; any other stands or falls with each of its parts.
    """
    unknown: set[str] = set()
    told: list[LeftOut] = []
    for wanted in question.wanted:
        if wanted.is_computed:
            continue  # an analysis knows by itself what it cannot tell
        leaves = question.catalogue.leaves(wanted.metric.name)
        reasons = [reason for leaf in leaves if (reason := missing(leaf))]
        told += [LeftOut(wanted.name, reason, 0) for reason in dict.fromkeys(reasons)]
        is_sum = question.catalogue.is_flow(wanted.metric.name) and len(reasons) < len(leaves)
        if wanted.part == "fact" and reasons and not is_sum:
            unknown |= {wanted.name + suffix for suffix in ("", PREVIOUS, "_low", "_high")}
    if not told:
        return answer
    rows = [_blanked(row, unknown) for row in answer.rows]
    return replace(answer, rows=rows, totals=_blanked(answer.totals, unknown), left_out=(*answer.left_out, *told))


def _needed(leaf: Metric) -> tuple[str, ...]:
    """Return the columns without which nothing is known: those its rows are told by, and a time of its own."""
    own_time = (f"{leaf.axis}_at",) if leaf.own_time and leaf.axis != "day" else ()
    return tuple(dict.fromkeys([*own_time, *(leaf.where.needed if leaf.where else ())]))


def _subject(fact: str) -> str:
    return STANDS_ON.get(fact, fact).removeprefix("fct_").replace("_", " ")


def _blanked(row: Row, unknown: set[str]) -> Row:
    return {name: None if name in unknown else value for name, value in row.items()}
