"""Chooses the columns that a known export calls as its vendor does, before names alone are compared."""

from voronka.lake.session import quoted
from voronka.transform.column_choice import Draft, held, settled, sure_of
from voronka.transform.header_names import squeezed
from voronka.transform.vendor_layouts import Layout

_SURE = 0.97
"""How sure a header of a recognised export is."""
_EMPTY = 0.8
"""How sure it is where it has no values yet."""


def take_layout(draft: Draft, layout: Layout) -> None:
    """Fill the draft with what the layout says of the headers; what it knows to be nothing of ours is refused."""
    headers: dict[str, str] = {}
    for header in draft.profiles:
        headers.setdefault(squeezed(header), header)
    for plain, why in layout.not_ours.items():
        if plain in headers:
            draft.refused[headers[plain]] = why
    for ours, names in layout.columns.items():
        present = [headers[name] for name in names if name in headers]
        _take_first(draft, layout, ours, [header for header in present if header not in draft.used])
    for ours, names in layout.together.items():
        present = [headers[name] for name in names if name in headers]
        if ours not in draft.columns:
            _put_together(draft, layout, ours, [header for header in present if draft.profiles[header].filled])
    for plain in layout.not_ours:
        if plain in headers and headers[plain] not in draft.used:
            draft.closed.add(headers[plain])


def _take_first(draft: Draft, layout: Layout, wanted: str, headers: list[str]) -> None:
    """Take the first header with values that can be read, else the first one there is."""
    reason = f"so it is called in {layout.vendor}'s export of {layout.table}"
    for header in headers:
        profile = draft.profiles[header]
        ours = settled(draft, wanted, profile) if profile.filled else None
        if ours is None or ours in draft.columns:
            continue
        said = held(draft, ours, header)
        if said is not None:
            told = "; ".join(part for part in (reason, said) if part)
            draft.add(ours, header, told, header, confidence=sure_of(_SURE, fits=bool(said)))
            return
    empty = next((header for header in headers if not draft.profiles[header].filled), None)
    if empty is not None and wanted not in draft.columns and not any(draft.profiles[h].filled for h in headers):
        draft.add(wanted, empty, f"{reason}; no values yet", empty, confidence=_EMPTY)


def _put_together(draft: Draft, layout: Layout, ours: str, headers: list[str]) -> None:
    """Make one text of several, a space between them."""
    free = [header for header in headers if header not in draft.used]
    if not free:
        return
    shown = ", ".join(f"«{header}»" for header in free)
    reason = f"{shown} of {layout.vendor}'s export" + (" put together" if len(free) > 1 else "")
    texts = " || ' ' || ".join(f"coalesce(text({quoted(header)}), '')" for header in free)
    theirs = f"= nullif(trim({texts}), '')" if len(free) > 1 else free[0]
    draft.add(ours, theirs, reason, *free, confidence=_SURE)
