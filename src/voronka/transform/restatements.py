"""Tells rows that are parts of one figure from those that state it anew, where they share what the figure is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voronka.lake.raw import raw_name
from voronka.lake.session import Session, quoted
from voronka.transform.column_profiles import Profile
from voronka.transform.header_names import words
from voronka.transform.readers import cleaned

Repeats = Literal["", "add", "last"]
"""What a person says of rows that share what their figures are of: nothing, they add up, or the last of them counts."""
Verdict = Literal["single", "parts", "restated", "unsure"]
"""No two rows differ; a column tells the parts apart; few are stated anew; most are shared, and no column says why."""

SHARED: Mapping[str, tuple[str, ...]] = {
    "ad_spend": ("day", "channel_id", "channel", "campaign_id", "campaign"),
    "rates": ("day", "currency"),
    "plans": ("metric", "scope", "employee_id", "employee", "team_id", "team", "starts_on", "revision"),
    "stage_changes": ("deal_id", "lead_id", "stage", "changed_at"),
}
"""Columns of ours that say together what the figures of a row are of, where a table has no id."""
MEASURED = ("cost", "impressions", "clicks", "value", "ends_on", "rate", "amount", "updated_at", "entered_at")
"""Columns of ours for the figures, and for when they were stated: what differs there makes no part."""
SUMMED = frozenset({"ad_spend"})
"""Tables whose rows add up where nothing tells that they are one: of the others the last that was said counts."""
_MOST_RESTATED = 0.5
"""The share of days above which rows that share them are taken for parts: a file is seldom half corrections."""
_FILLED = 0.9
_VERSIONS = frozenset(
    [
        "updated",
        "modified",
        "version",
        "revision",
        "export",
        "exported",
        "loaded",
        "downloaded",
        "extracted",
        "file",
        "comment",
        "note",
        "notes",
        "обновлено",
        "обновление",
        "обновлен",
        "изменено",
        "изменен",
        "версия",
        "ревизия",
        "выгрузка",
        "выгружено",
        "выгружен",
        "загружено",
        "загрузка",
        "файл",
        "комментарий",
        "примечание",
        "отчета",
    ]
)
"""Words of a header that tells when or why a row was stated: what differs there is a version, no part."""
_HOURS = frozenset({"hour", "час", "часа"})
_IDS = frozenset({"id", "ид", "guid", "номер", "number"})


@dataclass(frozen=True)
class Shown:
    """Rows in the session: a relation of raw columns, the profiles of its headers, and the spellings of nothing."""

    session: Session
    relation: str
    profiles: Mapping[str, Profile]
    nulls: Sequence[str] = ()

    def text(self, header: str) -> str:
        """Return the SQL of what a header says in a row, '' for nothing."""
        return f"coalesce({cleaned(quoted(raw_name(header)), self.nulls)}, '')"


def shared_headers(into: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the headers that say together what a row's figures are of: of `columns`, ours: theirs, the plain ones."""
    found = (columns.get(ours, "=") for ours in SHARED.get(into, ()))
    return tuple(dict.fromkeys(theirs for theirs in found if not theirs.startswith("=")))


def key_of_shared(
    into: str, columns: Mapping[str, str], rows: Shown, measured: Sequence[str]
) -> tuple[tuple[str, ...], Verdict]:
    """Return the headers that a row is known by where later rows restate earlier ones, () where they do not; and why.

    Rows of which each says the same again are one, too, where it is of more than a day.
    """
    shared = shared_headers(into, columns)
    if into not in SUMMED or not shared or SHARED[into][0] not in columns:
        return (), "unsure"
    found = verdict(rows, shared, measured)
    is_key = found == "restated" or (found == "single" and len(shared) > 1)
    return (shared if is_key else ()), found


def verdict(rows: Shown, shared: Sequence[str], measured: Sequence[str]) -> Verdict:
    """Return what rows are to each other that share what `shared` headers say; `measured` are those of figures."""
    keys = ", ".join(map(rows.text, shared))
    content = ", ".join(map(rows.text, rows.profiles))
    row = rows.session.rows(
        "SELECT count(*) AS keys, count(*) FILTER (n > 1) AS shared FROM "
        f"(SELECT count(DISTINCT ({content}, 0)) AS n FROM {rows.relation} GROUP BY {keys})"
    )[0]
    if not row["shared"]:
        return "single"
    if telling := _telling_parts(rows, shared, measured):
        named = ", ".join(map(rows.text, (*shared, *telling)))
        apart, different = (f"count(DISTINCT ({texts}, 0))" for texts in (named, content))
        if rows.session.value(f"SELECT {apart} = {different} FROM {rows.relation}"):
            return "parts"
    return "restated" if row["shared"] <= _MOST_RESTATED * row["keys"] else "unsure"


def _telling_parts(rows: Shown, shared: Sequence[str], measured: Sequence[str]) -> list[str]:
    """Return the headers of what a part may be known by: a group of ads, a device, an hour; never a figure."""
    return [
        header
        for header, profile in rows.profiles.items()
        if header not in {*shared, *measured} and _tells_parts(set(words(header)), profile)
    ]


def _tells_parts(said: set[str], profile: Profile) -> bool:
    if said & _VERSIONS or profile.filled < _FILLED * profile.rows or profile.distinct <= 1:
        return False
    is_figure = profile.numbers == profile.filled or profile.days or profile.clocks
    return not is_figure or bool(said & (_HOURS | _IDS))
