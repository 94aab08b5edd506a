"""Which questions are answered from sums by day: those of facts that were asked about often enough."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

from voronka.lake.engine import Engine
from voronka.metrics.answer import records
from voronka.metrics.day_sums import Place, day_sums, place_of, stands_in
from voronka.metrics.resolve import Question
from voronka.metrics.sql import select
from voronka.metrics.standing import Standing

OFTEN = 3
"""After how many questions of a fact its sums are worth making: making them takes as long as a few of these."""


class KeptSums:
    """The day sums of a company's facts; safe to share between threads.

    A fact has them from the question after `often` others on, so that who asks once does not wait for them.
    """

    def __init__(self, engine: Engine, often: int = OFTEN) -> None:
        """Have nothing been asked yet."""
        self._engine = engine
        self._often = often
        self._asked: Counter[tuple[str, Place]] = Counter()
        self._planned: tuple[str, frozenset[str]] | None = None
        self._made: dict[tuple[str, frozenset[str], Place], Standing] = {}
        self._lock = Lock()

    def of(self, question: Question, version: str) -> Mapping[Place, Standing]:
        """Return the sums that a question of a version of the data is to be answered from, by what they stand for."""
        places = dict.fromkeys(place_of(leaf) for leaf in question.leaves if stands_in(question, leaf))
        with self._lock:
            self._asked = Counter({key: count for key, count in self._asked.items() if key[0] == version})
            self._asked.update((version, place) for place in places)
            due = [place for place in places if self._asked[version, place] > self._often]
            return {place: self._standing(question, place, version) for place in due}

    def _standing(self, question: Question, place: Place, version: str) -> Standing:
        planned = self._with_plans(version)
        key = (question.catalogue.fingerprint + repr(sorted(question.splits)), planned, place)
        if key not in self._made:
            self._made = {each: made for each, made in self._made.items() if each[:2] == key[:2]}
            self._made[key] = day_sums(question, place, planned)
        return self._made[key]

    def _with_plans(self, version: str) -> frozenset[str]:
        """Return the metrics that anybody has a plan of; asked once per version of the data."""
        if self._planned is None or self._planned[0] != version:
            found = records(self._engine.execute(select(["DISTINCT metric"], "fct_plan_days")))
            self._planned = (version, frozenset(str(row["metric"]) for row in found))
        return self._planned[1]
