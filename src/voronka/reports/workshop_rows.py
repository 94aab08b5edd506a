"""Hypotheses as rows for whoever looks: what is expected, what is measured now, what the data said before."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voronka.domain.errors import VoronkaError
from voronka.domain.hypotheses import Claim, Found
from voronka.reports.step_names import step_names
from voronka.reports.workshop import CUTS, Workshop
from voronka.reports.workshop_words import PIPELINE, STATES, Names
from voronka.transform.pipelines import read_pipelines

if TYPE_CHECKING:  # the database is loaded where a company has one
    from voronka.operations.hypotheses import Ended, Hypothesis

Row = dict[str, Any]


def names_of(workshop: Workshop, language: str, company: Path) -> Names:
    """Return what steps, members and pipelines are called; the latter in the files of the company's folder."""
    members = {cut: workshop.members(cut) for cut in CUTS} | {PIPELINE: _pipelines(company, language)}
    return Names(language, step_names(workshop.steps(), language), members)


def hypothesis_rows(
    workshop: Workshop, entered: "Sequence[Hypothesis]", names: Names, local: Callable[[datetime], datetime]
) -> list[Row]:
    """Return a row for each hypothesis that the reader may see, in the order given.

    `now` is read from the data anew, for open ones; `then` and `ended.found` are what was kept at entering and at the
    end, of the cases of whoever did that: told to those who see all rows. Times are `local`.
    """
    seen = [each for each in entered if workshop.sees(each.claim)]
    still = [each for each in seen if each.ended is None]
    now = dict(zip((each.hypothesis_id for each in still), workshop.look([each.claim for each in still]), strict=True))
    keeps = workshop.scope.all_rows
    return [
        {
            "id": each.hypothesis_id,
            **_claim(each.claim, names),
            "why": each.why,
            "by": each.entered_by,
            "at": local(each.entered_at),
            "state": "open" if each.ended is None else each.ended.ending,
            "now": found_row(each.claim, now.get(each.hypothesis_id), names),
            "then": found_row(each.claim, each.found if keeps else None, names),
            "ended": None if each.ended is None else _ended(each.claim, each.ended, names, local, keeps=keeps),
        }
        for each in seen
    ]


def found_row(claim: Claim, found: Found | None, names: Names) -> Row | None:
    """Return what was found with its words."""
    if found is None:
        return None
    return {**found.plain(), "measured": names.measured(claim, found), "said": names.verdict(found)}


def state_said(state: str, names: Names) -> str:
    """Return the state of a hypothesis in words."""
    return names.said(STATES[state])


def _pipelines(company: Path, language: str) -> dict[str, str]:
    try:
        found = read_pipelines(company)
    except VoronkaError:  # `voronka check` tells it; hypotheses must not go out while a file is edited
        return {}
    titles = {each.pipeline: each.title for each in found}
    return {
        name: title if isinstance(title, str) else title.get(language) or name
        for name, title in titles.items()
        if title
    }


def _claim(claim: Claim, names: Names) -> Row:
    chosen = claim.chosen
    return {
        "kind": claim.kind,
        "step": claim.step,
        "to": claim.to,
        "bound": claim.bound,
        "value": claim.value,
        "clock": claim.clock,
        "pipeline": chosen.pipeline,
        "entity": chosen.entity,
        "axis": chosen.axis,
        "first": chosen.first,
        "last": chosen.last,
        "team_id": chosen.team,
        "statement": names.statement(claim),
        "expected": names.amount(claim, claim.value),
        "of": names.cases(chosen),
    }


def _ended(claim: Claim, ended: "Ended", names: Names, local: Callable[[datetime], datetime], *, keeps: bool) -> Row:
    return {
        "by": ended.by,
        "at": local(ended.at),
        "words": ended.words,
        "found": found_row(claim, ended.found if keeps else None, names),
    }
