"""Which questions are answered from sums by day: those of facts that were asked about often enough."""

from collections import Counter
from threading import Lock

from voronka.lake.engine import Engine
from voronka.metrics.answer import records
from voronka.metrics.day_sums import Place, Sums, day_sums, place_of, stands_in
from voronka.metrics.plans import plan_sums
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
        self._version = ""
        self._planned: frozenset[str] | None = None
        self._asked: Counter[Place | None] = Counter()
        self._made: dict[tuple[str, Place | None], Standing] = {}
        self._lock = Lock()

    def of(self, question: Question, version: str) -> Sums:
        """Return the sums that a question of a version of the data is to be answered from."""
        places = dict.fromkeys(place_of(leaf) for leaf in question.leaves if stands_in(question, leaf))
        with self._lock:
            if version != self._version:
                self._version, self._planned = version, None
                self._asked.clear()
                self._made.clear()
            facts = [place for place in places if self._is_due(place)]
            plans = bool(question.planned) and self._is_due(None)
            return Sums(
                {place: self._standing(question, place) for place in facts},
                self._standing(question, None) if plans else None,
            )

    def _is_due(self, place: Place | None) -> bool:
        """Count a question of a fact (None: of plans), and say whether there were enough of them before."""
        self._asked[place] += 1
        return self._asked[place] > self._often

    def _standing(self, question: Question, place: Place | None) -> Standing:
        key = (question.catalogue.fingerprint, place)
        if key not in self._made:
            planned = self._with_plans() & question.catalogue.metrics.keys()
            self._made[key] = plan_sums(planned) if place is None else day_sums(question, place, planned)
        return self._made[key]

    def _with_plans(self) -> frozenset[str]:
        """Return the metrics that anybody has a plan of; asked once per version of the data."""
        if self._planned is None:
            found = records(self._engine.execute(select(["DISTINCT metric"], "fct_plan_days")))
            self._planned = frozenset(str(row["metric"]) for row in found)
        return self._planned
