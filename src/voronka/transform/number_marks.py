"""Decides what the marks in a column's numbers are, decimal or of thousands, by the shapes of all of them."""

import re
from collections import Counter
from dataclasses import dataclass

from voronka.lake.session import Session
from voronka.transform.currencies import CURRENCY

ASSUMED_THOUSANDS = "marks of thousands were assumed: nothing tells"
ASSUMED_POINT = "a decimal point was assumed: nothing tells"
"""Notes of readings whose decimal mark was guessed."""
CONTRADICTING = "decimal commas and decimal points stand side by side"
"""The note of a reading of a column that has both, and numbers in which a mark may be either."""
UNCLEAR_NUMBER = r"[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9]*"
"""A number whose only mark may be one of thousands or of decimals."""
_THREES = re.compile(r"^9{1,3}[.,]999$")
_GROUPS = {",": re.compile(r"^9{1,3}(,9{2,3})+,999$"), ".": re.compile(r"^9{1,3}(\.999){2,}$")}
_MOST = 5000
_FEW = 20
"""How many times fewer numbers of the other mark are slips of the pen, which leave the column's mark clear."""


@dataclass(frozen=True)
class Marks:
    """The decimal mark of a column, why, and whether some of its values bear a currency."""

    decimal: str
    note: str
    is_signed: bool


def marks(session: Session, relation: str, text: str, *, is_coarse: bool) -> Marks:
    """Return what the marks in numbers mean that are not all plain; `is_coarse`: none of them has thousandths."""
    shapes = _shapes(session, relation, text)
    is_signed = any(re.search(f"(?:^|[^a-zа-яё]){CURRENCY}(?:[^a-zа-яё]|$)", shape.lower()) for shape in shapes)
    bodies: Counter[str] = Counter()
    for shape, rows in shapes.items():
        if body := _body(shape):
            bodies[body] += rows
    comma, point = (sum(n for body, n in bodies.items() if _has_decimal(body, mark)) for mark in (",", "."))
    unclear = {body for body in bodies if _THREES.match(body)}
    if unclear and min(comma, point) * _FEW > max(comma, point):
        return Marks("," if comma >= point else ".", CONTRADICTING, is_signed)
    if comma and comma >= point:
        return Marks(",", "decimal comma", is_signed)
    if point:
        return Marks(".", "", is_signed)
    # whoever writes a dollar or a pound in front writes thousands with commas
    is_told = all("," in body for body in unclear) and any(re.match(r"^[-(]?[$£]", shape) for shape in shapes)
    if not unclear or is_told:
        return Marks(".", "", is_signed)
    if any("," in body for body in unclear):
        return Marks(".", ASSUMED_THOUSANDS, is_signed)
    return Marks(",", ASSUMED_THOUSANDS, is_signed) if is_coarse else Marks(".", ASSUMED_POINT, is_signed)


def _shapes(session: Session, relation: str, text: str) -> dict[str, int]:
    """Return the shapes of a column's numbers (digits as 9, a zero in front as 0), each with its rows."""
    shape = f"translate({text}, '0123456789', '9999999999')"
    leading = f"CASE WHEN regexp_matches({text}, '^[^0-9]*0') THEN regexp_replace({shape}, '9', '0') ELSE {shape} END"
    rows = session.rows(
        f"SELECT {leading} AS shape, count(*) AS n FROM {relation} WHERE {text} IS NOT NULL "
        f"GROUP BY 1 ORDER BY count(*) DESC LIMIT {_MOST}"
    )
    return {row["shape"]: row["n"] for row in rows}


def _body(shape: str) -> str:
    """Return the digits of a shape with their points and commas; '' where there are none."""
    found = re.search(r"[90](?:[90.,'’\s]*[90])?", shape)
    return re.sub(r"[^90.,]", "\u2005", found[0]) if found else ""


def _has_decimal(body: str, mark: str) -> bool:
    """Say whether this mark can only be decimal in a number of that shape."""
    other = "." if mark == "," else ","
    bare = body.replace("\u2005", "")
    if mark in bare and other in bare:
        return bare.rindex(mark) > bare.rindex(other)
    return bool(_GROUPS[other].match(bare)) or (bare.count(mark) == 1 and not _THREES.match(body))
