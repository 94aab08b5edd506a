"""Tells that a column taken for numbers holds phones, days or codes: their sum means nothing."""

from voronka.lake.session import Session, literal
from voronka.transform.header_names import header_names
from voronka.transform.import_tables import Reader, import_tables

SUMMED: frozenset[Reader] = frozenset({"money", "number", "integer"})
"""The readers of what is summed up."""
SMALLEST = 19_000_000
"""Nothing that is looked for here reads as a number below this: 19000101 is the first day."""
_CLIENTS = "contacts"
_NO_NUMBERS = frozenset({"id", "phone", "email", "time", "day"})
_FEW = 3
"""Rows from which on numbers that are all of one shape say something about the column."""
_PHONE = r"\+[0-9][0-9 ()-]{9,18}|[78][ (-]*[3489](?:[ ()-]*[0-9]){9}|9[0-9]{9}"
_GROUPED = r"[0-9]{1,3}(?: [0-9]{3})+"
_DAY = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_CODE = r"[0-9]{10,}"
_ROUND = "00"
"""How amounts of a thousand millions end, where they are no codes."""


def mistaken_for(session: Session, relation: str, text: str) -> tuple[str, str] | None:
    """Return what the numbers of a relation's text column look like, and the SQL true for such a row; None: numbers.

    Phones are told by most of the rows; days written without marks, and codes of one length, by all of them.
    """
    tests = _tests(text)
    lengths = f"min(length({text})) AS shortest, max(length({text})) AS longest"
    tests_and_round = tests | {"round": f"ends_with({text}, {literal(_ROUND)})"}
    counts = ", ".join(f"count(*) FILTER (WHERE {test}) AS {name}" for name, test in tests_and_round.items())
    row = session.rows(f"SELECT count({text}) AS n, {lengths}, {counts} FROM {relation}")[0]
    if row["phone_numbers"] * 2 > row["n"]:
        return "phone numbers", tests["phone_numbers"]
    if row["n"] < _FEW:
        return None
    if row["days"] == row["n"]:
        return "days", tests["days"]
    if row["codes"] == row["n"] and row["shortest"] == row["longest"] and row["round"] * 2 <= row["n"]:
        return "ids or moments, all of one length", tests["codes"]
    return None


def otherwise_named(into: str, ours: str, header: str) -> str | None:
    """Return the column of ours that a header is a known name of, where that one holds no numbers; None: no such.

    A name that the table does not know may be that of a client's phone or address.
    """
    if import_tables()[into].columns[ours] not in SUMMED:
        return None
    meant = _meant(into, header) or _meant(_CLIENTS, header)
    return meant[0][0] if meant and all(kind in _NO_NUMBERS for _, kind in meant) else None


def _meant(into: str, header: str) -> list[tuple[str, Reader]]:
    kinds = import_tables()[into].columns
    return [(match.ours, kinds[match.ours]) for match in header_names()[into].exact(header) if match.level == 0]


def _tests(text: str) -> dict[str, str]:
    plain = f"regexp_replace({text}, '[.]0$', '')"
    return {
        "phone_numbers": f"(regexp_full_match({plain}, {literal(_PHONE)}) "
        f"AND NOT regexp_full_match({text}, {literal(_GROUPED)}))",
        "days": f"regexp_full_match({plain}, {literal(_DAY)})",
        "codes": f"regexp_full_match({plain}, {literal(_CODE)})",
    }
