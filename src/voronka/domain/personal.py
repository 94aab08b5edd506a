"""Phone numbers and mail addresses in text: found by their form, and hidden from those who may not see them."""

import re
from collections.abc import Callable, Collection, Mapping

_MAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_DAY = r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}-\d{1,2}-\d{4}"
_BEFORE = r"(?<!\w)(?<![0-9][.,/-])(?<![A-Za-z][.,-])"
"""A number begins anew: it is no part of a decimal, a day or an id of several parts."""
_DIGITS = re.compile(rf"{_BEFORE}(?!{_DAY})\+?\(?\d(?:[ \u00a0\u202f().\-\u2010\u2011]{{0,3}}\d){{8,14}}(?!\w)")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_PLAIN = re.compile(r"[78]\d{10}|9\d{9}|(?:375|380|99\d|37\d)\d{8,9}|00\d{9,13}")
"""A number without any sign in it: that of a country whose people we are likely to call, not any long number."""

_LEFT = 2
_LEAST, _MOST = 10, 15

Kept = Collection[str]
"""Addresses and numbers that are nobody's secret, in lower case: those of the company's own people."""


def masked_text(text: str, kept: Kept = ()) -> str:
    """Return a text with the middle of every phone number and mail address in it hidden.

    What is left tells two of them apart more often than not, and reaches nobody: `7 ••• ••12`, `a•••@mail.ru`.
    """
    if not any(sign in text for sign in "@0123456789"):
        return text
    return _DIGITS.sub(_number(kept), _MAIL.sub(_mail(kept), text))


def _mail(kept: Kept) -> Callable[[re.Match[str]], str]:
    def hidden(found: re.Match[str]) -> str:
        address = found.group()
        if address.lower() in kept:
            return address
        name, _, house = address.rpartition("@")
        return f"{name[0]}•••@{house}"

    return hidden


def _number(kept: Kept) -> Callable[[re.Match[str]], str]:
    def hidden(found: re.Match[str]) -> str:
        number = found.group()
        digits = re.sub(r"\D", "", number)
        if not is_phone(number) or digits in kept:
            return number
        return f"{digits[0]} ••• ••{digits[-_LEFT:]}"  # a sign before it would make a formula of it in a spreadsheet

    return hidden


def is_phone(number: str) -> bool:
    """Say whether digits, with the signs people put between them, are a phone number and not an amount."""
    digits = re.sub(r"\D", "", number)
    if not _LEAST <= len(digits) <= _MOST:
        return False
    if number.startswith("+"):
        return True
    if _THOUSANDS.fullmatch(number):
        return False
    return bool(_PLAIN.fullmatch(digits)) if digits == number else True


def masked(value: object, kept: Kept = ()) -> object:
    """Return what JSON can say with every text in it masked; names of fields and numbers stay."""
    if isinstance(value, str):
        return masked_text(value, kept)
    if isinstance(value, Mapping):
        return {name: masked(each, kept) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked(each, kept) for each in value]
    return value
