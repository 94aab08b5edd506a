"""Texts that a spreadsheet would run as formulas get an apostrophe in front; numbers and phones stay as they are.

Every text of every file of separated values that goes out passes through here, titles included (OWASP, CSV injection).
"""

import re

_BLANKS = "[\\x00-\\x20\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*"
_STARTS = f"(?:[\\t\\r\\n\\x00]|{_BLANKS}[=+\\-@\uff1d\uff0b\uff0d\uff20])"
DEFUSED = f"^'(?:'|{_STARTS})"
"""What the start of a text made by `defused_to_come_back` matches where it has got an apostrophe (Python and RE2)."""

_RUN = re.compile(_STARTS)
_COMING_BACK = re.compile(DEFUSED)
_SPACE = " \u00a0\u202f"
_NUMBER = f"[+-]?[{_SPACE}]?\\d[\\d'{_SPACE}]*(?:[.,]\\d+)*(?:[eE][+-]?\\d{{1,3}})?[{_SPACE}]?[%‰₽$€£¥₸₴]?"
_PHONE = f"\\+?\\(?\\d[\\d().{_SPACE}-]{{5,24}}(?:[,;]?[{_SPACE}]?(?:доб|вн|ext|x)\\.?:?[{_SPACE}]?\\d{{1,6}})?"
_HARMLESS = re.compile(f"[{_SPACE}]?(?:{_NUMBER}|{_PHONE}(?:[,;/][{_SPACE}]?{_PHONE}){{0,8}}|[+-]+)", re.IGNORECASE)


def defused(text: str) -> str:
    """Return the text with an apostrophe in front where a spreadsheet would take it for a formula.

    What is a number (`-5`, `+12,5 %`), a phone (`+7 (912) 345-67-89`) or only a dash can do no harm and stays.
    """
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would take the text for a formula that does something."""
    return _RUN.match(text) is not None and _HARMLESS.fullmatch(text) is None


def defused_to_come_back(text: str) -> str:
    """Return the text defused so that `come_back` finds it again whatever it began with."""
    return f"'{text}" if text.startswith("'") else defused(text)


def come_back(text: str) -> str:
    """Return the text that `defused_to_come_back` was given."""
    return text[1:] if _COMING_BACK.match(text) else text
