"""Numbers as people write them into tables: with blanks or marks between thousands, a comma or a point, a currency."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Literal

from voronka.domain.errors import QuestionError

DecimalMark = Literal[",", "."]

_AROUND = re.compile(r"(?:₽|\$|€|£|¥|₸|₴|руб(?:лей|ля|\.)?|р\.|rub|usd|eur|шт\.?)", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_MINUS = re.compile(r"[\u2212\u2013\u2014]")
_NUMBER = re.compile(r"-?\d[\d.,]*|-?[.,]\d+")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
"""What may be thousands as well as three decimals."""


def told_mark(texts: Iterable[str]) -> DecimalMark | None:
    """Return the mark before decimals that numbers side by side tell of, None where none does, or they disagree."""
    marks = {mark for text in texts if (mark := _told(_bare(text))) is not None}
    return marks.pop() if len(marks) == 1 else None


def written_number(text: str, mark: DecimalMark | None = None) -> Decimal:
    """Return the number that a text says; `mark` stands before its decimals where it is known.

    QuestionError where it is none, or may be two: `1,234` says a thousand in one country and a little more than one in
    another.
    """
    bare = _bare(text)
    if not _NUMBER.fullmatch(bare):
        raise QuestionError(f"not a number: {text.strip()}")
    before = mark or _told(bare)
    if before is None and _GROUPED.fullmatch(bare):
        whole, part = bare.replace(",", "").replace(".", ""), bare.replace(",", ".")
        raise QuestionError(f"{text.strip()} may be {whole} or {part}", do="Write it without marks between thousands")
    return _number(bare, before or ".", text)


def _bare(text: str) -> str:
    """Return a text without blanks and currency; brackets around a number mean less than nothing."""
    bare = _MINUS.sub("-", _BLANKS.sub("", _AROUND.sub("", text)))
    return f"-{bare[1:-1]}" if bare.startswith("(") and bare.endswith(")") else bare


def _told(bare: str) -> DecimalMark | None:
    """Return the mark before a number's decimals, None where the number does not tell it."""
    if not _NUMBER.fullmatch(bare):
        return None
    commas, points = bare.count(","), bare.count(".")
    if commas and points:
        return "," if bare.rfind(",") > bare.rfind(".") else "."
    if commas > 1 or points > 1:
        return "." if commas else ","
    if not (commas or points) or _GROUPED.fullmatch(bare):
        return None
    return "," if commas else "."


def _number(bare: str, mark: DecimalMark, text: str) -> Decimal:
    between = "." if mark == "," else ","
    whole, _, part = bare.partition(mark)
    groups = whole.removeprefix("-").split(between)
    is_grouped = all(len(each) == 3 for each in groups[1:]) and (len(groups) == 1 or 1 <= len(groups[0]) <= 3)  # noqa: PLR2004 - a thousand has three zeros
    if not is_grouped or (part and not part.isdigit()):
        raise QuestionError(f"not a number: {text.strip()}")
    try:
        found = Decimal(f"{whole.replace(between, '') or '0'}.{part or '0'}" if part else whole.replace(between, ""))
    except InvalidOperation as fault:
        raise QuestionError(f"not a number: {text.strip()}") from fault
    return found
