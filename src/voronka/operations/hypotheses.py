"""Hypotheses that people enter: kept as entered with what the data said then, ended once, never lost."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from voronka.domain.errors import QuestionError
from voronka.domain.hypotheses import Chosen, Claim, Ending, Found
from voronka.operations.database import Database
from voronka.operations.tables import HYPOTHESES, HYPOTHESIS_ENDINGS


@dataclass(frozen=True)
class Ended:
    """How a hypothesis ended: closed or taken back, in whose words, and what the data said then."""

    ending: Ending
    words: str
    by: str
    at: datetime
    found: Found


@dataclass(frozen=True)
class Hypothesis:
    """A claim with the words of why, who entered it and when (UTC without a zone), and what the data said then."""

    hypothesis_id: int
    claim: Claim
    why: str
    entered_by: str
    entered_at: datetime
    found: Found
    ended: Ended | None = None


class Hypotheses:
    """The hypotheses of a company's people; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def enter(self, claim: Claim, why: str, found: Found, entered_by: str) -> Hypothesis:
        """Keep a hypothesis and return it; QuestionError without words of why."""
        if not why.strip():
            raise QuestionError("a hypothesis has words of why", do="Say why you expect it")
        at, chosen = self._clock(), claim.chosen
        row = {
            "kind": claim.kind,
            "step": claim.step,
            "to_step": claim.to,
            "bound": claim.bound,
            "value": claim.value,
            "clock": claim.clock,
            "pipeline_id": chosen.pipeline,
            "entity": chosen.entity,
            "axis": chosen.axis,
            "starts_on": chosen.first,
            "ends_on": chosen.last,
            "team_id": chosen.team,
            "filters": json.dumps(chosen.where, ensure_ascii=False),
            "why": why.strip(),
            "entered_by": entered_by,
            "entered_at": at,
            "found": _text(found),
        }
        with self._database.write() as connection:
            made = connection.execute(insert(HYPOTHESES).values(row).returning(HYPOTHESES.c.hypothesis_id)).scalar_one()
        return Hypothesis(int(made), claim, why.strip(), entered_by, at, found)

    def end(self, hypothesis_id: int, ending: Ending, words: str, found: Found, ended_by: str) -> Ended:
        """Close a hypothesis or take it back; QuestionError where there is none such, or it has ended already."""
        at = self._clock()
        self.of_id(hypothesis_id)
        row = {
            "hypothesis_id": hypothesis_id,
            "ending": ending,
            "words": words.strip(),
            "ended_by": ended_by,
            "ended_at": at,
            "found": _text(found),
        }
        try:
            with self._database.write() as connection:
                connection.execute(insert(HYPOTHESIS_ENDINGS).values(row))
        except IntegrityError as fault:
            raise QuestionError(f"hypothesis {hypothesis_id} has ended already", do="Enter a new one") from fault
        return Ended(ending, words.strip(), ended_by, at, found)

    def of_id(self, hypothesis_id: int) -> Hypothesis:
        """Return a hypothesis; QuestionError where there is none such."""
        for each in self.entered():
            if each.hypothesis_id == hypothesis_id:
                return each
        raise QuestionError(f"no hypothesis has the number {hypothesis_id}", do="`voronka hypothesis list` shows them")

    def entered(self) -> list[Hypothesis]:
        """Return all hypotheses, ended or not, the newest first."""
        joined = HYPOTHESES.outerjoin(HYPOTHESIS_ENDINGS)
        endings = [HYPOTHESIS_ENDINGS.c[name] for name in ("ending", "words", "ended_by", "ended_at")]
        said = HYPOTHESIS_ENDINGS.c.found.label("found_at_end")
        asked = select(HYPOTHESES, *endings, said).select_from(joined).order_by(HYPOTHESES.c.hypothesis_id.desc())
        with self._database.read() as connection:
            return [_hypothesis(row) for row in connection.execute(asked)]


def _hypothesis(row: Any) -> Hypothesis:  # noqa: ANN401 - a row of SQLAlchemy's
    chosen = Chosen(
        pipeline=row.pipeline_id,
        entity=row.entity,
        axis=row.axis,
        first=row.starts_on,
        last=row.ends_on,
        team=row.team_id,
        where=tuple((name, tuple(values)) for name, values in json.loads(row.filters)),
    )
    claim = Claim(
        kind=row.kind,
        step=row.step,
        to=row.to_step,
        bound=row.bound,
        value=row.value,
        clock=row.clock,
        chosen=chosen,
    )
    ended = None
    if row.ending is not None:
        ended = Ended(row.ending, row.words, row.ended_by, row.ended_at, Found(**json.loads(row.found_at_end)))
    found = Found(**json.loads(row.found))
    return Hypothesis(row.hypothesis_id, claim, row.why, row.entered_by, row.entered_at, found, ended)


def _text(found: Found) -> str:
    return json.dumps(found.plain(), ensure_ascii=False)
