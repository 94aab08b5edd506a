"""Knows texts that other programs exchange and that hold no table, by how they begin: each has a name and a way out."""

import re

_REMARKS = rb"(?:\s++|--[^\n]*+|/\*(?>.*?\*/);?)*+"
_STATEMENT = (
    rb"(?:(?:create|drop|alter|lock|truncate)\s+(?:table|tables|database|schema|type|sequence|temporary|unlogged)\b"
    rb"|insert\s+into\s+\S+\s*(?:\(|values\b|select\b)|copy\s+\S+\s*\(|set\s+[\w.@]+\s*(?:=|to\b)"
    rb"|use\s+[\w\[\]`\"]+\s*(?:;|\ngo\b|\r)|begin(?:\s+transaction)?\s*;|start\s+transaction\b|pragma\s+\w+\s*=)"
)
# `From:` and `To:` alone may be the head of a report on some days
_MAIL = (
    rb"(?:from \S+@\S+ [^\n]*\n"
    rb"|(?:[a-z][a-z0-9-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)*?"
    rb"(?:mime-version:\s*[0-9]|(?:message-id|return-path):\s*<|received:\s+(?:from|by)\b))"
)
_KNOWN = tuple(
    (re.compile(begins, re.IGNORECASE | re.DOTALL), what, do)
    for begins, what, do in (
        (rb"begin:vcard\b", "an address book (vCard)", "Export the contacts as CSV or XLSX"),
        (rb"begin:vcalendar\b", "a calendar (iCalendar)", "Export the meetings as CSV or XLSX"),
        (rb"1cclientbankexchange\b", "a bank statement for 1C", "Download the statement as CSV or XLSX"),
        (_MAIL, "an e-mail message", "Save the table that is attached to it, and load that"),
        (_REMARKS + _STATEMENT, "a copy of a database (SQL)", "Export its table as CSV"),
    )
)


def known_text(text: bytes) -> tuple[str, str] | None:
    """Return what a text is by its first bytes, no space before them, and what to do instead; None: perhaps a table."""
    return next(((what, do) for begins, what, do in _KNOWN if begins.match(text)), None)
