"""Keeps what somebody at this machine states: plans, merges, and what they expect of the steps of the process."""

from decimal import Decimal
from typing import TYPE_CHECKING

from voronka.domain.hypotheses import Claim, Ending, Found
from voronka.domain.period import Period
from voronka.domain.plans import Planned, plan_scope
from voronka.lake.ledger import person

if TYPE_CHECKING:  # the database is loaded where a company has one
    from voronka.operations.distinctions import Distinctions
    from voronka.operations.hypotheses import Ended, Hypotheses, Hypothesis
    from voronka.operations.merges import Merges
    from voronka.operations.plans import Plans


def state_plan(plans: "Plans", metric: str, owner: tuple[str, str | None], period: Period, value: Decimal) -> None:
    """Keep that somebody at this machine plans so much; `owner` is a scope (company, team, employee) and its id."""
    scope, scope_id = owner
    plans.state(Planned(metric, plan_scope(scope), scope_id, period, value), person())


def state_merge(merges: "Merges", entity: str, entity_id: str, into_id: str | None) -> None:
    """Keep that somebody at this machine says that a record is another one or, with None, its own again."""
    from voronka.operations.merges import merged_kind  # noqa: PLC0415 - see above

    kind = merged_kind(entity)
    if into_id is None:
        merges.undo(kind, entity_id, person())
    else:
        merges.merge(kind, entity_id, into_id, person())


def state_distinction(distinctions: "Distinctions", entity: str, pair: tuple[str, str], *, holds: bool = True) -> None:
    """Keep that somebody at this machine says that two records are two or, where it no longer holds, may be one."""
    from voronka.operations.merges import merged_kind  # noqa: PLC0415 - see above

    stated = distinctions.state if holds else distinctions.undo
    stated(merged_kind(entity), *pair, person())


def state_hypothesis(hypotheses: "Hypotheses", claim: Claim, why: str, found: Found) -> "Hypothesis":
    """Keep what somebody at this machine expects, with what the data say of it now."""
    return hypotheses.enter(claim, why, found, person())


def end_hypothesis(hypotheses: "Hypotheses", number: int, ending: Ending, words: str, found: Found) -> "Ended":
    """Keep that somebody at this machine closes a hypothesis or takes it back, with what the data say of it now."""
    return hypotheses.end(number, ending, words, found, person())
