"""Tells the format of a time by its shape (its text with every digit as 9), for either order of day and month."""

import re
from collections.abc import Iterable

from voronka.transform.time_readers import EPOCH, ISO, ISO_OFFSET, SERIAL

DAY_AND_MONTH = re.compile(r"(?<!9)(9{1,2})([./-])(9{1,2})[./-](9{4}|9{2})(?!9)")
"""What has a day and a month as numbers, in either order; the second group is their mark."""
_DATE = re.compile(r"^(9{1,2})([./-])(9{1,2})\2(9{4}|9{2})(?!9)(.*)$")
_YEAR_FIRST = re.compile(r"^9{4}([./])9{1,2}\1(?:9{1,2})(?!9)(.*)$")
_ISO = re.compile(r"^9{4}-9{1,2}-9{1,2}(?:[T ]9{1,2}:99(?::99(?:\.9+)?)?)?( ?Z| ?[+-]99:?9{0,2})?$")
_CLOCK = re.compile(r"^(, ?| |T)(9{1,2}):99(:99)?(\.9+)?( ?[aApP][mM])?$")
_WORDS = re.compile(r"^(9{1,2})([ -])([A-Za-z]{3,9})(,?)([ -])(9{4}|9{2})(?!9)(.*)$")
_NUMBERS = {
    "99999999": ("%Y%m%d", "%d%m%Y"),
    "999999999999": ("%Y%m%d%H%M",),
    "99999999999999": ("%Y%m%d%H%M%S",),
    "999999999": (EPOCH,),
    "9999999999": (EPOCH,),
    "9999999999.9": (EPOCH,),
    "9999999999999": (EPOCH,),
    "9999999999999999": (EPOCH,),
    "99999": (SERIAL,),
    "99999.9": (SERIAL,),
    "99999,9": (SERIAL,),
}
"""Numbers that are times, by their shape."""


def shape_of(text: str) -> str:
    """Return the shape of a text of digits as 9: fractions of any length are alike."""
    return re.sub(r"^(9{5}|9{10})([.,])9+$", r"\1\g<2>9", re.sub(r"(:99)\.9+", r"\1.9", text))


def formats_of(shape: str, order: str) -> tuple[str, ...]:
    """Return the formats that a shape may have, none where it is not known."""
    if shape in _NUMBERS:
        return _NUMBERS[shape]
    found = format_of(shape, order)
    return () if found is None else (found,)


def short_years_first(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats as they are to be tried: %Y would take 21 for the year 21."""
    return tuple(sorted(dict.fromkeys(formats), key=lambda text: "%y" not in text))


def set_formats(dates: str, shapes: Iterable[str]) -> tuple[str, ...]:
    """Return the formats of a stream that sets them; ISO times, exact ones and short years are read beside them."""
    found = {format_of(shape, "dmy") for shape in shapes}
    exact = (ISO_OFFSET,) if ISO_OFFSET in found else ()
    short = (dates.replace("%Y", "%y"),) if any("%y" in f for f in found if f) else ()
    return short_years_first(f for text in (*short, dates) for f in (*_with_clock(text), *exact))


def _with_clock(dates: str) -> tuple[str, ...]:
    if "%H" in dates or "%I" in dates:
        return (dates,)
    return (dates, f"{dates} %H:%M:%S", f"{dates} %H:%M", f"{dates}, %H:%M:%S", f"{dates}, %H:%M", ISO)


def format_of(shape: str, order: str) -> str | None:
    """Return the format of a shape with marks between its parts, None where none is known."""
    if iso := _ISO.match(shape):
        return ISO_OFFSET if iso[1] else ISO
    if date := _DATE.match(shape):
        sep, clock = date[2], _clock(date[5])
        day_month = f"%m{sep}%d" if order == "mdy" else f"%d{sep}%m"
        year = "%Y" if len(date[4]) == 4 else "%y"  # noqa: PLR2004 - digits of a year
        return None if clock is None else f"{day_month}{sep}{year}{clock}"
    if year_first := _YEAR_FIRST.match(shape):
        sep, clock = year_first[1], _clock(year_first[2])
        return None if clock is None else f"%Y{sep}%m{sep}%d{clock}"
    if words := _WORDS.match(shape):
        month = "%b" if len(words[3]) == 3 else "%B"  # noqa: PLR2004 - letters of a short month
        clock = _clock(words[7])
        year = "%Y" if len(words[6]) == 4 else "%y"  # noqa: PLR2004 - digits of a year
        return None if clock is None else f"%d{words[2]}{month}{words[4]}{words[5]}{year}{clock}"
    return None


def _clock(rest: str) -> str | None:
    if not rest:
        return ""
    clock = _CLOCK.match(rest)
    if clock is None:
        return None
    hour = "%I" if clock[5] else "%H"
    half = f"{' ' if clock[5].startswith(' ') else ''}%p" if clock[5] else ""
    return f"{clock[1]}{hour}:%M{':%S' if clock[3] else ''}{'.%f' if clock[4] else ''}{half}"
