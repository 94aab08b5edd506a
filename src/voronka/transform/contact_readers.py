"""Reads phones and e-mail addresses: the first of several, without extensions, as digits and in small letters."""

from voronka.lake.session import literal
from voronka.transform.number_readers import bound

_BEHIND = r"(?i)\s*(?:[;,/|\n\r]|\s(?:и|или|or|and)\s|\(?\s*(?:доб|вн|ext|extension|#|x\s*[0-9])).*$"
"""What may stand behind a phone: another one, or an extension."""
_SOME = r"[;,/|\n\r#xXхХдДвВиИeEoOaA]"
_ADDRESS = r"[^\s@,;:<>()\[\]\"'|]+@[^\s@,;:<>()\[\]\"'|/?]*[^\s@,;:<>()\[\]\"'|/?.]"
_MORE = (
    r"[0-9][^0-9]*(?:[;,/|\n\r]|\s(?:и|или|or|and)\s)[^0-9]*[0-9][0-9 ()-]{5,}"
    r"|[78][0-9 ()-]{10,}\s+\+?[78][0-9 ()-]{10,}"
)
_HIDDEN = r"[0-9+)(\s-](?:[*•●]+|[xXхХ]{2,})(?:[\s()-]*[*•●xXхХ0-9])*[\s()]*$"
"""How the end of a phone looks whose digits were hidden: +7912***6789, 8 912 XXX-67-89."""
_SPARE = 15
"""The digits of the longest phone."""


def phone(text: str) -> str:
    """Return the SQL of a phone's digits with + in front; Russian 8 and bare ten digits become +7; none: NULL."""
    first = f"regexp_replace({text}, {literal(_BEHIND)}, '', 's')"
    only = f"CASE WHEN regexp_matches({text}, {literal(_SOME)}) THEN {first} ELSE {text} END"
    whole = (
        f"CASE WHEN ends_with({text}, '.0') THEN left({text}, -2) WHEN {_is_rounded(text)} THEN NULL ELSE {only} END"
    )
    digits = "regexp_replace(f, '[^0-9]', '', 'g')"
    return bound("f", whole, bound("d", digits, _spelled()))


def is_masked(text: str) -> str:
    """Return the SQL that says whether digits of a phone were hidden before it was written: it is nobody's number."""
    return f"regexp_matches({text}, {literal(_HIDDEN)})"


def _is_rounded(text: str) -> str:
    return f"contains({text}, '+') AND regexp_matches({text}, '[0-9][eE]\\+[0-9]')"


def _spelled() -> str:
    """Return the SQL of the phone of the digits `d` found in the text `f`."""
    return (
        "CASE WHEN length(d) = 11 AND d[1] IN ('7', '8') THEN '+7' || substr(d, 2) "
        "WHEN length(d) = 10 AND d[1] = '9' THEN '+7' || d "
        f"WHEN length(d) > {_SPARE} THEN {_first_of_many()} "
        "WHEN length(d) >= 12 AND starts_with(d, '00') THEN '+' || substr(d, 3) "
        "WHEN length(d) >= 1 THEN CASE WHEN starts_with(f, '+') THEN '+' ELSE '' END || d END"
    )


def _first_of_many() -> str:
    """Return the SQL of the first of Russian phones that only spaces stand between, NULL for other long digits."""
    return "CASE WHEN length(d) IN (22, 33) AND d[1] IN ('7', '8') THEN '+7' || substr(d, 2, 10) END"


def has_more_phones(text: str) -> str:
    """Return the SQL that says whether a text holds more than one phone, of which the first is taken."""
    return f"(length({text}) > {_SPARE} AND regexp_matches({text}, {literal(_MORE)}))"


def email(text: str) -> str:
    """Return the SQL of an e-mail address in small letters, the first of several; NULL where there is none."""
    joined = f"regexp_replace(lower({text}), '\\s*@\\s*', '@')"
    found = f"nullif(regexp_extract({joined}, {literal(_ADDRESS)}), '')"
    plain = f"regexp_full_match({text}, {literal(_ADDRESS)})"
    is_none = f"NOT contains({text}, '@') OR contains({text}, '://')"
    return f"CASE WHEN {is_none} THEN NULL WHEN {plain} THEN lower({text}) ELSE {found} END"


def has_more_emails(text: str) -> str:
    """Return the SQL that says whether a text holds more than one e-mail address, of which the first is taken."""
    return f"regexp_matches({text}, '@.*@')"
