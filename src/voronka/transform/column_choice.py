"""Chooses which header becomes which of our columns: by the names first, then held against the values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voronka.domain.errors import InputError
from voronka.lake.raw import raw_name
from voronka.lake.session import Session, quoted
from voronka.transform.column_profiles import Profile, filled_beside, is_readable, readable, texts
from voronka.transform.header_names import Match, extension_names, header_names, squeezed, words
from voronka.transform.import_tables import ImportTable
from voronka.transform.mistaken_columns import SUMMED, mistaken_for
from voronka.transform.proposal import ColumnProposal, ValueProposal
from voronka.transform.readers import cleaned
from voronka.transform.value_meanings import recognised, to_be_said

SIBLINGS: Mapping[str, str] = {
    f"{name}_id": name
    for name in (
        "employee",
        "account",
        "contact",
        "product",
        "channel",
        "campaign",
        "team",
        "manager",
        "parent",
        "handed_by",
        "from_employee",
        "to_employee",
    )
} | {"lead_employee_id": "lead"}
"""Our id columns and the columns that hold the name of the same thing."""
_NAMED = {name: identifier for identifier, name in SIBLINGS.items()}
TELLING = frozenset(
    {
        *("amount", "cost", "margin", "created_at", "closed_at", "started_at", "happened_at", "paid_at", "changed_at"),
        *("day", "talk_seconds", "answered", "direction", "employee", "stage"),
    }
)
"""Columns that figures hang on: one that looks like these and is not loaded is told with the verdict."""
MADE = 0.8
"""How sure a column is that is made of others by what their values look like."""
_SURE = (0.95, 0.9, 0.9, 0.9, 0.5)
"""How sure a name is by the level of its match: the whole header, without brackets, without a word ..., nearly."""
_LESS_KNOWN = 0.05
"""What a name loses that is not the table's own: for each tier."""
_RIVALLED = 0.8
"""What is left where another header could be the same column of ours."""
_UNTRIED = 0.6
"""What is left where there are no values to hold against the name."""
_LINKS = {"url", "recording_url"}
_LINK = re.compile(r"https?://|www\.|/|\S+\.(mp3|wav|ogg|opus|m4a)$", re.IGNORECASE)
_LOOKED_AT = 20
"""How many different texts are held against the pattern of a link."""
_TAKEN = 0.9
"""The share of values that must be readable for a column to be proposed."""
_TAKEN_OF_NAMED = 0.5
"""The same of a column that figures hang on, where the header is its very name: bad values put their rows aside."""
_NUMBER, _PHONES = frozenset({"номер"}), ("phone", "client_phone")
"""A word that may be of an id or of a phone: two calls of one client would be one, were a phone taken for an id."""
_STAGES = 60
_MEANT = {"direction": 0.8, "answered": 0.8, "outcome": 1.0, "status": 0.5}
_WORDS = {
    "time": "dates",
    "day": "dates",
    "number": "numbers",
    "money": "amounts",
    "integer": "whole numbers",
    "share": "shares",
    "duration": "durations",
    "boolean": "yes or no",
    "phone": "phone numbers",
    "email": "e-mail addresses",
}


@dataclass
class Draft:
    """The columns found so far, over a relation of raw columns."""

    session: Session
    relation: str
    table: ImportTable
    profiles: Mapping[str, Profile]
    nulls: Sequence[str]
    columns: dict[str, ColumnProposal] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    values: dict[str, ValueProposal] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    """What refused headers would be by their names."""
    closed: set[str] = field(default_factory=set)
    """Headers that are known to be no column of ours, whatever their names say."""

    def add(self, ours: str, theirs: str, reason: str, *headers: str, confidence: float = MADE) -> None:
        """Take a column, made of these headers."""
        self.columns[ours] = ColumnProposal(ours, theirs, reason, confidence)
        self.used.update(dict.fromkeys(headers, ours))

    def header_of(self, ours: str) -> str | None:
        """Return the header that one of ours is mapped to as it stands; None: an expression, or not mapped."""
        column = self.columns.get(ours)
        return column.theirs if column and not column.theirs.startswith("=") else None

    def reads(self, ours: str, header: str) -> bool:
        """Return whether all values of a header can be read as one of ours."""
        return is_readable(self.session, self.relation, header, self.table.columns[ours], self.nulls)

    def is_boolean(self, header: str) -> bool:
        """Return whether all values of a header are yes or no."""
        return is_readable(self.session, self.relation, header, "boolean", self.nulls)

    def texts(self, header: str, limit: int = 200) -> dict[str, int]:
        """Return a header's distinct texts with their counts."""
        return texts(self.session, self.relation, header, self.nulls, limit)

    def filled_beside(self, header: str, other: str) -> dict[str, int]:
        """Return a header's distinct texts with the rows in which another header is filled."""
        return filled_beside(self.session, self.relation, (header, other), self.nulls)


def choose_columns(draft: Draft) -> None:
    """Fill the draft with the best header for each of ours that has none yet."""
    for match, header in _candidates(draft):
        if header not in draft.used and (match.ours not in draft.columns or _may_be_sibling(draft, match, header)):
            _try(draft, match, header)


def _candidates(draft: Draft) -> list[tuple[Match, str]]:
    """Return what each header may mean, the surest first; empty columns come last and only under a name fully known.

    Internal numbers of people come behind all that is filled: a name or an id tells more.
    """
    names = header_names()[draft.table.name]
    found = []
    for place, (header, profile) in enumerate(draft.profiles.items()):
        if header in draft.closed or header in draft.used:
            continue
        for number, match in enumerate(names.matches(header)):
            if profile.filled or (match.level == 0 and number == 0 and match.ours not in SIBLINGS):
                found.append((profile.filled == 0, _is_extension(match), match, place, header))
    return [(match, header) for _, _, match, _, header in sorted(found)]


def _is_extension(match: Match) -> bool:
    """Say whether a header names people by their internal numbers: found like a name, and no id of the source."""
    return match.ours == "employee" and squeezed(match.name) in extension_names()


def _may_be_sibling(draft: Draft, match: Match, header: str) -> bool:
    """Return whether a header may still be the id of a thing whose name is mapped, or the name of one whose id is."""
    other = SIBLINGS.get(match.ours) or _NAMED.get(match.ours)
    if other is None or other in draft.columns or other not in draft.table.columns:
        return False
    return not _is_extension(match) and settled(draft, match.ours, draft.profiles[header]) == other


def _try(draft: Draft, match: Match, header: str) -> None:
    profile = draft.profiles[header]
    ours = match.ours if _is_extension(match) else settled(draft, match.ours, profile)
    if ours is None or ours in draft.columns or _has_better_use(draft, match, header):
        return
    name = f"header «{header}» is {'nearly the' if match.level == 4 else 'a'} known name"  # noqa: PLR2004 - the last level
    if match.level == 4:  # noqa: PLR2004
        name += f" «{match.name}»"
    sure = _SURE[match.level] - _LESS_KNOWN * match.tier
    if not profile.filled:
        draft.add(ours, header, f"{name}; no values yet", header, confidence=sure_of(sure * _UNTRIED))
        return
    said = held(draft, ours, header)
    if said is None:
        return
    if rival := _rival(draft, ours, header, match):
        name, sure = f"{name}; «{rival}» could be it too", sure * _RIVALLED
    reason = "; ".join(part for part in (name, said) if part)
    draft.add(ours, header, reason, header, confidence=sure_of(sure, fits=bool(said)))


def sure_of(name: float, *, fits: bool = False) -> float:
    """Return how sure a column is, 0 to 1: by its name, and twice as near to 1 where the values are of its type."""
    return round(1 - (1 - name) / 2 if fits else name, 2)


def _rival(draft: Draft, ours: str, header: str, match: Match) -> str | None:
    """Return another header with values whose name says the same as surely."""
    names = header_names()[draft.table.name]
    for other, profile in draft.profiles.items():
        if other == header or other in draft.used or other in draft.refused or not profile.filled:
            continue
        best = next(iter(names.exact(other)), None)
        if best is not None and (best.ours, best.level, best.tier) == (ours, match.level, match.tier):
            return other
    return None


def _has_better_use(draft: Draft, match: Match, header: str) -> bool:
    """Return whether another header took this one's first meaning: a leftover meaning is then no guess to make."""
    best = header_names()[draft.table.name].matches(header)[0]
    return best.ours != match.ours and best.ours in draft.columns and match.tier > 0


def is_named(draft: Draft, ours: str, header: str) -> bool:
    """Return whether a header as it stands is a known name of one of our columns, and of none other sooner."""
    best = next(iter(header_names()[draft.table.name].exact(header)), None)
    return best is not None and best.ours == ours and best.level == 0


def settled(draft: Draft, ours: str, profile: Profile) -> str | None:
    """Return ours, or its sibling where the values are names instead of ids or the other way round; None: neither."""
    table = draft.table.columns
    if ours in SIBLINGS and profile.looks_like_names:
        return SIBLINGS[ours] if SIBLINGS[ours] in table and ours != draft.table.key else None
    if table[ours] == "id" and profile.looks_like_names:
        return None
    if ours in _NAMED and profile.looks_like_ids:
        return _NAMED[ours] if _NAMED[ours] in table else None
    return ours


def held(draft: Draft, ours: str, header: str) -> str | None:
    """Return what the values say for the column ('' where nothing need be said), None where they speak against it."""
    if ours in _MEANT:
        return _held_by_meaning(draft, ours, header)
    if why := _against(draft, ours, header):
        return _refuse(draft, ours, header, why)
    if draft.table.columns[ours] in {"text", "id"}:
        return ""
    return _held_by_reader(draft, ours, header)


def _against(draft: Draft, ours: str, header: str) -> str:
    """Return what speaks against a text's column: '' where nothing does."""
    profile = draft.profiles[header]
    if ours in {draft.table.key, *_PHONES} and _is_number_of_anything(draft, header):
        seen = mistaken_for(draft.session, _cells(draft, header), "x")
        are_phones = seen is not None and seen[0] == "phone numbers"
        if are_phones != (ours in _PHONES):
            return "its values are phone numbers" if are_phones else "its values are no phone numbers"
    if ours == "stage" and profile.distinct > _STAGES:
        return f"{profile.distinct:,} different texts are no stages"
    if ours == "currency" and not all(re.fullmatch(r"[A-Za-z]{3}", text) for text in draft.texts(header)):
        return "its values are no three-letter codes of currencies"
    if ours == "name" and profile.numbers == profile.filled:
        return "its values are numbers, no names"
    if ours in _LINKS and not all(_LINK.match(text) for text in draft.texts(header, _LOOKED_AT)):
        return "its values are no links"
    return ""


def _is_number_of_anything(draft: Draft, header: str) -> bool:
    return set(words(header)) - header_names()[draft.table.name].entity == _NUMBER


def _held_by_reader(draft: Draft, ours: str, header: str) -> str | None:
    reader = draft.table.columns[ours]
    try:
        n, good, bad = readable(draft.session, draft.relation, header, reader, draft.nulls)
    except InputError as fault:
        # where a figure hangs on it the file is refused for it, with what and where
        return "the dates contradict each other" if ours in TELLING else _refuse(draft, ours, header, fault.what)
    least = _TAKEN_OF_NAMED if ours in TELLING and is_named(draft, ours, header) else _TAKEN
    if not good and reader in {"time", "day"} and draft.is_boolean(header):
        return None  # `Closed`: whether, not when
    if good < max(1, n * least):
        return _refuse(
            draft, ours, header, f"would be {ours}, but only {good:,} of {n:,} values are {_WORDS[reader]}: {bad}"
        )
    if reader in SUMMED and (seen := mistaken_for(draft.session, _cells(draft, header), "x")):
        return _refuse(draft, ours, header, f"would be {ours}, but its values look like {seen[0]}")
    if good < n:
        draft.warnings.append(f"«{header}»: {n - good:,} of {n:,} values are no {_WORDS[reader]}, such as: {bad}")
    return f"{good:,} of {n:,} values are {_WORDS[reader]}"


def _cells(draft: Draft, header: str) -> str:
    return f"(SELECT {cleaned(quoted(raw_name(header)), draft.nulls)} AS x FROM {draft.relation})"


def _held_by_meaning(draft: Draft, ours: str, header: str) -> str | None:
    if draft.table.columns[ours] == "boolean" and is_readable(
        draft.session, draft.relation, header, "boolean", draft.nulls
    ):
        return "all values are yes or no"
    found = draft.texts(header)
    meant = recognised(ours, found)
    rows, known = sum(found.values()), sum(found[text] for text in meant)
    if not meant or known < _MEANT[ours] * rows:
        return _refuse(
            draft, ours, header, f"would be {ours}, but its texts are not known ones: {', '.join([*found][:3])}"
        )
    said = to_be_said(ours, meant)
    unknown = [text for text in found if text not in meant]
    if unknown and ours == "answered":
        said |= dict.fromkeys(unknown, "-")
    if unknown:
        draft.warnings.append(f"«{header}»: not known what these mean for {ours}: {', '.join(unknown[:5])}")
    if said:
        draft.values[ours] = ValueProposal(ours, said, "known words; correct what is meant otherwise")
    return f"{len(meant)} of {len(found)} texts are known words"


def _refuse(draft: Draft, ours: str, header: str, why: str) -> str | None:
    draft.refused.setdefault(header, why)
    draft.meant.setdefault(header, ours)
    return None
