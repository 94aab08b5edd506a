"""Proposes how a foreign table becomes ours: which import table, which columns, what identifies a row, with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from voronka.lake.session import Session
from voronka.transform.column_choice import Draft, choose_columns
from voronka.transform.column_profiles import SAMPLES, Profile, profiles
from voronka.transform.derived_columns import after_choice, before_choice
from voronka.transform.import_tables import import_tables
from voronka.transform.layout_choice import take_layout
from voronka.transform.proposal import ColumnProposal, IgnoredHeader, NullWord, Proposal, ValueProposal
from voronka.transform.row_key import choose_key
from voronka.transform.stage_words import StageGuess, guess_stages
from voronka.transform.table_choice import choose_table
from voronka.transform.value_meanings import respelled
from voronka.transform.vendor_layouts import recognised_layout

_DISTINCT = 5000
_SHOWN = 5


def propose(  # noqa: PLR0913 - the file, and what is known besides
    session: Session,
    relation: str,
    headers: Sequence[str],
    file_name: str,
    into: str | None = None,
    *,
    known: Mapping[str, Sequence[str]] | None = None,
) -> Proposal:
    """Return the proposal for a relation of text columns named as in raw tables (`raw_name` of each header).

    known: names already mapped elsewhere (product: [...], account: [...]); another spelling of one becomes a value.
    Raises InputError where nothing tells which table the file is for, SettingsError for an unknown `into`.
    """
    export = recognised_layout(headers, into)
    choice = choose_table(headers, file_name, into or (export.layout.table if export else None))
    found = profiles(session, relation, headers, export.layout.nulls if export else ())
    spelled = sorted({text for profile in found.values() for text in profile.nulls})
    draft = Draft(session, relation, import_tables()[choice.table], found, spelled)
    if export:
        take_layout(draft, export.layout)
    before_choice(draft)
    choose_columns(draft)
    after_choice(draft, file_name)
    _known_names(draft, known or {})
    key, key_reason = choose_key(draft)
    stages = _stages(draft)
    return Proposal(
        stream=choice.table,
        into=choice.table,
        into_reason=export.reason if export and into is None else choice.reason,
        runner_up=choice.runner_up,
        rows=next((profile.rows for profile in found.values()), 0),
        columns=_columns(draft),
        ignored=_ignored(draft),
        key=key,
        key_reason=key_reason,
        nulls=_nulls(draft),
        values=tuple(draft.values.values()),
        stages=stages,
        warnings=tuple(draft.warnings),
        vendor=export.layout.vendor if export else "",
    )


def _columns(draft: Draft) -> tuple[ColumnProposal, ...]:
    """Return the columns in our order, each with the most frequent values of the headers it is made of."""
    found = []
    for ours in draft.table.columns:
        if column := draft.columns.get(ours):
            made_of = [header for header, used in draft.used.items() if used == ours]
            samples = tuple(text for header in made_of for text in draft.profiles[header].samples)
            found.append(replace(column, samples=samples[:SAMPLES]))
    return tuple(found)


def _known_names(draft: Draft, known: Mapping[str, Sequence[str]]) -> None:
    for ours, names in known.items():
        header = draft.header_of(ours)
        if header is None or not draft.profiles[header].filled:
            continue
        found = draft.texts(header, _DISTINCT)
        said = respelled(found, names)
        if said:
            rows = sum(found[text] for text in said)
            draft.values[ours] = ValueProposal(
                ours, said, f"{rows:,} rows name what is already known in another spelling"
            )


def _stages(draft: Draft) -> tuple[StageGuess, ...]:
    header = draft.header_of("stage")
    if draft.table.name not in {"leads", "deals"} or header is None:
        return ()
    closing = draft.header_of("closed_at")
    closed = draft.filled_beside(header, closing) if closing else {}
    stages = guess_stages(draft.texts(header), draft.table.name, closed)
    unknown = [stage.text for stage in stages if not stage.is_known and stage.outcome == "open"]
    if unknown:
        shown = ", ".join(unknown[:_SHOWN]) + (" ..." if len(unknown) > _SHOWN else "")
        draft.warnings.append(f"stages of unknown meaning were taken as open: {shown}")
    pipeline = draft.header_of("pipeline")
    if pipeline and draft.profiles[pipeline].distinct > 1:
        count = draft.profiles[pipeline].distinct
        draft.warnings.append(
            f"«{pipeline}» names {count} pipelines: the proposed file holds the stages of all of them"
        )
    return stages


def _ignored(draft: Draft) -> tuple[IgnoredHeader, ...]:
    return tuple(
        IgnoredHeader(header, profile.samples, _why(draft, header, profile), _meant(draft, header))
        for header, profile in draft.profiles.items()
        if header not in draft.used
    )


def _why(draft: Draft, header: str, profile: Profile) -> str:
    if not profile.filled:
        return "empty"
    return draft.refused.get(header, "")


def _meant(draft: Draft, header: str) -> str:
    """Return what a refused header would be by its name, '' where another one is that already."""
    ours = draft.meant.get(header, "")
    return "" if ours in draft.columns else ours


def _nulls(draft: Draft) -> tuple[NullWord, ...]:
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for header in draft.used:
        for text, cells in draft.profiles[header].nulls.items():
            so_far, headers = found.get(text, (0, ()))
            found[text] = (so_far + cells, (*headers, header))
    return tuple(NullWord(text, cells, headers) for text, (cells, headers) in found.items())
