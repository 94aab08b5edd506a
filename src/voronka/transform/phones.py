"""Reads the phone numbers of a text as people write them: several in one field, with extensions, of any country."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

SEVEN = ("RU", "KZ")
"""The countries whose numbers begin with +7, or with 8 when they are called from inside."""
SHORTEST = 5
"""The digits from which on a text is a number; fewer are an extension alone."""
_LONGEST = 15
_PARTS = re.compile(r"[;,/|\n\r]|\s(?:и|или|or|and)\s", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\(?\s*(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext(?:ension)?|#|x)\s*\.?\s*:?\s*№?\s*([0-9]{1,7})\s*\)?\s*$",
    re.IGNORECASE,
)
_STARTS = re.compile(r"(?<=[0-9)])\s+(?=\+|8[\s(-]*[0-9]{3})")
"""Where a second number may begin behind nothing but spaces."""


@dataclass(frozen=True)
class Number:
    """A phone number with + in front where its country is known, and the extension behind it."""

    phone: str | None
    extension: str | None


def numbers_in(text: str, country: str) -> tuple[Number, ...]:
    """Return the numbers of a text in their order, each once; `country` (RU) is whose numbers have no + in front.

    An extension that stands alone belongs to the number before it; where there is none it has no number.
    """
    found: list[Number] = []
    for part in (piece for whole in _PARTS.split(text) for piece in _numbers_side_by_side(whole, country)):
        extension = _EXTENSION.search(part)
        phone = _read(part[: extension.start()] if extension else part, country)
        told = extension[1] if extension else None
        if phone is None and told and found and found[-1].extension is None:
            found[-1] = Number(found[-1].phone, told)
        elif phone or told:
            found.append(Number(phone, told))
    return tuple(dict.fromkeys(found))


def phone_rows(texts: Iterable[str], country: str) -> Iterator[dict[str, str | int | None]]:
    """Yield a row per number of each of these texts, one where a text has none: spelled, position, phone, extension."""
    for text in texts:
        for position, number in enumerate(numbers_in(text, country) or (Number(None, None),), start=1):
            yield {"spelled": text, "position": position, "phone": number.phone, "extension": number.extension}


def _numbers_side_by_side(text: str, country: str) -> list[str]:
    """Return the numbers that only spaces stand between; the text as it is where not all of them are whole."""
    pieces = _STARTS.split(text.strip())
    whole = len(pieces) > 1 and all(_valid(_EXTENSION.sub("", piece), country) for piece in pieces)
    return pieces if whole else [text]


def _read(text: str, country: str) -> str | None:
    """Return a number as E.164; one that no country has as its digits, with the + it was written with."""
    digits = re.sub(r"\D", "", text)
    if not SHORTEST <= len(digits) <= _LONGEST + 2:
        return None
    is_plain = country in SEVEN and re.fullmatch(r"[78]\d{10}|9\d{9}", digits)
    if is_plain and not text.strip().startswith("+"):
        return f"+7{digits[-10:]}"
    number = _valid(text, country) or _valid(f"+{digits.removeprefix('00')}", country)
    if number is not None:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if is_plain:
        return f"+7{digits[-10:]}"
    return f"{'+' if text.strip().startswith('+') else ''}{digits}"


def _valid(text: str, country: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
