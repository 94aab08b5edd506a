"""Chooses what identifies a row: an id, a name, a few columns together, else the content."""

from collections.abc import Sequence

from voronka.lake.raw import raw_name
from voronka.lake.session import quoted
from voronka.transform.column_choice import Draft, is_named
from voronka.transform.column_profiles import Profile
from voronka.transform.header_names import header_names, words
from voronka.transform.readers import cleaned
from voronka.transform.restatements import MEASURED, SHARED, Shown, key_of_shared
from voronka.transform.sources import KNOWN_BY_NAME

_SAME_EVENT = {"calls": ("started_at", "client_phone", "employee"), "payments": ("paid_at", "account", "amount")}
"""Columns that tell rows apart which a file only numbers."""
_COUNTING = {"n", "no", "num", "пп", "п", "row", "rownum", "rownumber", "line", "index", "unnamed"}
_COUNTING |= {"строки", "строка", "порядковый", "порядку"}
_BESIDE_COUNTING = {"id", "ид", "номер", "number", "по", "0"}
_IN_PLACE = {"deals": ("lead_id",), "leads": ("deal_id",)}
"""Ids of other records that may tell a table's rows apart where there is no id of their own."""
_MISSING = 0.05
_ID_WORDS = {"id", "ид", "n", "guid", "uuid"}
_NEUTRAL = {
    "record",
    "row",
    "unique",
    "internal",
    "external",
    "system",
    "crm",
    "записи",
    "строки",
    "уникальный",
    "внешний",
}


def choose_key(draft: Draft) -> tuple[tuple[str, ...] | None, str]:
    """Return the key's headers (() by content, None as the table has it) and why; what is amiss becomes a warning."""
    table = draft.table
    if table.name == "employees" and draft.header_of("valid_from"):
        return None, "the person and the span"
    counters = [header for header in draft.profiles if _counts_rows(draft, header)]
    draft.refused |= dict.fromkeys(counters, "it only numbers the rows of this file")
    for ours in (table.key, *KNOWN_BY_NAME.get(table.name, ())):
        header = draft.header_of(ours) if ours else None
        if header is not None and header not in counters and _is_usable(draft, str(ours), header):
            return (header,), _told(draft, header)
    together = [header for ours in SHARED.get(table.name, ()) if (header := _made_of(draft, ours))]
    if len(together) > 1 and _are_unique(draft, together):
        return tuple(together), "unique together, so that a later export corrects an earlier one"
    if together and (found := _restated(draft, together)):
        return found
    if table.key and (found := _other_id(draft, counters) or _instead_of(draft, counters)):
        return found
    changed = "; a row that has changed in a later export counts anew" if table.key else ""
    return (), f"no column is unique and filled, so rows are told apart by their content{changed}"


def _restated(draft: Draft, shared: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Return what tells rows apart of which the later ones state anew what the earlier ones said."""
    rows = Shown(draft.session, draft.relation, draft.profiles, draft.nulls)
    columns = {ours: header for ours in draft.columns if (header := _made_of(draft, ours))}
    measured = [columns[ours] for ours in MEASURED if ours in columns]
    key, found = key_of_shared(draft.table.name, columns, rows, measured)
    if not key or set(key) != set(shared):
        return None
    if found == "single":
        return key, "the rows that repeat are the same whole, so that they count once"
    return key, "few rows say it anew with other figures, so that the last of them counts"


def _made_of(draft: Draft, ours: str) -> str | None:
    """Return the header that one of ours is mapped to, or the first that its expression names."""
    column = draft.columns.get(ours)
    if column is None or not column.theirs.startswith("="):
        return draft.header_of(ours)
    return next((header for header in draft.profiles if quoted(header) in column.theirs), None)


def _is_usable(draft: Draft, ours: str, header: str) -> bool:
    """Return whether a header is filled enough; one named as the table's own id decides unless most rows lack it.

    Rows without an id are put aside then: known by their content they would count anew in each export.
    """
    profile = draft.profiles[header]
    missing = profile.rows - profile.filled
    return profile.filled > 0 and (
        missing <= _MISSING * profile.rows or (missing < profile.filled and is_named(draft, ours, header))
    )


def _told(draft: Draft, header: str) -> str:
    profile = draft.profiles[header]
    if profile.is_key:
        return f"unique and filled in {profile.rows:,} rows"
    if profile.filled < profile.rows:
        draft.warnings.append(
            f"the key «{header}» is empty in {profile.rows - profile.filled:,} rows: they cannot be taken"
        )
    if profile.distinct < profile.filled:
        repeated = profile.filled - profile.distinct
        draft.warnings.append(f"the key «{header}» repeats in {repeated:,} rows: of equal keys the last row counts")
    return f"{profile.distinct:,} different values in {profile.rows:,} rows"


def _are_unique(draft: Draft, headers: Sequence[str]) -> bool:
    texts = ", ".join(f"coalesce({cleaned(quoted(raw_name(header)), draft.nulls)}, '')" for header in headers)
    row = draft.session.rows(f"SELECT count(*) AS n, count(DISTINCT ({texts})) AS k FROM {draft.relation}")[0]
    return bool(row["n"]) and row["n"] == row["k"]


def _counts_rows(draft: Draft, header: str) -> bool:
    """Return whether a header only numbers the rows of its file, from 1 or 0 on: in the next file they begin anew."""
    profile, said = draft.profiles[header], set(words(header))
    if not said & _COUNTING or not said <= _COUNTING | _BESIDE_COUNTING:
        return False
    if not profile.is_key or profile.numbers < profile.rows:
        return False
    number = f"TRY_CAST({cleaned(quoted(raw_name(header)), draft.nulls)} AS DOUBLE)"
    row = draft.session.rows(f"SELECT min({number}) AS least, max({number}) AS most FROM {draft.relation}")[0]
    return row["least"] in {0, 1} and row["most"] - row["least"] + 1 == profile.rows


def _instead_of(draft: Draft, counters: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Return what tells rows apart that a file only numbers: the content with its number would be new in each file."""
    if not counters:
        return None
    telling = [header for ours in _SAME_EVENT.get(draft.table.name, ()) if (header := draft.header_of(ours))]
    mapped = [header for ours in draft.table.columns if (header := draft.header_of(ours)) and header not in counters]
    for headers in (telling, mapped):
        if len(headers) > 1 and _are_unique(draft, headers):
            return tuple(headers), f"unique together; «{counters[0]}» only numbers the rows of this file"
    return None


def _other_id(draft: Draft, counters: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Return a unique id that is not the table's own: the row's, else the lead's or deal's, else another thing's."""
    unique = [
        header
        for header, profile in draft.profiles.items()
        if profile.is_key and _is_identifier(profile) and header not in counters
    ]
    known = {header: _foreign(draft, header) for header in unique}
    nameless = [header for header in unique if header not in draft.used and known[header] is None]
    own = [header for header in nameless if _names_nothing_else(draft, header)]
    of_another = [header for header in unique if known[header] in _IN_PLACE.get(draft.table.name, ())]
    header = next(iter((*own, *of_another, *nameless)), None)
    if header is None:
        return None
    if header not in own:
        whose = str(known[header] or " ".join(words(header)[:-1]) or header).removesuffix("_id")
        draft.warnings.append(
            f"«{header}» is the id of the {whose}, and no column is one of the {draft.table.name} themselves: two of "
            f"them with one {whose} would count as one"
        )
    rows = draft.profiles[header].rows
    return (header,), f"unique and filled in {rows:,} rows; there is no {draft.table.key}"


def _is_identifier(profile: Profile) -> bool:
    """Return whether a header says that it holds an id; of one word such as `orderid` the values must say it too."""
    said = words(profile.header)
    if not said:
        return False
    return bool(_ID_WORDS & set(said)) or (said[-1].endswith("id") and profile.looks_like_ids)


def _names_nothing_else(draft: Draft, header: str) -> bool:
    """Return whether the words of an id's header name nothing but the table's rows: `Record ID`, `Deal GUID`."""
    return set(words(header)) <= _ID_WORDS | _NEUTRAL | header_names()[draft.table.name].entity


def _foreign(draft: Draft, header: str) -> str | None:
    """Return the column of ours for the id of something else that a header is, None where it is of nothing known."""
    names = header_names()[draft.table.name].exact(header)
    for ours in (draft.used.get(header), *(match.ours for match in names)):
        if ours is not None and ours != draft.table.key and draft.table.columns.get(ours) == "id":
            return ours
    return None
