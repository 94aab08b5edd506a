"""Lays what a person chose over a proposed mapping, so that what was found out beside it still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict, get_args

from voronka.domain.errors import SettingsError, did_you_mean
from voronka.transform.import_tables import import_tables
from voronka.transform.proposal import ColumnProposal, Proposal
from voronka.transform.stage_words import Outcome, StageGuess

CHOSEN = "chosen by a person"
_OUTCOMES: Mapping[str, Outcome] = {outcome: outcome for outcome in get_args(Outcome)}


class _Key(TypedDict):
    key: tuple[str, ...] | None
    key_reason: str


@dataclass(frozen=True)
class Amendments:
    """What a person chose: ours by the header in the file (None: as proposed), what stages come to, and their order."""

    columns: Mapping[str, str] | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    order: Sequence[str] = ()


def amended(proposal: Proposal, chosen: Amendments) -> Proposal:
    """Return the proposal with a person's choice in it.

    Raises SettingsError for a column that the table lacks or that is chosen twice, and for an unknown outcome.
    """
    if chosen.columns is not None:
        proposal = _with_columns(proposal, chosen.columns)
    stages = tuple(with_outcome(stage, chosen.outcomes) for stage in proposal.stages)
    return replace(proposal, stages=in_order(stages, chosen.order))


def _with_columns(proposal: Proposal, columns: Mapping[str, str]) -> Proposal:
    known = import_tables()[proposal.into]
    before = {column.ours: column for column in proposal.columns}
    made: dict[str, ColumnProposal] = {}
    for theirs, ours in columns.items():
        if ours not in known.columns:
            raise SettingsError(f"{proposal.into} has no column {ours}", do=did_you_mean(ours, known.columns))
        if ours in made:
            raise SettingsError(f"{ours} is to be made of two columns: {made[ours].theirs}, {theirs}", do="Choose one")
        is_same = ours in before and before[ours].theirs == theirs
        if theirs.startswith("=") and not is_same:
            raise SettingsError("a column of the file is chosen, not an expression", where=theirs)
        made[ours] = before[ours] if is_same else ColumnProposal(ours, theirs, CHOSEN)
    if not made:
        raise SettingsError("no column is chosen", do="Choose at least one")
    unchanged = {ours for ours, column in made.items() if before.get(ours) == column}
    key = _key(proposal, known.key, made)
    return replace(
        proposal,
        columns=tuple(made.values()),
        ignored=tuple(each for each in proposal.ignored if each.header not in columns),
        values=tuple(value for value in proposal.values if value.ours in unchanged),
        stages=proposal.stages if "stage" in unchanged else (),
        key=key["key"],
        key_reason=key["key_reason"],
    )


def _key(proposal: Proposal, table_key: str | None, made: Mapping[str, ColumnProposal]) -> _Key:
    """Return what identifies a row now: the table's id where one is chosen, else what was proposed if it still can."""
    if table_key and table_key in made:
        return {"key": None, "key_reason": CHOSEN}
    if proposal.key is None and table_key:
        return {"key": (), "key_reason": "no column with an id is chosen: rows are known by their content"}
    return {"key": proposal.key, "key_reason": proposal.key_reason}


def with_outcome(stage: StageGuess, outcomes: Mapping[str, str]) -> StageGuess:
    """Return a stage with the outcome that a person chose for it; SettingsError for an unknown one."""
    said = outcomes.get(stage.text, stage.outcome)
    if said not in _OUTCOMES:
        raise SettingsError(f"a stage is open, won or lost, not {said}", where=stage.text)
    return replace(stage, outcome=_OUTCOMES[said], is_known=stage.is_known or stage.text in outcomes)


def in_order(stages: Sequence[StageGuess], order: Sequence[str]) -> tuple[StageGuess, ...]:
    """Return stages in the order that a person chose, by their texts; those that it does not name stay behind."""
    places = {text: place for place, text in enumerate(order)}
    return tuple(sorted(stages, key=lambda stage: places.get(stage.text, len(places))))
